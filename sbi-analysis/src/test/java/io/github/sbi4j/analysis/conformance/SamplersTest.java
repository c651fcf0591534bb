package io.github.sbi4j.analysis.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.core.mcmc.Nuts;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.inference.SNLE;
import io.github.sbi4j.flows.inference.SNPE;
import io.github.sbi4j.flows.inference.SNRE;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.posterior.ImportancePosterior;
import io.github.sbi4j.flows.posterior.McmcPosterior;
import io.github.sbi4j.flows.posterior.RejectionPosterior;
import io.github.sbi4j.flows.posterior.UnnormalizedPosterior;
import io.github.sbi4j.flows.potential.PotentialSource;
import io.github.sbi4j.flows.training.Training;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whatever draws from a learned likelihood or ratio draws from the same posterior, also from one
 * with several modes.
 */
class SamplersTest {
  private static final Logger LOG = LoggerFactory.getLogger(SamplersTest.class);
  private static final Training TRAINING = Training.defaults().withBatchSize(200).withMaxEpochs(25);
  private static final int DRAWS = 1000;
  private static final long SEED = 1;

  private static Map<String, UnnormalizedPosterior> samplers(PotentialSource source) {
    Map<String, UnnormalizedPosterior> samplers = new LinkedHashMap<>();
    McmcPosterior slice = McmcPosterior.of(source, SEED);
    samplers.put("slice", slice);
    samplers.put("NUTS", slice.withSampler(Nuts.defaults()));
    samplers.put("rejection", RejectionPosterior.of(source, SEED));
    samplers.put("importance", ImportancePosterior.of(source, SEED));
    return samplers;
  }

  private static Map<String, double[][]> draws(PotentialSource source, double[]... trials) {
    Map<String, double[][]> draws = new LinkedHashMap<>();
    samplers(source)
        .forEach((name, s) -> draws.put(name, s.given(trials).sample(DRAWS, SEED).toArray()));
    return draws;
  }

  /** Against the truth and against the first. */
  private static void assertAgree(String what, Map<String, double[][]> draws, double[][] truth) {
    List<String> names = new ArrayList<>(draws.keySet());
    for (int i = 0; i < names.size(); i++) {
      double score = Gate.score(truth, draws.get(names.get(i)));
      LOG.info("{}, {}: C2ST {} against the truth", what, names.get(i), score);
      assertThat(score).isBetween(0.5 - Gate.WIDTH, 0.5 + Gate.WIDTH);
      if (i > 0) {
        double other = Gate.score(draws.get(names.get(0)), draws.get(names.get(i)));
        LOG.info("{}, {}: C2ST {} against {}", what, names.get(i), other, names.get(0));
        assertThat(other).isBetween(0.5 - Gate.WIDTH, 0.5 + Gate.WIDTH);
      }
    }
  }

  @Test
  void allSamplersDrawFromTheSamePosterior() {
    GaussianModel model = GaussianModel.box(2);
    PotentialSource likelihood =
        SNLE.with(model.prior())
            .training(TRAINING)
            .appendSimulations(model.simulate(2000, 3))
            .train()
            .buildLikelihood();
    GaussianTrials trials = GaussianTrials.around(model, 2, 3);
    assertAgree(trials.toString(), draws(likelihood, trials.seen()), trials.draws(5));
  }

  /** Proposals from the prior and from a learned posterior; and all samplers find one peak. */
  @Test
  void proposalsAndPeaksAgree() {
    GaussianModel model = GaussianModel.normal(2);
    Simulations simulations = model.simulate(2000, 3);
    PotentialSource ratio =
        SNRE.with(model.prior()).appendSimulations(simulations).train().buildRatio();
    DirectPosterior direct =
        SNPE.with(model.prior())
            .training(TRAINING)
            .appendSimulations(simulations)
            .train()
            .buildPosterior();
    double[] x = {0, 0};
    double[][] proposed =
        ImportancePosterior.of(ratio, SEED)
            .withProposal(direct)
            .given(x)
            .sample(DRAWS, SEED)
            .toArray();
    Map<String, double[][]> draws = draws(ratio, x);
    draws.put("importance with a learned proposal", proposed);
    assertAgree("ratio", draws, model.draws(DRAWS, 5, x));
    double[] peak = McmcPosterior.of(ratio, SEED).given(x).map().toArray();
    for (UnnormalizedPosterior sampler : samplers(ratio).values()) {
      double[] other = sampler.given(x).map().toArray();
      assertThat(Math.hypot(peak[0] - other[0], peak[1] - other[1])).isLessThan(0.05);
    }
  }

  /** A prior of two normals, between which the data do not decide. */
  @Test
  void findsBothModesOfThePrior() {
    GaussianMixture prior =
        new GaussianMixture(
            new double[] {0.4, 0.6},
            MultivariateNormal.of(new double[] {-1.5, 1}, new double[][] {{0.5, 0.3}, {0.3, 0.4}}),
            MultivariateNormal.of(
                new double[] {1.5, -0.5}, new double[][] {{0.3, -0.2}, {-0.2, 0.6}}));
    double noise = 1.5;
    double[] x = {0, 0};
    PotentialSource likelihood =
        likelihood(
            prior,
            (theta, random) ->
                Arrays.stream(theta).map(t -> t + noise * random.nextGaussian()).toArray());
    double[][] truth = prior.given(x, noise * noise).sample(DRAWS, 4).toArray();
    assertAgree("mixture", draws(likelihood, x), truth);
  }

  /** Squares of the parameters are observed, so that each of four corners is as likely. */
  @Test
  void findsFourModesOfALikelihood() {
    Distribution prior = BoxUniform.of(new double[] {-2, -2}, new double[] {2, 2});
    double noise = 0.5;
    double[] x = {1, 1};
    PotentialSource likelihood =
        likelihood(
            prior,
            (theta, random) ->
                Arrays.stream(theta).map(t -> t * t + noise * random.nextGaussian()).toArray());
    double[][] truth = new double[DRAWS][];
    RandomGenerator random = RandomStreams.of(7, 0);
    for (int i = 0; i < DRAWS; ) {
      double[] theta = prior.sample(random);
      double squares = Math.pow(theta[0] * theta[0] - x[0], 2);
      squares += Math.pow(theta[1] * theta[1] - x[1], 2);
      if (random.nextDouble() < Math.exp(-squares / (2 * noise * noise))) {
        truth[i++] = theta;
      }
    }
    assertAgree("squares", draws(likelihood, x), truth);
  }

  private static PotentialSource likelihood(Distribution prior, Simulator simulator) {
    return SNLE.with(prior)
        .densityEstimator(Maf.defaults())
        .training(TRAINING)
        .appendSimulations(Simulations.run(simulator, prior, 3000, 3))
        .train()
        .buildLikelihood();
  }
}
