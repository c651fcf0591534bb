package io.github.sbi4j.analysis.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.core.distribution.RestrictedPrior;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.inference.SNPE;
import io.github.sbi4j.flows.inference.TSNPE;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.restriction.RestrictionEstimator;
import io.github.sbi4j.flows.training.Training;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Truncated rounds, and priors restricted to where simulations are valid, against the closed-form
 * posterior of the linear Gaussian model in two dimensions.
 *
 * <p>Two equal sets of 1000 draws score 0.5 with a standard deviation near 0.011, so the gate of
 * 0.1 has no false alarms to speak of.
 */
class TruncatedTest {
  private static final Logger LOG = LoggerFactory.getLogger(TruncatedTest.class);
  private static final Training TRAINING = Training.defaults().withMaxEpochs(25);
  private static final double[] OBSERVED = {-0.9, -1.2};
  private static final long SEED = 1;

  private static void assertPasses(String what, double score) {
    LOG.info("{}: C2ST {}", what, score);
    assertThat(score).isBetween(0.5 - Gate.WIDTH, 0.5 + Gate.WIDTH);
  }

  @ParameterizedTest(name = "{0} candidates a draw, 0 for rejection")
  @ValueSource(ints = {0, 200})
  void truncatedRoundsLearnThePosterior(int candidates) {
    GaussianModel model = GaussianModel.normal(2);
    TSNPE inference =
        TSNPE
            .with(model.prior(), OBSERVED)
            .densityEstimator(Maf.defaults())
            .training(TRAINING)
            .seed(SEED);
    if (candidates > 0) {
      inference.resampling(candidates);
    }
    for (int round = 0; round < 2; round++) {
      inference
          .appendSimulations(Simulations.run(noisy(model, 0), inference.proposal(), 1_000, round))
          .train();
    }
    DirectPosterior posterior = inference.buildPosterior();
    assertPasses("TSNPE", Gate.score(model, posterior, SEED, OBSERVED));
    RestrictedPrior truncated = (RestrictedPrior) posterior.prior();
    for (boolean inside : truncated.contains(truncated.sample(500, 3).toArray())) {
      assertThat(inside).isTrue();
    }
  }

  /** The simulator of the model, which fails by chance alone in a share of the cases. */
  private static Simulator noisy(GaussianModel model, double failing) {
    return (theta, random) -> {
      double[] x = new double[theta.length];
      Arrays.setAll(x, j -> theta[j] - 1 + Math.sqrt(0.3) * random.nextGaussian());
      if (random.nextDouble() < failing) {
        x[0] = Double.NaN;
      }
      return x;
    };
  }

  @Test
  void failuresByChanceLeaveThePosteriorAsItIs() {
    GaussianModel model = GaussianModel.normal(2);
    DirectPosterior posterior =
        SNPE.with(model.prior())
            .densityEstimator(Maf.defaults())
            .training(TRAINING)
            .seed(SEED)
            .appendSimulations(Simulations.run(noisy(model, 0.3), model.prior(), 2_000, 2))
            .train()
            .buildPosterior();
    assertPasses("failing by chance", Gate.score(model, posterior, SEED, OBSERVED));
  }

  /** Simulations fail where the first parameter is negative, as in half of the prior. */
  @Test
  void priorRestrictedToValidSimulationsGivesThePosteriorOfValidOnes() {
    GaussianModel model = GaussianModel.box(2);
    Simulator fragile =
        (theta, random) -> {
          double[] x = noisy(model, 0).simulate(theta, random);
          return theta[0] < 0 ? new double[] {Double.NaN, x[1]} : x;
        };
    RestrictedPrior restricted =
        RestrictionEstimator.with(model.prior())
            .training(TRAINING)
            .seed(SEED)
            .appendSimulations(Simulations.run(fragile, model.prior(), 1_000, 2))
            .train()
            .restrictedPrior();
    Simulations simulations = Simulations.run(fragile, restricted, 2_000, 3);
    assertThat(simulations.failures().size()).isLessThan(200);
    DirectPosterior posterior =
        SNPE.with(restricted)
            .densityEstimator(Maf.defaults())
            .training(TRAINING)
            .seed(SEED)
            .appendSimulations(simulations)
            .train()
            .buildPosterior();
    double[][] truth =
        Arrays.stream(model.draws(4_000, SEED, OBSERVED))
            .filter(theta -> theta[0] > 0)
            .limit(1_000)
            .toArray(double[][]::new);
    assertThat(truth).hasNumberOfRows(1_000);
    double[][] learned = posterior.given(OBSERVED).sample(1_000, SEED).toArray();
    assertPasses("failing where negative", Gate.score(truth, learned));
    assertThat(integral(restricted)).isBetween(1 - 0.015, 1 + 0.015);
  }

  /** The density summed over the midpoints of 200 x 200 cells of the box. */
  private static double integral(RestrictedPrior prior) {
    int side = 200;
    double step = 4.0 / side;
    double[][] cells = new double[side * side][];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = new double[] {-2 + step * (i / side + 0.5), -2 + step * (i % side + 0.5)};
    }
    return Arrays.stream(prior.logProb(cells)).map(Math::exp).sum() * step * step;
  }
}
