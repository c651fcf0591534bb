package io.github.sbi4j.analysis.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.estimator.Nsf;
import io.github.sbi4j.flows.inference.SNLE;
import io.github.sbi4j.flows.posterior.Likelihood;
import io.github.sbi4j.flows.posterior.McmcPosterior;
import io.github.sbi4j.flows.training.Training;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Neural likelihood estimation against the closed-form posterior of the linear Gaussian model.
 *
 * <p>The linear part is regressed out before training, so only the curved data need more than the
 * networks begin with.
 */
class LikelihoodTest {
  private static final Logger LOG = LoggerFactory.getLogger(LikelihoodTest.class);
  private static final Training TRAINING = Training.defaults().withBatchSize(200).withMaxEpochs(25);
  private static final int MANY = 10;
  private static final long SEED = 1;

  private static Likelihood train(
      GaussianModel model, DensityEstimator estimator, int simulations, long seed) {
    return SNLE.with(model.prior())
        .densityEstimator(estimator)
        .training(TRAINING)
        .seed(seed)
        .appendSimulations(model.simulate(simulations, 1000 + seed))
        .train()
        .buildLikelihood();
  }

  private static McmcPosterior assertPasses(
      String name, GaussianTrials trials, Likelihood likelihood, long seed) {
    McmcPosterior posterior = McmcPosterior.of(likelihood, seed);
    double score = trials.score(posterior, seed);
    double divergence = trials.divergence(likelihood, seed);
    LOG.info("{}, seed {}, {}: C2ST {}, KL {}", name, seed, trials, score, divergence);
    assertThat(score).isBetween(0.5 - Gate.WIDTH, 0.5 + Gate.WIDTH);
    return posterior;
  }

  private static GaussianModel wide(GaussianModel model) {
    return model.withNoise(-1, Math.sqrt(0.8));
  }

  private static void assertLearnsThePeak(
      GaussianModel model, DensityEstimator estimator, long seed) {
    GaussianTrials trials = GaussianTrials.around(wide(model), model.parameters(), 1);
    Likelihood likelihood = train(wide(model), estimator, 3000, seed);
    McmcPosterior posterior = assertPasses(estimator.toString(), trials, likelihood, seed);
    assertThat(trials.squaredErrorOfPeak(posterior)).isLessThan(0.5);
  }

  @Test
  void learnsThePosteriorInABox() {
    assertLearnsThePeak(GaussianModel.box(2), Mdn.defaults(), SEED);
  }

  @Test
  void learnsThePosteriorOfANormalPrior() {
    assertLearnsThePeak(GaussianModel.normal(2), Maf.defaults(), SEED);
  }

  @Test
  void learnsOneParameter() {
    assertLearnsThePeak(GaussianModel.box(1), Maf.defaults(), SEED);
  }

  @Test
  void nothingIsOutsideTheBox() {
    GaussianModel model = wide(GaussianModel.box(2));
    GaussianTrials trials = GaussianTrials.around(model, 2, 1);
    McmcPosterior posterior =
        McmcPosterior.of(train(model, Maf.defaults(), 500, SEED), SEED).given(trials.seen());
    double[][] outside = {{2.001, 0}, {0, -2.001}, {3, 3}, {1, 1e6}};
    assertThat(posterior.logProb(outside)).containsOnly(Double.NEGATIVE_INFINITY);
    for (double[] draw : posterior.sample(1000).toArray()) {
      assertThat(model.prior().support().contains(draw)).isTrue();
    }
  }

  /** Of the third parameter the data tell nothing, so it keeps the prior. */
  @Test
  void learnsMoreParametersThanData() {
    assertLearnsMoreParametersThanData(Maf.defaults().withTransforms(3), SEED);
  }

  private static void assertLearnsMoreParametersThanData(DensityEstimator estimator, long seed) {
    GaussianModel model = GaussianModel.normal(3).observing(2);
    Likelihood likelihood = train(model, estimator, 2000, seed);
    GaussianTrials trials = GaussianTrials.around(model, 2, 1);
    assertPasses(estimator.toString(), trials, likelihood, seed);
  }

  /** One likelihood for one trial and for three, whose errors add up. */
  @Test
  void servesAnyNumberOfTrials() {
    assertServesAnyNumberOfTrials(GaussianModel.normal(2), Nsf.defaults(), SEED);
  }

  private static void assertServesAnyNumberOfTrials(
      GaussianModel model, DensityEstimator estimator, long seed) {
    Likelihood likelihood = train(model, estimator, 1800, seed);
    for (int count : new int[] {1, 3}) {
      GaussianTrials trials = GaussianTrials.around(model, 2, count);
      assertPasses(estimator.toString(), trials, likelihood, seed);
    }
  }

  /**
   * Data that are a curved view of the parameters: the likelihood is neither normal nor linear, so
   * that the networks cannot stay as they began.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("io.github.sbi4j.analysis.conformance.Estimators#all")
  void learnsCurvedData(DensityEstimator estimator) {
    assertLearnsCurvedData(estimator, SEED);
  }

  private static void assertLearnsCurvedData(DensityEstimator estimator, long seed) {
    GaussianModel model = GaussianModel.normal(2).seenAs(Math::sinh);
    Likelihood likelihood = train(model, estimator, 3000, seed);
    assertPasses(estimator + " curved", GaussianTrials.around(model, 2, 1), likelihood, seed);
  }

  static Stream<Arguments> manySeeds() {
    return Estimators.all()
        .flatMap(e -> IntStream.rangeClosed(1, MANY).mapToObj(s -> Arguments.of(e, (long) s)));
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("manySeeds")
  void learnsOneParameterWithManySeeds(DensityEstimator estimator, long seed) {
    assertLearnsThePeak(GaussianModel.normal(1), estimator, seed);
    assertLearnsThePeak(GaussianModel.box(1), estimator, seed);
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("manySeeds")
  void learnsTwoParametersWithManySeeds(DensityEstimator estimator, long seed) {
    assertLearnsThePeak(GaussianModel.normal(2), estimator, seed);
    assertLearnsThePeak(GaussianModel.box(2), estimator, seed);
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("manySeeds")
  void servesAnyNumberOfTrialsWithManySeeds(DensityEstimator estimator, long seed) {
    assertServesAnyNumberOfTrials(GaussianModel.normal(2), estimator, seed);
    assertServesAnyNumberOfTrials(GaussianModel.box(2), estimator, seed);
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("manySeeds")
  void learnsCurvedDataWithManySeeds(DensityEstimator estimator, long seed) {
    assertLearnsCurvedData(estimator, seed);
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("manySeeds")
  void learnsMoreParametersThanDataWithManySeeds(DensityEstimator estimator, long seed) {
    assertLearnsMoreParametersThanData(estimator, seed);
  }
}
