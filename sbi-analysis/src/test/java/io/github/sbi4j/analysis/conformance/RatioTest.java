package io.github.sbi4j.analysis.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.flows.inference.SNRE;
import io.github.sbi4j.flows.posterior.McmcPosterior;
import io.github.sbi4j.flows.posterior.Ratio;
import io.github.sbi4j.flows.ratio.Aalr;
import io.github.sbi4j.flows.ratio.Balanced;
import io.github.sbi4j.flows.ratio.Classifier;
import io.github.sbi4j.flows.ratio.Contrastive;
import io.github.sbi4j.flows.ratio.Linear;
import io.github.sbi4j.flows.ratio.Mlp;
import io.github.sbi4j.flows.ratio.RatioLoss;
import io.github.sbi4j.flows.ratio.Resnet;
import io.github.sbi4j.flows.ratio.Sre;
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

/** Neural ratio estimation against the closed-form posterior of the linear Gaussian model. */
class RatioTest {
  private static final Logger LOG = LoggerFactory.getLogger(RatioTest.class);
  private static final Training TRAINING = Training.defaults().withBatchSize(100);
  private static final int MANY = 10;
  private static final long SEED = 1;

  static Stream<RatioLoss> losses() {
    return Stream.of(
        Sre.defaults(),
        Aalr.defaults(),
        Contrastive.defaults(),
        Balanced.defaults().withStrength(20));
  }

  private static Ratio train(
      GaussianModel model, Classifier classifier, RatioLoss loss, int simulations, long seed) {
    return SNRE.with(model.prior())
        .classifier(classifier)
        .loss(loss)
        .training(TRAINING)
        .seed(seed)
        .appendSimulations(model.simulate(simulations, 1000 + seed))
        .train()
        .buildRatio();
  }

  private static void assertPasses(
      GaussianModel model,
      GaussianTrials trials,
      Classifier classifier,
      RatioLoss loss,
      long seed) {
    Ratio ratio = train(model, classifier, loss, 2000, seed);
    McmcPosterior posterior = McmcPosterior.of(ratio, seed);
    double score = trials.score(posterior, seed);
    double divergence = trials.divergence(ratio, seed);
    double peak = trials.squaredErrorOfPeak(posterior);
    LOG.info(
        "{}, {}, seed {}, {}: C2ST {}, KL {}, peak off by {}",
        classifier,
        loss,
        seed,
        trials,
        score,
        divergence,
        peak);
    assertThat(score).isBetween(0.5 - Gate.WIDTH, 0.5 + Gate.WIDTH);
    assertThat(peak).isLessThan(0.5);
    if (loss instanceof Aalr || loss instanceof Balanced) {
      assertThat(divergence).isLessThan(0.15);
    }
  }

  private static void assertPassesWithThreeTrials(
      GaussianModel model, Classifier classifier, RatioLoss loss, long seed) {
    GaussianModel wide = model.withNoise(-1, Math.sqrt(0.8));
    assertPasses(wide, GaussianTrials.around(wide, 2, 3), classifier, loss, seed);
  }

  private static void assertPassesWithMoreParametersThanData(RatioLoss loss, long seed) {
    GaussianModel model = GaussianModel.normal(3).observing(2);
    assertPasses(model, GaussianTrials.around(model, 2, 1), Resnet.defaults(), loss, seed);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("losses")
  void learnsThreeTrialsWithANormalPrior(RatioLoss loss) {
    assertPassesWithThreeTrials(GaussianModel.normal(2), Resnet.defaults(), loss, SEED);
  }

  @Test
  void learnsThreeTrialsInABox() {
    RatioLoss loss = Balanced.defaults().withStrength(20);
    assertPassesWithThreeTrials(GaussianModel.box(2), Resnet.defaults(), loss, SEED);
  }

  @Test
  void aPerceptronLearns() {
    GaussianModel model = GaussianModel.normal(2);
    assertPassesWithThreeTrials(model, Mlp.defaults(), Aalr.defaults(), SEED);
  }

  @Test
  void learnsMoreParametersThanData() {
    assertPassesWithMoreParametersThanData(Sre.defaults(), SEED);
  }

  @Test
  void nothingIsOutsideTheBox() {
    GaussianModel model = GaussianModel.box(2);
    McmcPosterior posterior =
        McmcPosterior.of(train(model, Resnet.defaults(), Sre.defaults(), 500, SEED), SEED)
            .given(0, 0);
    double[][] outside = {{2.001, 0}, {0, -2.001}, {3, 3}, {1, 1e6}};
    assertThat(posterior.logProb(outside)).containsOnly(Double.NEGATIVE_INFINITY);
    for (double[] draw : posterior.sample(1000).toArray()) {
      assertThat(model.prior().support().contains(draw)).isTrue();
    }
  }

  /**
   * A linear classifier is a sum of a function of the parameters and one of the data, so no
   * observation changes what it says of the parameters: right only where the data tell nothing.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("losses")
  void aLinearClassifierKeepsThePrior(RatioLoss loss) {
    GaussianModel nothing = GaussianModel.box(2).withNoise(-1, 100);
    Ratio ratio = train(nothing, Linear.defaults(), loss, 2000, SEED);
    GaussianTrials trials = GaussianTrials.around(nothing, 2, 1);
    double score = trials.score(McmcPosterior.of(ratio, SEED), SEED);
    LOG.info("linear, {}, data that tell nothing: C2ST {}", loss, score);
    assertThat(score).isBetween(0.5 - Gate.WIDTH, 0.5 + Gate.WIDTH);
    Ratio blind = train(GaussianModel.box(2), Linear.defaults(), loss, 2000, SEED);
    double[][] points = {{0, 0}, {1, 1}, {-1.5, 0.5}};
    double[] one = blind.logRatio(points, new double[] {1, 1});
    double[] other = blind.logRatio(points, new double[] {-1, -2});
    for (int i = 1; i < points.length; i++) {
      assertThat(one[i] - one[0]).isCloseTo(other[i] - other[0], within(1e-4));
    }
  }

  static Stream<Arguments> manySeeds() {
    return losses()
        .flatMap(l -> IntStream.rangeClosed(1, MANY).mapToObj(s -> Arguments.of(l, (long) s)));
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("manySeeds")
  void passesWithANormalPriorAndManySeeds(RatioLoss loss, long seed) {
    assertPassesWithThreeTrials(GaussianModel.normal(2), Resnet.defaults(), loss, seed);
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("manySeeds")
  void passesInABoxWithManySeeds(RatioLoss loss, long seed) {
    assertPassesWithThreeTrials(GaussianModel.box(2), Resnet.defaults(), loss, seed);
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("manySeeds")
  void passesWithMoreParametersThanDataAndManySeeds(RatioLoss loss, long seed) {
    assertPassesWithMoreParametersThanData(loss, seed);
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("manySeeds")
  void aPerceptronPassesWithManySeeds(RatioLoss loss, long seed) {
    assertPassesWithThreeTrials(GaussianModel.normal(2), Mlp.defaults(), loss, seed);
    assertPassesWithThreeTrials(GaussianModel.box(2), Mlp.defaults(), loss, seed);
  }
}
