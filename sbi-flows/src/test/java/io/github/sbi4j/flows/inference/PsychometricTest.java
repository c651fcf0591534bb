package io.github.sbi4j.flows.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Uniform;
import io.github.sbi4j.core.simulation.ConditionalSimulator;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.estimator.ColumnKind;
import io.github.sbi4j.flows.estimator.Mnle;
import io.github.sbi4j.flows.posterior.Likelihood;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Binary choices whose probability depends on contrast, against the exact likelihood. */
@Timeout(120)
class PsychometricTest {
  private static final Distribution PRIOR =
      BoxUniform.of(new double[] {0.2, 2}, new double[] {0.8, 12}).named("threshold", "steepness");
  private static final Distribution DESIGN = Uniform.of(0, 1).named("contrast");
  private static final ConditionalSimulator SIMULATOR =
      (theta, c, random) -> new double[] {random.nextDouble() < yes(theta, c) ? 1 : 0};

  private static double yes(double[] theta, double[] c) {
    return 1 / (1 + Math.exp(-theta[1] * (c[0] - theta[0])));
  }

  private static double logProb(double[] theta, double[] c, double[] choice) {
    double p = yes(theta, c);
    return Math.log(choice[0] == 1 ? p : 1 - p);
  }

  /** The divergence measured is at most 0.0024 nats. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void theLikelihoodAndItsPosteriorAreTheExactOnes(long seed) {
    Likelihood likelihood =
        SNLE.with(PRIOR)
            .densityEstimator(Mnle.defaults().withColumns(ColumnKind.CATEGORICAL))
            .seed(seed)
            .appendSimulations(Simulations.run(SIMULATOR, PRIOR, DESIGN, 20_000, seed))
            .train()
            .buildLikelihood();

    double[][] theta = PRIOR.sample(2000, 50).toArray();
    double[][] contrasts = DESIGN.sample(2000, 51).toArray();
    double[] ones = likelihood.logProb(choices(2000, 1), theta, contrasts);
    double[] zeros = likelihood.logProb(choices(2000, 0), theta, contrasts);
    double divergence = 0;
    for (int i = 0; i < ones.length; i++) {
      assertThat(Math.exp(ones[i]) + Math.exp(zeros[i])).isCloseTo(1, within(1e-5));
      double p = yes(theta[i], contrasts[i]);
      divergence += p * (Math.log(p) - ones[i]) + (1 - p) * (Math.log(1 - p) - zeros[i]);
    }
    assertThat(divergence / ones.length).isBetween(0.0, 0.005);

    double[][] design = DESIGN.sample(40, seed + 60).toArray();
    double[][] trials = new double[40][];
    Random random = new Random(seed);
    for (int m = 0; m < trials.length; m++) {
      trials[m] =
          new double[] {random.nextDouble() < yes(new double[] {0.5, 6}, design[m]) ? 1 : 0};
    }
    double[] exact = moments(point -> sum(point, design, trials));
    var potential = likelihood.potential(trials, design);
    double[] learned = moments(point -> potential.logProb(new double[][] {point})[0]);
    for (int d = 0; d < 2; d++) {
      assertThat(learned[d]).isCloseTo(exact[d], within(0.4 * exact[2 + d]));
      assertThat(learned[2 + d] / exact[2 + d]).isCloseTo(1, within(0.3));
    }
  }

  private static double[][] choices(int count, double value) {
    double[][] rows = new double[count][1];
    for (double[] row : rows) {
      row[0] = value;
    }
    return rows;
  }

  private static double sum(double[] theta, double[][] design, double[][] trials) {
    double sum = 0;
    for (int m = 0; m < trials.length; m++) {
      sum += logProb(theta, design[m], trials[m]);
    }
    return sum;
  }

  /** Means, then standard deviations, over a grid of the prior's box. */
  private static double[] moments(ToDoubleFunction<double[]> log) {
    int n = 40;
    double peak = log.applyAsDouble(new double[] {0.5, 6});
    double total = 0;
    double[] sums = new double[2];
    double[] squares = new double[2];
    for (int i = 0; i < n * n; i++) {
      double[] theta = {0.2 + 0.6 * (i / n + 0.5) / n, 2 + 10 * (i % n + 0.5) / n};
      double weight = Math.exp(log.applyAsDouble(theta) - peak);
      total += weight;
      for (int d = 0; d < 2; d++) {
        sums[d] += weight * theta[d];
        squares[d] += weight * theta[d] * theta[d];
      }
    }
    double[] result = new double[4];
    for (int d = 0; d < 2; d++) {
      result[d] = sums[d] / total;
      result[2 + d] = Math.sqrt(squares[d] / total - result[d] * result[d]);
    }
    return result;
  }
}
