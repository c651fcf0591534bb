package io.github.sbi4j.analysis.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.core.abc.AbcResult;
import io.github.sbi4j.core.abc.Distance;
import io.github.sbi4j.core.abc.LinearRegressionAdjustment;
import io.github.sbi4j.core.abc.PerturbationKernel;
import io.github.sbi4j.core.abc.Population;
import io.github.sbi4j.core.abc.RejectionAbc;
import io.github.sbi4j.core.abc.SemiAutomaticSummary;
import io.github.sbi4j.core.abc.SmcAbc;
import io.github.sbi4j.core.abc.SmcAbcResult;
import io.github.sbi4j.core.abc.SmcVariant;
import io.github.sbi4j.core.abc.ToleranceSchedule;
import io.github.sbi4j.core.abc.Trials;
import io.github.sbi4j.core.sample.Samples;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Approximate Bayesian computation gives the posterior of the linear Gaussian model. */
class AbcTest {
  private static final Logger LOG = LoggerFactory.getLogger(AbcTest.class);
  private static final double[] ZERO = new double[2];
  private static final long SEED = 1;

  private static Stream<GaussianModel> models() {
    return Stream.of(GaussianModel.normal(2), GaussianModel.box(2));
  }

  private static void assertPasses(String what, GaussianModel model, Samples draws, double... x) {
    double score = Gate.score(model.draws(draws.rows(), SEED, x), draws.toArray());
    LOG.info("{}, {}, {} draws: C2ST {}", what, model, draws.rows(), score);
    assertThat(score).isBetween(0.5 - Gate.WIDTH, 0.5 + Gate.WIDTH);
  }

  @ParameterizedTest
  @MethodSource("models")
  void rejection(GaussianModel model) {
    AbcResult result =
        RejectionAbc.with(model.prior())
            .distance(Distance.euclidean().unscaled())
            .tolerance(0.16)
            .select(model.simulate(120_000, SEED), ZERO);
    assertPasses("rejection", model, result.samples(), ZERO);
  }

  // A hundredth of the simulations, and far too large a tolerance without the adjustment.
  @ParameterizedTest
  @MethodSource("models")
  void adjustedRejection(GaussianModel model) {
    Population raw =
        RejectionAbc.with(model.prior())
            .quantile(0.1)
            .select(model.simulate(10_000, SEED), ZERO)
            .population();
    Population adjusted = LinearRegressionAdjustment.adjust(raw, model.prior());
    int draws = (int) adjusted.effectiveSampleSize();
    assertPasses("adjusted rejection", model, adjusted.sample(draws, SEED), ZERO);
  }

  @ParameterizedTest
  @MethodSource("models")
  void summarisedRejection(GaussianModel model) {
    AbcResult result =
        RejectionAbc.with(model.prior())
            .summary(SemiAutomaticSummary.defaults())
            .keep(400)
            .select(model.simulate(60_000, SEED), ZERO);
    assertPasses("summarised rejection", model, result.samples(), ZERO);
  }

  @ParameterizedTest
  @CsvSource({"TONI, UNIFORM", "SISSON, GAUSSIAN", "BEAUMONT, GAUSSIAN", "BEAUMONT, UNIFORM"})
  void populations(SmcVariant variant, PerturbationKernel kernel) {
    for (GaussianModel model : models().toList()) {
      SmcAbcResult result =
          SmcAbc.with(model.prior())
              .distance(Distance.euclidean().unscaled())
              .particles(500)
              .variant(variant)
              .kernel(kernel, 1)
              .schedule(ToleranceSchedule.adaptive(0.5).downTo(0.3))
              .run(model.simulator(), ZERO, 120_000);
      LOG.info("{} simulations to the tolerance {}", result.simulations(), result.tolerance());
      assertThat(result.tolerance()).isEqualTo(0.3);
      int draws = (int) result.last().effectiveSampleSize();
      assertPasses(variant + " " + kernel, model, result.sample(draws, SEED), ZERO);
    }
  }

  @Test
  void setsOfTrials() {
    GaussianModel model = GaussianModel.normal(1);
    double[] trials = {-0.9, -0.5, -0.35, -0.2, -0.05, 0.05, 0.2, 0.35, 0.5, 0.9};
    AbcResult result =
        RejectionAbc.with(model.prior())
            .distance(Distance.wasserstein(1))
            .keep(500)
            .run(Trials.repeat(model.simulator(), trials.length), trials, 50_000);
    assertPasses("Wasserstein", model.averaging(trials.length), result.samples(), 0);
  }
}
