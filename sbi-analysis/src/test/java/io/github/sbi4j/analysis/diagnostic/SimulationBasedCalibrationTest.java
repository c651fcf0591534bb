package io.github.sbi4j.analysis.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.posterior.Posterior;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationBasedCalibrationTest {
  private static final NormalModel MODEL = NormalModel.exact(2);
  private static final SimulationBasedCalibration SBC = SimulationBasedCalibration.defaults();

  private static SbcResult of(Posterior posterior, int count) {
    return SBC.compute(TestDraws.with(posterior).draws(99).run(MODEL.simulate(count, 1)));
  }

  @Test
  void anExactPosteriorPasses() {
    SbcResult result = of(MODEL, 500);
    assertThat(result.verdict()).as(result.summary()).isEqualTo(Verdict.PASS);
    assertThat(result.findings()).hasSize(3);
    assertThat(result.findings().get(0).falseAlarmRate()).isCloseTo(0.05 / 3, within(1e-12));
    // Within 4 standard errors.
    SbcResult.Ranked first = result.quantity("theta_1");
    assertThat(first.coverage90()).isCloseTo(0.9, within(4 * 0.0134));
    assertThat(first.ranks().mean()).isCloseTo(0.5, within(4 * 0.013));
    assertThat(first.shift()).isCloseTo(0, within(4 * 0.045));
    assertThat(first.ranks().kolmogorovSmirnov()).isGreaterThan(1e-4);
    assertThat(first.ranks().chiSquare()).isGreaterThan(1e-4);
  }

  @Test
  void ranksAreThoseOfTheTrueValueAmongTheDraws() {
    TestDraws draws = TestDraws.with(MODEL).draws(99).run(MODEL.simulate(120, 1));
    SbcResult result = SBC.compute(draws);
    int[] ranks = result.quantity("theta_2").ranks().ranks();
    EcdfBand band = result.quantity("theta_2").ranks().band();
    assertThat(band.lowerShares()[40]).isEqualTo(band.lower()[40] / 120.0);
    assertThat(band.upperShares()[40]).isEqualTo(band.upper()[40] / 120.0);
    for (int i = 0; i < draws.size(); i++) {
      double truth = draws.parameters().get(i, 1);
      long below = Arrays.stream(draws.samples(i).column(1)).filter(v -> v < truth).count();
      assertThat(ranks[i]).isEqualTo((int) below).isEqualTo(result.ranks()[i][1]);
    }
  }

  @Test
  void eachKindOfFailureIsNamed() {
    assertKind(MODEL.wrong(0.6, 0), Miscalibration.TOO_NARROW, "too narrow for theta_1");
    assertKind(MODEL.wrong(1.6, 0), Miscalibration.TOO_WIDE, "too wide for theta_1");
    assertKind(
        MODEL.wrong(1, -0.5), Miscalibration.TOO_LOW, "too low for theta_1: true values lie 0.5");
    assertKind(
        MODEL.wrong(1, 0.5), Miscalibration.TOO_HIGH, "too high for theta_1: true values lie 0.");
  }

  private static void assertKind(Posterior posterior, Miscalibration kind, String words) {
    SbcResult result = of(posterior, 500);
    Finding finding = result.findings().get(0);
    assertThat(finding.verdict()).as(result.summary()).isEqualTo(Verdict.FAIL);
    assertThat(result.quantities().get(0).kind(finding.threshold())).isEqualTo(kind);
    assertThat(finding.reading()).contains(words, "in the 90 % interval");
  }

  /** P(|z| < 0.6 x 1.645) = 0.676; within 4 standard errors and what 99 draws leave open. */
  @Test
  void coverageIsThatOfTheNarrowNormal() {
    double coverage = of(MODEL.wrong(0.6, 0), 500).quantity("theta_1").coverage90();
    assertThat(coverage).isCloseTo(0.676, within(4 * 0.021 + 0.01));
  }

  /** The prior passes for the parameters and not for a quantity that knows the data. */
  @Test
  void aQuantityOfTheDataSeesThatThePriorIsNotThePosterior() {
    Posterior prior =
        ChangedPosterior.of(
            MODEL, (x, draws, seed) -> MODEL.prior().sample(99, RandomStreams.key(seed, 1)));
    TestDraws draws = TestDraws.with(prior).draws(99).run(MODEL.simulate(300, 1));
    assertThat(SBC.compute(draws).verdict()).isEqualTo(Verdict.PASS);
    SbcResult result =
        SBC.quantity(
                "log-likelihood",
                (theta, x) -> -Math.pow(x[0] - theta[0], 2) - Math.pow(x[1] - theta[1], 2))
            .compute(draws);
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result.quantity("theta_1").kind(0.0125)).isEqualTo(Miscalibration.NONE);
    assertThat(result.quantity("log-likelihood").kind(0.0125)).isEqualTo(Miscalibration.TOO_LOW);
  }

  /** A quantity with two values has ranks that are ties all but for chance. */
  @Test
  void tiesAreBrokenAtRandom() {
    TestDraws draws = TestDraws.with(MODEL).draws(99).run(MODEL.simulate(400, 1));
    SbcResult.Ranked sign =
        SBC.quantity("sign", (theta, x) -> Math.signum(theta[0])).compute(draws).quantity("sign");
    assertThat(sign.ranks().pValue()).isGreaterThan(1e-3);
    SbcResult.Ranked constant = SBC.quantity("one", (theta, x) -> 1).compute(draws).quantity("one");
    assertThat(constant.ranks().pValue()).isGreaterThan(1e-3);
    assertThat(constant.shift()).isZero();
  }

  @Test
  void theAveragedPosteriorIsComparedWithThePrior() {
    SbcResult wide = of(MODEL.wrong(2.5, 0), 300);
    Finding finding = wide.findings().get(2);
    assertThat(finding.quantity()).isEqualTo("averaged posterior");
    assertThat(finding.verdict()).as(wide.summary()).isEqualTo(Verdict.FAIL);
    assertThat(finding.reading()).contains("are not like draws of the prior");
    assertThat(wide.averaged().distances()).hasSize(2);
    // The sd of the averaged draws is 1.43 instead of 1: the distance is near 0.087.
    assertThat(wide.averaged().distances().get(wide.averaged().farthest())).isBetween(0.04, 0.16);
  }

  @Test
  void fewDataSetsSayNothing() {
    SbcResult result = of(MODEL, 30);
    assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(result.summary())
        .contains("30 data sets with 99 draws each are few; give 200 to 1000 data sets");
    assertThat(of(MODEL.wrong(0.1, 0), 30).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void dataSetsLeftOutAreCounted() {
    Posterior posterior =
        ChangedPosterior.of(
            MODEL,
            (x, draws, seed) -> {
              if (x[0] > 1) {
                throw new IllegalStateException("no");
              }
              return draws.apply(seed);
            });
    SbcResult result = of(posterior, 300);
    Finding last = result.findings().get(3);
    assertThat(last.quantity()).isEqualTo("hard observations");
    assertThat(last.verdict()).isEqualTo(Verdict.CAUTION);
    assertThat(last.value()).isBetween(0.1, 0.3);
    assertThat(last.reading()).contains("of 300 data sets", "drawing failed");
    // What is left out depends on the data, so the ranks of the others stay uniform.
    assertThat(result.verdict()).as(result.summary()).isEqualTo(Verdict.CAUTION);
  }

  @Test
  void theResultIsTheSameForAnyNumberOfThreads() {
    Simulations simulations = MODEL.simulate(150, 1);
    SbcResult one = SBC.compute(TestDraws.with(MODEL).draws(99).threads(1).run(simulations));
    SbcResult two = SBC.compute(TestDraws.with(MODEL).draws(99).threads(2).run(simulations));
    assertThat(one.findings()).isEqualTo(two.findings());
  }

  @Test
  void badInputIsNamed() {
    Simulations simulations = MODEL.simulate(2, 1);
    Samples table = MODEL.given(0, 0).sample(3);
    TestDraws draws = TestDraws.of(simulations, List.copyOf(Collections.nCopies(2, table)));
    assertThatThrownBy(() -> SBC.quantity("theta_1", (theta, x) -> 0).compute(draws))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'theta_1', as a parameter is");
    assertThatThrownBy(() -> SBC.quantity("q", (theta, x) -> Double.NaN).compute(draws))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'q' is NaN");
    assertThatThrownBy(() -> SBC.alpha(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("alpha is 0.0");
    assertThatThrownBy(() -> SBC.compute(draws).quantity("no"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no quantity named 'no'; there are [");
  }
}
