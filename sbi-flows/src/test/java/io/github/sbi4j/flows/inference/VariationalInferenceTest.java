package io.github.sbi4j.flows.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.posterior.Likelihood;
import io.github.sbi4j.flows.posterior.VariationalPosterior;
import io.github.sbi4j.flows.potential.PotentialSource;
import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.variational.VariationalFamily;
import io.github.sbi4j.flows.variational.VariationalObjective;
import io.github.sbi4j.flows.variational.VariationalSettings;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Variational posteriors of what was learned, against the exact posterior. */
@Timeout(120)
class VariationalInferenceTest {
  private static final Maf SMALL =
      Maf.defaults().withTransforms(2).withHiddenFeatures(16).withHiddenLayers(1);
  private static final double[][] TRIALS = GaussianModel.trials(new double[] {0.5, -0.7}, 5, 9);

  private static final double[][] THETA = GaussianModel.parameters(2_000, 1);
  private static final double[][] X = GaussianModel.observations(THETA, 101);

  private static Likelihood likelihood() {
    return SNLE.with(GaussianModel.prior())
        .densityEstimator(SMALL)
        .seed(1)
        .appendSimulations(THETA, X)
        .train()
        .buildLikelihood();
  }

  static Stream<Arguments> kinds() {
    VariationalFamily flow = VariationalFamily.flow(SMALL.withActivation(Activation.RELU));
    return Stream.of(
        Arguments.of(flow, VariationalObjective.reverseKl()),
        Arguments.of(VariationalFamily.gaussian(), VariationalObjective.forwardKl()));
  }

  /** The tolerances are those of the learned likelihood's own posterior, in SnleTest. */
  @ParameterizedTest
  @MethodSource("kinds")
  void ofALearnedLikelihoodAndTrials(VariationalFamily family, VariationalObjective objective) {
    VariationalPosterior posterior =
        of(likelihood())
            .withSettings(VariationalSettings.defaults().withDraws(100))
            .withFamily(family)
            .withObjective(objective)
            .given(TRIALS);
    assertCloseTo(posterior.sample(4_000), GaussianModel.posterior(TRIALS));
    assertThat(posterior.report().warnings()).isEmpty();
    assertThat(posterior.report().effectiveSampleSize()).isGreaterThan(3_500);
  }

  @Test
  void ofALearnedPosterior() {
    DirectPosterior direct =
        SNPE.with(GaussianModel.prior())
            .densityEstimator(SMALL)
            .seed(1)
            .appendSimulations(THETA, X)
            .train()
            .buildPosterior();
    VariationalPosterior posterior =
        of(direct).withFamily(VariationalFamily.gaussian()).given(TRIALS[0]);
    assertCloseTo(posterior.sample(4_000), GaussianModel.posterior(new double[][] {TRIALS[0]}));
    assertThat(posterior.report().logEvidence()).isCloseTo(0, within(0.02));
  }

  private static VariationalPosterior of(PotentialSource source) {
    return VariationalPosterior.of(source, 2);
  }

  private static void assertCloseTo(Samples draws, MultivariateNormal exact) {
    for (int d = 0; d < 2; d++) {
      double sd = Math.sqrt(exact.variance()[d]);
      assertThat(draws.mean()[d]).isCloseTo(exact.mean()[d], within(0.25 * sd));
      assertThat(draws.sd()[d]).isCloseTo(sd, within(0.15 * sd));
    }
  }
}
