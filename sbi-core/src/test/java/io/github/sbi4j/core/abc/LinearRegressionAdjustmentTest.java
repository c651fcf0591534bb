package io.github.sbi4j.core.abc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.core.distribution.Uniform;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulator;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearRegressionAdjustmentTest {
  // Where theta given x is linear with constant variance the adjustment is exact at any tolerance:
  // what is left is the error of the draws, of which each number leaves five sds at 6e-7.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void isExactForALinearGaussianModel(long seed) {
    GaussianModel model = new GaussianModel(0.5);
    double[] observed = {0.8};
    Population raw =
        RejectionAbc.with(GaussianModel.prior())
            .quantile(0.3)
            .seed(seed)
            .run(model.simulator(), observed, 20_000)
            .population();
    Population adjusted = LinearRegressionAdjustment.adjust(raw, GaussianModel.prior());
    double truth = model.posteriorSd();
    double error = truth / Math.sqrt(adjusted.effectiveSampleSize());
    assertThat(adjusted.mean()[0]).isCloseTo(0.8 * model.gain(), within(5 * error));
    assertThat(adjusted.sd()[0]).isCloseTo(truth, within(5 * error / Math.sqrt(2)));
    assertThat(Math.abs(adjusted.sd()[0] - truth)).isLessThan(0.5 * Math.abs(raw.sd()[0] - truth));
  }

  // Four values, of which two are one another's double and one is constant, for two parameters.
  @Test
  void redundantValuesDoNoHarm() {
    MultivariateNormal prior =
        MultivariateNormal.of(new double[] {0, 0}, new double[][] {{1, 0}, {0, 1}});
    Simulator simulator =
        (theta, random) -> {
          double a = theta[0] + 0.5 * random.nextGaussian();
          return new double[] {a, theta[1] + 0.5 * random.nextGaussian(), 2 * a, 7};
        };
    Population raw =
        RejectionAbc.with(prior)
            .keep(4000)
            .run(simulator, new double[] {0.5, -0.5, 1, 7}, 20_000)
            .population();
    Population adjusted = LinearRegressionAdjustment.adjust(raw, prior);
    double error = 5 * Math.sqrt(0.2 / adjusted.effectiveSampleSize());
    assertThat(adjusted.mean()).containsExactly(new double[] {0.4, -0.4}, within(error));
    assertThat(adjusted.sd())
        .containsExactly(new double[] {Math.sqrt(0.2), Math.sqrt(0.2)}, within(error));
  }

  @Test
  void staysInThePrior() {
    Uniform prior = Uniform.of(0, 1);
    Simulator simulator = (theta, random) -> new double[] {theta[0] + random.nextGaussian()};
    Population raw =
        RejectionAbc.with(prior)
            .quantile(0.5)
            .run(simulator, new double[] {1.8}, 2000)
            .population();
    Population adjusted = LinearRegressionAdjustment.adjust(raw, prior);
    assertThat(adjusted.parameters()).isNotEqualTo(raw.parameters());
    assertThat(Arrays.stream(adjusted.parameters().column(0)))
        .allMatch(theta -> theta > 0 && theta < 1);
    assertThat(adjusted.mean()[0]).isGreaterThan(raw.mean()[0]);
  }

  @Test
  void weightsAreEpanechnikovsUnlessAllAreZero() {
    Population adjusted = LinearRegressionAdjustment.adjust(four(2, 0, 1, 2, 1), real());
    assertThat(adjusted.weights()).containsExactly(new double[] {0.4, 0.3, 0, 0.3}, within(1e-15));
    Population equal = LinearRegressionAdjustment.adjust(four(2, 2, 2, 2, 2), real());
    assertThat(equal.weights()).containsOnly(0.25);
    Population exact = LinearRegressionAdjustment.adjust(four(0, 0, 0, 0, 0), real());
    assertThat(exact.weights()).containsOnly(0.25);
  }

  private static io.github.sbi4j.core.distribution.Normal real() {
    return GaussianModel.prior();
  }

  private static Population four(double tolerance, double... distances) {
    return new Population(
        Samples.copyOf(List.of("theta"), new double[][] {{1}, {2}, {4}, {3}}),
        new double[] {1, 1, 1, 1},
        distances,
        Samples.copyOf(List.of("x"), new double[][] {{1}, {2}, {3}, {5}}),
        new double[] {2},
        tolerance);
  }

  @Test
  void saysWhatDoesNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                LinearRegressionAdjustment.adjust(
                    four(2, 0, 1, 2, 1), BoxUniform.of(new double[2], new double[] {1, 1})))
        .withMessage(
            "the prior has 2 parameters, but the population has 1; give the prior that they were"
                + " accepted with");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LinearRegressionAdjustment.adjust(four(2, 2, 1, 2, 1), real()))
        .withMessage(
            "2 accepted rows with a weight for 1 values, expected at least 3; accept more, or"
                + " compare summaries: see SemiAutomaticSummary");
    Population trials =
        new Population(
            Samples.copyOf(List.of("theta"), new double[][] {{1}}),
            new double[] {1},
            new double[] {0},
            Samples.copyOf(List.of("x"), new double[][] {{1}}),
            new double[] {2, 3},
            1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LinearRegressionAdjustment.adjust(trials, real()))
        .withMessage(
            "the observation has 2 values, but the simulations have 1; give both in the same form");
  }
}
