package io.github.sbi4j.analysis.predictive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.analysis.diagnostic.Finding;
import io.github.sbi4j.analysis.diagnostic.Verdict;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Normal;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** A series of independent noise around its mean; data may be a random walk instead. */
class PredictiveCheckTest {
  private static final int LENGTH = 20;
  private static final Distribution PRIOR = Normal.of(0, 1).named("mean");
  private static final Simulator SIMULATOR =
      (theta, random) -> {
        double[] x = new double[LENGTH];
        for (int t = 0; t < LENGTH; t++) {
          x[t] = theta[0] + random.nextGaussian();
        }
        return x;
      };
  private static final PredictiveQuantity[] QUANTITIES = {
    PredictiveQuantity.minimum(),
    PredictiveQuantity.maximum(),
    PredictiveQuantity.autocorrelation(1)
  };

  private static double[] walk(long seed) {
    RandomGenerator random = RandomStreams.of(seed, 0);
    double[] x = new double[LENGTH];
    for (int t = 1; t < LENGTH; t++) {
      x[t] = x[t - 1] + 0.7 * random.nextGaussian();
    }
    return x;
  }

  @Test
  void quantitiesMatchTheirDefinitions() {
    double[] x = {1, 3, 2, 6};
    assertThat(PredictiveQuantity.minimum().value().applyAsDouble(x)).isEqualTo(1);
    assertThat(PredictiveQuantity.maximum().value().applyAsDouble(x)).isEqualTo(6);
    assertThat(PredictiveQuantity.mean().value().applyAsDouble(x)).isEqualTo(3);
    assertThat(PredictiveQuantity.sd().value().applyAsDouble(x))
        .isCloseTo(Math.sqrt(14 / 3.0), within(1e-12));
    // Deviations -2, 0, -1, 3.
    assertThat(PredictiveQuantity.autocorrelation(1).value().applyAsDouble(x))
        .isCloseTo(-3 / 14.0, within(1e-12));
    assertThat(PredictiveQuantity.autocorrelation(2).value().applyAsDouble(x))
        .isCloseTo(2 / 14.0, within(1e-12));
    assertThat(PredictiveQuantity.autocorrelation(1).value().applyAsDouble(new double[3])).isZero();
  }

  @Test
  void dataOfTheModelPassAndAWalkFailsByItsCorrelationOnly() throws Exception {
    double[] own = SIMULATOR.simulate(new double[] {0.5}, RandomStreams.of(3, 0));
    PriorPredictiveCheck right =
        PriorPredictiveCheck.run(SIMULATOR, PRIOR, 2000, own, 1, QUANTITIES);
    assertThat(right.verdict()).isEqualTo(Verdict.PASS);
    PriorPredictiveCheck wrong =
        PriorPredictiveCheck.run(SIMULATOR, PRIOR, 2000, walk(4), 1, QUANTITIES);
    assertThat(wrong.findings())
        .extracting(Finding::verdict)
        .containsExactly(Verdict.PASS, Verdict.PASS, Verdict.FAIL);
    Finding finding = wrong.findings().get(2);
    assertThat(finding.quantity()).isEqualTo("autocorrelation 1");
    assertThat(finding.threshold()).isCloseTo(0.05 / 3, within(1e-15));
    assertThat(finding.falseAlarmRate()).isEqualTo(finding.threshold());
    assertThat(finding.reading()).contains("tail probability 0.00");
    assertThat(wrong.summary()).startsWith("prior predictive check: fails");
    assertThat(wrong.predicted().names())
        .containsExactly("minimum", "maximum", "autocorrelation 1");
  }

  @Test
  void posteriorCheckTakesQuantitiesToo() {
    double[] data = walk(4);
    Distribution posterior =
        Normal.of(PredictiveQuantity.mean().value().applyAsDouble(data), 1 / Math.sqrt(LENGTH));
    PosteriorPredictiveCheck check =
        PosteriorPredictiveCheck.run(SIMULATOR, posterior.sample(1000, 1), data, 2, QUANTITIES);
    assertThat(check.statistics().get(2).tailProbability()).isLessThan(0.01);
    assertThat(check.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(check.named("a", "b", "c").findings().get(2).quantity()).isEqualTo("c");
  }

  // Two-sided tail probabilities of fresh data are uniform: of 500 data sets with three quantities,
  // at most Binomial(500, 0.05) fail, more than 42 of them in 0.0005 of all seeds.
  @Test
  void priorCheckFailsAtItsLevel() {
    Simulations simulations = Simulations.run(SIMULATOR, PRIOR, 1000, 1);
    long failed = 0;
    for (double[] x : Simulations.run(SIMULATOR, PRIOR, 500, 2).observations().toArray()) {
      failed +=
          PriorPredictiveCheck.of(simulations, x, QUANTITIES).verdict() == Verdict.FAIL ? 1 : 0;
    }
    assertThat(failed).isBetween(5L, 42L);
  }

  @Test
  void fewSimulationsCannotTell() {
    Simulations few = Simulations.run(SIMULATOR, PRIOR, 50, 1);
    PriorPredictiveCheck check = PriorPredictiveCheck.of(few, walk(4), QUANTITIES);
    assertThat(check.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(check.findings().get(0).reading()).endsWith("50 simulations cannot tell, take 120");
  }

  @Test
  void namesAndWrongInputAreNamed() {
    Simulations simulations = Simulations.run(SIMULATOR, PRIOR, 200, 1);
    double[] x = walk(1);
    assertThat(
            PriorPredictiveCheck.of(simulations, x, PredictiveQuantity.sd())
                .named("spread")
                .summary())
        .contains("spread");
    assertThatThrownBy(
            () ->
                PriorPredictiveCheck.of(
                    simulations, x, PredictiveQuantity.of("none", v -> 0.0 / 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("test quantity \"none\" is NaN")
        .hasMessageContaining("expected a finite number");
    assertThatThrownBy(() -> PredictiveQuantity.autocorrelation(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lag must be positive, got 0");
  }
}
