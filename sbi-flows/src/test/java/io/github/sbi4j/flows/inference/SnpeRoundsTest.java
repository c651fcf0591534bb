package io.github.sbi4j.flows.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Independent;
import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.core.distribution.Normal;
import io.github.sbi4j.core.distribution.Proposal;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.estimator.Nsf;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.training.Training;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TruncatedNormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SNPE in rounds against posteriors in closed form. */
class SnpeRoundsTest {
  private static final Logger LOG = LoggerFactory.getLogger(SnpeRoundsTest.class);
  private static final double[] OBSERVED = {2.6, -0.4};

  private static final Maf MAF = Maf.defaults().withTransforms(2).withHiddenFeatures(20);

  /** Every parameter is within so many posterior standard deviations, every spread that share. */
  private static final double TOLERANCE = 0.2;

  static DirectPosterior rounds(
      SNPE inference, Simulator simulator, double[] observed, Distribution prior, int... sizes) {
    Proposal proposal = prior;
    DirectPosterior posterior = null;
    for (int r = 0; r < sizes.length; r++) {
      posterior =
          inference
              .appendSimulations(Simulations.run(simulator, proposal, sizes[r], 10 + r))
              .train()
              .buildPosterior()
              .given(observed);
      proposal = posterior;
    }
    return Objects.requireNonNull(posterior);
  }

  private static void assertGaussian(DensityEstimator estimator, ProposalCorrection correction) {
    Simulator simulator = (theta, random) -> GaussianModel.given(theta).sample(random);
    SNPE inference =
        SNPE.with(GaussianModel.prior())
            .densityEstimator(estimator)
            .training(Training.defaults().withMaxEpochs(40))
            .correction(correction);
    Samples draws =
        rounds(inference, simulator, OBSERVED, GaussianModel.prior(), 250, 250).sample(4000);
    MultivariateNormal exact = GaussianModel.posterior(new double[][] {OBSERVED});
    for (int d = 0; d < 2; d++) {
      double sd = Math.sqrt(exact.variance()[d]);
      LOG.info(
          "{}: error {} sd, spread {}",
          correction,
          (draws.mean()[d] - exact.mean()[d]) / sd,
          draws.sd()[d] / sd);
      assertThat(draws.mean()[d]).isCloseTo(exact.mean()[d], within(TOLERANCE * sd));
      // The posterior times itself over the prior is narrower by a third.
      assertThat(draws.sd()[d] / sd).isCloseTo(1, within(TOLERANCE));
    }
  }

  @Test
  void atomicProposalsGiveThePosterior() {
    assertGaussian(MAF, Atomic.defaults());
  }

  @Test
  void theCombinedLossGivesThePosterior() {
    assertGaussian(MAF, Atomic.defaults().withCombinedLoss(true));
  }

  /**
   * Atoms say little where the posterior is as wide as what proposed them; what the networks need
   * not learn costs nothing. The divergence from the exact posterior of five independent parameters
   * is some forty coefficients' over twice a thousand simulations.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void roundsKeepAWidePosterior(boolean uniform) {
    int d = 5;
    double[] ones = new double[d];
    Arrays.fill(ones, 1);
    double[] minusOnes = new double[d];
    Arrays.fill(minusOnes, -1);
    Distribution prior =
        uniform
            ? BoxUniform.of(minusOnes, ones)
            : Independent.of(Collections.nCopies(d, Normal.of(0, 1)))
                .named("a", "b", "c", "d", "e");
    double[] observed = {0.9, -0.2, 0, 0.5, -1.1};
    double noise = 0.6;
    Simulator simulator =
        (theta, random) ->
            Arrays.stream(theta).map(t -> t + noise * random.nextGaussian()).toArray();
    DirectPosterior posterior =
        rounds(SNPE.with(prior).seed(1), simulator, observed, prior, 250, 250, 250, 250);
    List<ContinuousDistribution> exact =
        Arrays.stream(observed).mapToObj(x -> marginal(uniform, x, noise)).toList();
    Random random = new Random(1);
    double[][] draws = new double[4000][d];
    double expected = 0;
    for (int j = 0; j < d; j++) {
      for (double[] draw : draws) {
        draw[j] = exact.get(j).inverseCumulativeProbability(random.nextDouble());
        expected += exact.get(j).logDensity(draw[j]) / draws.length;
      }
    }
    double divergence = expected - Arrays.stream(posterior.logProb(draws)).average().orElseThrow();
    LOG.info("uniform {}: divergence {} nats", uniform, divergence);
    assertThat(divergence).isBetween(-0.02, 0.15);
  }

  private static ContinuousDistribution marginal(boolean uniform, double x, double noise) {
    if (uniform) {
      return TruncatedNormalDistribution.of(x, noise, -1, 1);
    }
    double shrink = 1 / (1 + noise * noise);
    return NormalDistribution.of(shrink * x, Math.sqrt(shrink) * noise);
  }

  @Test
  void nothingLeaksInAnyRound() {
    Distribution prior = BoxUniform.of(new double[] {-1, -1}, new double[] {1, 1});
    Simulator crescents =
        (theta, random) -> {
          double angle = Math.PI * (random.nextDouble() - 0.5);
          double radius = 0.1 + 0.01 * random.nextGaussian();
          return new double[] {
            radius * Math.cos(angle) + 0.25 - Math.abs(theta[0] + theta[1]) / Math.sqrt(2),
            radius * Math.sin(angle) + (theta[1] - theta[0]) / Math.sqrt(2)
          };
        };
    SNPE inference =
        SNPE.with(prior)
            .densityEstimator(Nsf.defaults())
            .training(Training.defaults().withMaxEpochs(20));
    // At this observation both crescents are cut off by the prior's corners.
    double[] observed = {-1.1, 0};
    Proposal proposal = prior;
    for (int r = 0; r < 3; r++) {
      inference.appendSimulations(Simulations.run(crescents, proposal, 200, r)).train();
      DirectPosterior posterior = inference.buildPosterior().given(observed);
      double[][] all = posterior.density().sample(observed, 5000, 1);
      assertThat(List.of(all)).allMatch(prior.support()::contains);
      proposal = posterior;
    }
  }
}
