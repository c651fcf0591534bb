package io.github.sbi4j.analysis.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.core.distribution.Proposal;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.inference.Atomic;
import io.github.sbi4j.flows.inference.ImportanceWeighted;
import io.github.sbi4j.flows.inference.NonAtomic;
import io.github.sbi4j.flows.inference.PostHoc;
import io.github.sbi4j.flows.inference.ProposalCorrection;
import io.github.sbi4j.flows.inference.Rounds;
import io.github.sbi4j.flows.inference.SNLE;
import io.github.sbi4j.flows.inference.SNPE;
import io.github.sbi4j.flows.inference.SNRE;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.posterior.McmcPosterior;
import io.github.sbi4j.flows.training.Training;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two rounds of each method against the posterior of the linear Gaussian model. */
class RoundsTest {
  private static final Logger LOG = LoggerFactory.getLogger(RoundsTest.class);
  private static final Training TRAINING = Training.defaults().withBatchSize(100).withMaxEpochs(40);
  private static final double[] OBSERVED = {0, 0};

  /** Simulations of the model from parameters of any proposal. */
  private static Simulator simulator(GaussianModel model) {
    return (theta, random) -> {
      double[] x = new double[theta.length];
      Arrays.setAll(x, j -> theta[j] - 1 + Math.sqrt(0.3) * random.nextGaussian());
      return model.seen(x);
    };
  }

  private static double snpe(
      GaussianModel model,
      DensityEstimator estimator,
      ProposalCorrection correction,
      int... sizes) {
    SNPE inference =
        SNPE.with(model.prior())
            .densityEstimator(estimator)
            .training(TRAINING)
            .correction(correction);
    Proposal proposal = model.prior();
    DirectPosterior posterior = null;
    for (int r = 0; r < sizes.length; r++) {
      inference.appendSimulations(Simulations.run(simulator(model), proposal, sizes[r], r));
      posterior = inference.train().buildPosterior();
      proposal = posterior.given(OBSERVED);
    }
    double score = Gate.score(model, Objects.requireNonNull(posterior), 1, OBSERVED);
    LOG.info("{} in rounds, {}: C2ST {}", correction, model, score);
    return score;
  }

  private static void assertPasses(double score) {
    assertThat(score).isBetween(0.5 - Gate.WIDTH, 0.5 + Gate.WIDTH);
  }

  @Test
  void atomicProposals() {
    assertPasses(snpe(GaussianModel.normal(2), Maf.defaults(), Atomic.defaults(), 900, 1000));
  }

  @Test
  @Tag("slow")
  void atomicProposalsInABox() {
    assertPasses(snpe(GaussianModel.box(2), Maf.defaults(), Atomic.defaults(), 900, 1000));
  }

  @Test
  @Tag("slow")
  void importanceWeights() {
    assertPasses(
        snpe(GaussianModel.normal(2), Maf.defaults(), ImportanceWeighted.defaults(), 500, 1000));
  }

  @Test
  @Tag("slow")
  void closedForms() {
    Mdn mixture = Mdn.defaults().withComponents(5);
    assertPasses(snpe(GaussianModel.normal(2), mixture, NonAtomic.defaults(), 500, 1000));
    assertPasses(snpe(GaussianModel.box(2), mixture, NonAtomic.defaults(), 500, 1000));
  }

  @Test
  @Tag("slow")
  void divisionByTheProposal() {
    Mdn gaussian = Mdn.defaults().withComponents(1);
    assertPasses(snpe(GaussianModel.normal(2), gaussian, PostHoc.defaults(), 1000, 1000));
  }

  private static void assertPasses(Rounds<McmcPosterior> rounds, GaussianModel model, int trials) {
    GaussianTrials observed = GaussianTrials.around(model, 2, trials);
    McmcPosterior posterior =
        rounds.rounds(2).simulations(1200 * trials).run(observed.seen()).posterior();
    double score = observed.score(posterior, 1);
    LOG.info("{} trials: C2ST {}", trials, score);
    assertPasses(score);
  }

  @ParameterizedTest
  @Tag("slow")
  @ValueSource(ints = {1, 3})
  void likelihoods(int trials) {
    GaussianModel model = GaussianModel.normal(2);
    SNLE inference = SNLE.with(model.prior()).training(TRAINING);
    assertPasses(Rounds.of(inference, simulator(model)), model, trials);
  }

  @ParameterizedTest
  @Tag("slow")
  @ValueSource(ints = {1, 3})
  void ratios(int trials) {
    GaussianModel model = GaussianModel.normal(2);
    SNRE inference = SNRE.with(model.prior()).training(TRAINING);
    assertPasses(Rounds.of(inference, simulator(model)), model, trials);
  }
}
