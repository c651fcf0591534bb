package io.github.sbi4j.analysis.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.inference.SNPE;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.training.Training;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two-parameter linear Gaussian models over many seeds of everything random: simulations, first
 * weights, split and draws.
 *
 * <p>A single seed hides failures of one training in twenty, such as networks in which a parameter
 * cannot see the data. All of twenty seeds run under the tag {@code slow}, three of them always.
 *
 * <p>The linear part is regressed out before training, so where the truth is linear and normal the
 * networks may stay as they began and still pass; the curved data and the box are what they have to
 * learn.
 */
class ManySeedsTest {
  private static final Logger LOG = LoggerFactory.getLogger(ManySeedsTest.class);
  private static final int FEW = 3;
  private static final int MANY = 20;
  private static final Training TRAINING = Training.defaults().withBatchSize(250).withMaxEpochs(30);

  /** What each value is moved to while the other is zero. */
  private static final double[] PROBES = {-1.5, -0.785, 0, 0.785, 1.5};

  static Stream<Arguments> fewSeeds() {
    return Estimators.all().flatMap(e -> seeds(FEW).map(s -> Arguments.of(e, s)));
  }

  static Stream<Arguments> manySeeds() {
    return Estimators.all().flatMap(e -> seeds(MANY).map(s -> Arguments.of(e, s)));
  }

  private static Stream<Long> seeds(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(s -> (long) s);
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("fewSeeds")
  void learnsThePosterior(DensityEstimator estimator, long seed) {
    GaussianModel model = GaussianModel.normal(2);
    DirectPosterior posterior = assertLearnsThePosterior(model, estimator, seed);
    assertThat(Gate.divergence(model, posterior, seed, 0, 0)).isLessThan(0.15);
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("manySeeds")
  void learnsThePosteriorWithManySeeds(DensityEstimator estimator, long seed) {
    GaussianModel model = GaussianModel.normal(2);
    DirectPosterior posterior = assertLearnsThePosterior(model, estimator, seed);
    assertThat(Gate.divergence(model, posterior, seed, 0, 0)).isLessThan(0.15);
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("manySeeds")
  void learnsThePosteriorInABoxWithManySeeds(DensityEstimator estimator, long seed) {
    assertLearnsThePosterior(GaussianModel.box(2), estimator, seed);
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("fewSeeds")
  void everyParameterReactsToTheData(DensityEstimator estimator, long seed) {
    assertReacts(estimator, seed);
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("manySeeds")
  void everyParameterReactsToTheDataWithManySeeds(DensityEstimator estimator, long seed) {
    assertReacts(estimator, seed);
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("manySeeds")
  void everyParameterReactsToCurvedDataWithManySeeds(DensityEstimator estimator, long seed) {
    assertReactsToCurvedData(estimator, seed);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.github.sbi4j.analysis.conformance.Estimators#all")
  void everyParameterReactsToCurvedData(DensityEstimator estimator) {
    assertReactsToCurvedData(estimator, 1);
  }

  private static DirectPosterior train(
      GaussianModel model, DensityEstimator estimator, Training training, int count, long seed) {
    return SNPE.with(model.prior())
        .densityEstimator(estimator)
        .training(training)
        .seed(seed)
        .appendSimulations(model.simulate(count, 1000 + seed))
        .train()
        .buildPosterior();
  }

  private static DirectPosterior assertLearnsThePosterior(
      GaussianModel model, DensityEstimator estimator, long seed) {
    DirectPosterior posterior = train(model, estimator, TRAINING, 2500, seed);
    double score = Gate.score(model, posterior, seed, 0, 0);
    double divergence = Gate.divergence(model, posterior, seed, 0, 0);
    LOG.info("{}, seed {}, {}: C2ST {}, KL {}", estimator, seed, model, score, divergence);
    assertThat(score).isBetween(0.5 - Gate.WIDTH, 0.5 + Gate.WIDTH);
    return posterior;
  }

  private static void assertReacts(DensityEstimator estimator, long seed) {
    GaussianModel model = GaussianModel.normal(2).withNoise(0, 0.2);
    Errors worst = worst(model, train(model, estimator, TRAINING, 2000, seed), seed);
    LOG.info("{}, seed {}, straight: {}", estimator, seed, worst);
    assertThat(worst.mean()).isLessThan(0.3);
    assertThat(worst.sdRatio()).isLessThan(1.25);
  }

  /**
   * The best line through the curved data is 1.7 to 2.1 posterior standard deviations off at the
   * outer probes, so a parameter whose network did not see the data would fail here, although the
   * data are regressed on beforehand.
   */
  private static void assertReactsToCurvedData(DensityEstimator estimator, long seed) {
    GaussianModel model = GaussianModel.normal(2).withNoise(0, 0.2).seenAs(Math::sinh);
    Training training = TRAINING.withBatchSize(100).withMaxEpochs(40);
    Errors worst = worst(model, train(model, estimator, training, 2000, seed), seed);
    LOG.info("{}, seed {}, curved: {}", estimator, seed, worst);
    assertThat(worst.mean()).isLessThan(0.75);
    assertThat(worst.sdRatio()).isLessThan(1.25);
  }

  /**
   * The largest errors over the probes and both parameters.
   *
   * @param mean of the mean, in posterior standard deviations
   * @param sdRatio of the standard deviation, a factor of at least one
   */
  private record Errors(double mean, double sdRatio) {}

  private static Errors worst(GaussianModel model, DirectPosterior posterior, long seed) {
    double mean = 0;
    double ratio = 1;
    for (int moved = 0; moved < 2; moved++) {
      for (double probe : PROBES) {
        double[] x = new double[2];
        x[moved] = probe;
        Samples draws = posterior.given(model.seen(x)).sample(2000, seed);
        for (int d = 0; d < 2; d++) {
          double sd = model.sd()[d];
          mean = Math.max(mean, Math.abs(draws.mean()[d] - model.mean(x)[d]) / sd);
          ratio = Math.max(ratio, Math.max(draws.sd()[d] / sd, sd / draws.sd()[d]));
        }
      }
    }
    return new Errors(mean, ratio);
  }
}
