package io.github.sbi4j.benchmarks.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.TruncatedNormalDistribution;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The published reference samples follow the posteriors of these tasks; run with {@code
 * -Dsbibm.data=DIR}.
 *
 * <p>Bounds are 5 standard errors of 10 000 independent samples, widened where the truth is from
 * 100 000 draws.
 */
class ReferenceSamplesTest {
  private TaskFiles files;

  @BeforeEach
  void findTheData() {
    String directory = System.getProperty("sbibm.data");
    assumeTrue(directory != null, "no -Dsbibm.data=DIR");
    files = new TaskFiles(Path.of(directory));
  }

  /**
   * Radius, angle and moon, against ten times as many exact draws; the prior's box cuts some of the
   * moons.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void twoMoonsHasItsExactPosterior(int number) {
    Task task = new TwoMoons();
    double[] x = files.observation(task, number);
    Samples reference = files.reference(task, number);
    RandomGenerator random = RandomStreams.of(1, number);
    double[][] exact = new double[10 * reference.rows()][];
    for (int i = 0; i < exact.length; i++) {
      exact[i] = TwoMoonsTest.exactDraw(x, random);
    }
    List<ToDoubleFunction<double[]>> features =
        List.of(
            theta -> TwoMoonsTest.radius(theta, x),
            theta -> theta[1] - theta[0],
            theta -> theta[0] + theta[1] > 0 ? 1 : 0);
    for (ToDoubleFunction<double[]> feature : features) {
      double mean = Arrays.stream(exact).mapToDouble(feature).average().orElseThrow();
      double square =
          Arrays.stream(exact)
              .mapToDouble(theta -> Math.pow(feature.applyAsDouble(theta) - mean, 2))
              .average()
              .orElseThrow();
      double[] values = Arrays.stream(reference.toArray()).mapToDouble(feature).toArray();
      requireMoments(values, mean, Math.sqrt(square), Math.sqrt(1.1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void gaussianLinearHasItsClosedForm(int number) {
    Task task = new GaussianLinear();
    double[] x = files.observation(task, number);
    Samples reference = files.reference(task, number);
    for (int d = 0; d < 10; d++) {
      requireMoments(reference.column(d), x[d] / 2, Math.sqrt(0.05), 1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void gaussianLinearUniformIsATruncatedNormal(int number) {
    Task task = new GaussianLinearUniform();
    double[] x = files.observation(task, number);
    Samples reference = files.reference(task, number);
    for (int d = 0; d < 10; d++) {
      var exact = TruncatedNormalDistribution.of(x[d], Math.sqrt(0.1), -1, 1);
      requireMoments(reference.column(d), exact.getMean(), Math.sqrt(exact.getVariance()), 1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void slcpObservationIsLikelyUnderItsTrueParameters(int number) {
    Task task = new Slcp();
    double[] theta = files.trueParameters(task, number);
    double[] x = files.observation(task, number);
    double s1 = theta[2] * theta[2];
    double s2 = theta[3] * theta[3];
    double rho = Math.tanh(theta[4]);
    double distance = 0;
    for (int i = 0; i < 4; i++) {
      double z1 = (x[2 * i] - theta[0]) / s1;
      double z2 = (x[2 * i + 1] - theta[1]) / s2;
      distance += (z1 * z1 - 2 * rho * z1 * z2 + z2 * z2) / (1 - rho * rho);
    }
    assertThat(distance).isBetween(0.25, 35.0); // chi-squared with 8 degrees, all but 5e-5
    assertThat(files.reference(task, number).columns()).isEqualTo(5);
  }

  /**
   * The mean and the standard deviation; the error of the latter allows for tails as heavy as a
   * normal's.
   */
  private static void requireMoments(double[] values, double mean, double sd, double widening) {
    double sum = 0;
    double squares = 0;
    for (double value : values) {
      sum += value;
      squares += (value - mean) * (value - mean);
    }
    int n = values.length;
    assertThat(sum / n).isCloseTo(mean, within(5 * widening * sd / Math.sqrt(n)));
    assertThat(Math.sqrt(squares / n)).isCloseTo(sd, within(5 * widening * sd / Math.sqrt(2 * n)));
  }
}
