package io.github.sbi4j.flows.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.LogNormal;
import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.core.distribution.Normal;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.estimator.Nsf;
import io.github.sbi4j.flows.posterior.Likelihood;
import io.github.sbi4j.flows.training.Training;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Neural likelihood estimation against likelihoods and posteriors in closed form. */
@Timeout(120)
class SnleTest {
  private static final Maf SMALL =
      Maf.defaults().withTransforms(2).withHiddenFeatures(8).withHiddenLayers(1);
  private static final Training SHORT = Training.defaults().withMaxEpochs(3);

  /** The second value is the largest root mean squared error, about twice what was measured. */
  static Stream<Arguments> estimators() {
    return Stream.of(
        Arguments.of(Maf.defaults(), 0.15),
        Arguments.of(Nsf.defaults(), 0.15),
        Arguments.of(Mdn.defaults(), 0.4));
  }

  private static SNLE inference(DensityEstimator estimator, int rows, long seed) {
    double[][] theta = GaussianModel.parameters(rows, seed);
    return SNLE.with(GaussianModel.prior())
        .densityEstimator(estimator)
        .seed(seed)
        .appendSimulations(theta, GaussianModel.observations(theta, seed + 100));
  }

  /** The root mean squared error of log p(x | theta) over draws of both. */
  static double error(Likelihood likelihood) {
    double[][] theta = GaussianModel.parameters(500, 77);
    double[][] x = GaussianModel.observations(theta, 78);
    double[] learned = likelihood.logProb(x, theta);
    return Math.sqrt(
        IntStream.range(0, x.length)
            .mapToDouble(i -> learned[i] - GaussianModel.given(theta[i]).logProb(x[i]))
            .map(e -> e * e)
            .average()
            .orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void learnsTheLikelihoodAndThePosteriorOfTrials(DensityEstimator estimator, double largest) {
    for (long seed = 1; seed <= 3; seed++) {
      Likelihood likelihood = inference(estimator, 2000, seed).train().buildLikelihood();
      assertThat(error(likelihood)).as("seed %d", seed).isLessThan(largest);
      double[][] trials = GaussianModel.trials(new double[] {0.5, -0.7}, 5, seed + 9);
      MultivariateNormal exact = GaussianModel.posterior(trials);
      PosteriorGrid.of(likelihood.potential(trials), exact).assertCloseTo(exact, 0.25, 0.15);
    }
  }

  /** x ~ N(location, e^(2 logScale)): nothing linear Gaussian knows of the second parameter. */
  @ParameterizedTest
  @MethodSource("scaleEstimators")
  void learnsAScaleThatDependsOnAParameter(DensityEstimator estimator) {
    Distribution prior =
        BoxUniform.of(new double[] {-2, -1}, new double[] {2, 1}).named("location", "logScale");
    for (long seed = 1; seed <= 3; seed++) {
      double[][] theta = prior.sample(4000, seed).toArray();
      double[][] x = located(theta, seed);
      Likelihood likelihood =
          SNLE.with(prior)
              .densityEstimator(estimator)
              .seed(seed)
              .appendSimulations(theta, x)
              .train()
              .buildLikelihood();
      double[][] fresh = prior.sample(1000, 50).toArray();
      double[][] data = located(fresh, 51);
      double[] learned = likelihood.logProb(data, fresh);
      double divergence = 0;
      for (int i = 0; i < data.length; i++) {
        for (double value : data[i]) {
          Normal exact = Normal.of(fresh[i][0], Math.exp(fresh[i][1]));
          divergence += exact.logProb(new double[] {value}) / data.length;
        }
        divergence -= learned[i] / data.length;
      }
      assertThat(divergence).as("seed %d", seed).isBetween(-0.02, 0.06);
      reactsToEveryParameter(likelihood);
    }
  }

  static Stream<DensityEstimator> scaleEstimators() {
    return Stream.of(Maf.defaults(), Nsf.defaults(), Mdn.defaults());
  }

  private static double[][] located(double[][] theta, long seed) {
    Random random = new Random(seed);
    double[][] x = new double[theta.length][2];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < 2; j++) {
        x[i][j] = theta[i][0] + Math.exp(theta[i][1]) * random.nextGaussian();
      }
    }
    return x;
  }

  /** Log-likelihoods differ by 4 and by 1.98 exactly, at data that are not in the tails. */
  private static void reactsToEveryParameter(Likelihood likelihood) {
    double[] near =
        likelihood.potential(new double[] {1, 1}).logProb(new double[][] {{1, 0}, {-1, 0}});
    assertThat(near[0] - near[1]).isBetween(2.5, 5.5);
    double[] wide =
        likelihood
            .potential(new double[] {0.1, -0.1})
            .logProb(new double[][] {{0, -0.5}, {0, 0.5}});
    assertThat(wide[0] - wide[1]).isBetween(1.2, 2.8);
  }

  /** Log, probit and asinh coordinates: the density in the data's own units integrates to one. */
  @Test
  void densitiesOfTransformedObservationsIntegrateToOne() {
    Distribution prior = Normal.of(0, 0.5);
    double[][] theta = prior.sample(1500, 1).toArray();
    Random random = new Random(2);
    double[][] x = new double[theta.length][3];
    for (int i = 0; i < x.length; i++) {
      double z = theta[i][0] + 0.5 * random.nextGaussian();
      x[i][0] = Math.exp(z);
      x[i][1] = 4 / (1 + Math.exp(-z + random.nextGaussian()));
      x[i][2] = z / Math.abs(random.nextGaussian());
    }
    Support[] supports = {
      Support.box(new double[] {0}, new double[] {Double.POSITIVE_INFINITY}),
      Support.box(new double[] {0}, new double[] {4}),
      Support.real(1)
    };
    for (int j = 0; j < 3; j++) {
      int column = j;
      double[][] own = Arrays.stream(x).map(r -> new double[] {r[column]}).toArray(double[][]::new);
      SNLE inference =
          SNLE.with(prior)
              .densityEstimator(Nsf.defaults().withTransforms(2))
              .observationSupport(supports[j])
              .training(SHORT)
              .appendSimulations(theta, own)
              .train();
      assertThat(inference.report().warnings().toString().contains("asinh")).isEqualTo(j == 2);
      Likelihood likelihood = inference.buildLikelihood();
      double mass = 0;
      int cells = 200_000;
      double[][] points = new double[cells][1];
      double[] widths = new double[cells];
      for (int i = 0; i < cells; i++) {
        // Even in sinh(t), t from -12 to 12: fine near zero and far out.
        double low = -12 + 24.0 * i / cells;
        double high = -12 + 24.0 * (i + 1) / cells;
        points[i][0] = Math.sinh((low + high) / 2);
        widths[i] = Math.sinh(high) - Math.sinh(low);
      }
      double[] logs = likelihood.logProb(points, new double[] {0.3});
      for (int i = 0; i < cells; i++) {
        mass += Math.exp(logs[i]) * widths[i];
      }
      assertThat(mass).as("column %d", j).isCloseTo(1, within(2e-3));
      for (double[] row : likelihood.sample(new double[] {0.3}, 200, 3).toArray()) {
        assertThat(supports[j].contains(row)).isTrue();
      }
    }
  }

  /** Of log-normal data log coordinates leave nothing to learn. */
  @Test
  void positiveObservationsAreLearnedThroughTheirLogarithm() {
    Distribution prior = Normal.of(0, 1);
    double[][] theta = prior.sample(2000, 1).toArray();
    double[][] x = new double[theta.length][];
    Random random = new Random(3);
    for (int i = 0; i < x.length; i++) {
      x[i] = new double[] {Math.exp(theta[i][0] + 0.4 * random.nextGaussian())};
    }
    Likelihood likelihood =
        SNLE.with(prior)
            .observationSupport(
                Support.box(new double[] {0}, new double[] {Double.POSITIVE_INFINITY}))
            .appendSimulations(theta, x)
            .train()
            .buildLikelihood();
    double divergence = 0;
    for (int i = 0; i < 500; i++) {
      double at = random.nextGaussian();
      double[] point = {Math.exp(at + 0.4 * random.nextGaussian())};
      double learned = likelihood.logProb(new double[][] {point}, new double[] {at})[0];
      divergence += (LogNormal.of(at, 0.4).logProb(point) - learned) / 500;
    }
    assertThat(divergence).isBetween(-0.01, 0.02);
    assertThat(likelihood.logProb(new double[][] {{-1}}, new double[] {0})[0])
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }

  /** What is drawn from the likelihood has the simulator's moments. */
  @Test
  void drawsAreLikeSimulations() {
    Likelihood likelihood = inference(Maf.defaults(), 2000, 1).train().buildLikelihood();
    double[] theta = {0.8, -1};
    MultivariateNormal exact = GaussianModel.given(theta);
    double[][] draws = likelihood.sample(theta, 4000, 5).toArray();
    for (int j = 0; j < 2; j++) {
      int column = j;
      double mean = Arrays.stream(draws).mapToDouble(r -> r[column]).average().orElseThrow();
      double sd = Math.sqrt(exact.variance()[j]);
      assertThat(mean).isCloseTo(exact.mean()[j], within(0.15 * sd));
    }
    assertThat(likelihood.sample(theta, 3, 5).names()).containsExactly("x_1", "x_2");
  }

  // ---- repeatability

  @Test
  void theNumberOfThreadsChangesNothing() {
    double[][] x = GaussianModel.trials(new double[2], 50, 4);
    double[][] points = GaussianModel.parameters(100, 6);
    double[][] logs = new double[2][];
    for (int threads = 1; threads <= 2; threads++) {
      Likelihood likelihood =
          inference(SMALL, 600, 2)
              .ensemble(2)
              .training(SHORT.withThreads(threads))
              .train()
              .buildLikelihood()
              .withThreads(threads);
      logs[threads - 1] = likelihood.potential(x).logProb(points);
    }
    assertThat(logs[0]).containsExactly(logs[1]);
    Likelihood other = inference(SMALL, 600, 3).training(SHORT).train().buildLikelihood();
    assertThat(other.potential(x).logProb(points)).isNotEqualTo(logs[0]);
  }

  // ---- what is refused and what is reported

  @Test
  void invalidRowsAreLeftOutWithAWarningThatSaysWhatIsLearned() {
    double[][] theta = GaussianModel.parameters(300, 1);
    double[][] x = GaussianModel.observations(theta, 2);
    x[5][0] = Double.NaN;
    x[8][1] = Double.POSITIVE_INFINITY;
    List<String> warnings =
        SNLE.with(GaussianModel.prior())
            .densityEstimator(SMALL)
            .training(SHORT)
            .appendSimulations(theta, x)
            .train()
            .report()
            .warnings();
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0))
        .startsWith("2 of 300 simulations are left out: {")
        .contains("the likelihood is then that of valid data, p(x | theta, valid)")
        .contains("biased by 1 / p(valid | theta)");
  }

  @Test
  void discreteAndSingleColumnsAreReported() {
    double[][] theta = GaussianModel.parameters(300, 1);
    double[][] x = GaussianModel.observations(theta, 2);
    for (double[] row : x) {
      row[1] = Math.signum(row[1]);
    }
    SNLE inference = SNLE.with(GaussianModel.prior()).densityEstimator(SMALL).training(SHORT);
    assertThat(inference.appendSimulations(theta, x).train().report().warnings().get(0))
        .startsWith("observed columns [1] have few different values and seem discrete");
    double[][] single = Arrays.stream(x).map(r -> Arrays.copyOf(r, 1)).toArray(double[][]::new);
    assertThat(
            SNLE.with(GaussianModel.prior())
                .densityEstimator(SMALL)
                .training(SHORT)
                .appendSimulations(theta, single)
                .train()
                .report()
                .warnings()
                .get(0))
        .startsWith("with one observed value a Maf is normal given the parameters");
  }

  @Test
  void whatCannotBeLearnedIsRefused() {
    double[][] theta = GaussianModel.parameters(300, 1);
    double[][] x = GaussianModel.observations(theta, 2);
    SNLE untrained = SNLE.with(GaussianModel.prior());
    assertThatIllegalStateException()
        .isThrownBy(untrained::buildLikelihood)
        .withMessage("nothing is trained yet: call appendSimulations and train first");
    assertThatIllegalStateException()
        .isThrownBy(untrained::train)
        .withMessageStartingWith("there are no simulations");
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                SNLE.with(GaussianModel.prior())
                    .observationSupport(Support.real(3))
                    .appendSimulations(theta, x)
                    .train())
        .withMessage("observationSupport has 3 values, but observations have 2");
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                SNLE.with(GaussianModel.prior())
                    .observationSupport(Support.box(new double[] {0, 0}, new double[] {1e9, 1e9}))
                    .appendSimulations(theta, x)
                    .train())
        .withMessageStartingWith("valid observations row ")
        .withMessageContaining("outside observationSupport (0.0, 1.0E9) x (0.0, 1.0E9)")
        .withMessageEndingWith("widen it or correct the simulator");
    for (double[] row : x) {
      row[1] = 3;
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> SNLE.with(GaussianModel.prior()).appendSimulations(theta, x).train())
        .withMessage(
            "observed columns [1] have the same value in every simulation, so they have no density; leave them out");
  }

  @Test
  void trialsThatDoNotFitAreRefused() {
    Likelihood likelihood = inference(SMALL, 300, 1).training(SHORT).train().buildLikelihood();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> likelihood.potential())
        .withMessage("no trials given, expected at least one observation");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> likelihood.potential(new double[] {1, 2}, new double[] {1}))
        .withMessage("trial 1 has 1 values, but the likelihood was trained on 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> likelihood.potential(new double[] {1, 2}, new double[] {1, Double.NaN}))
        .withMessage("trial 1: observed value 1 is NaN, expected finite values");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> likelihood.potential(new double[] {1, 2}).logProb(new double[][] {{1, 2, 3}}))
        .withMessage("point 0 has 3 values, but there are 2 parameters: [first, second]");
  }

  @Test
  void trialsOutsideTheSupportAreRefused() {
    double[][] theta = GaussianModel.parameters(300, 1);
    double[][] x =
        Arrays.stream(GaussianModel.observations(theta, 2))
            .map(r -> new double[] {Math.exp(r[0]), r[1]})
            .toArray(double[][]::new);
    Support support =
        Support.product(
            List.of(
                Support.box(new double[] {0}, new double[] {Double.POSITIVE_INFINITY}),
                Support.real(1)));
    Likelihood likelihood =
        SNLE.with(GaussianModel.prior())
            .densityEstimator(SMALL)
            .training(SHORT)
            .observationSupport(support)
            .appendSimulations(theta, x)
            .train()
            .buildLikelihood();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> likelihood.potential(new double[] {-1, 0}))
        .withMessageStartingWith("the observation [-1.0, 0.0] lies outside the support")
        .withMessageContaining("impossible whatever the parameters");
  }
}
