package io.github.sbi4j.flows.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.LogNormal;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.mcmc.DifferentiableLogDensity;
import io.github.sbi4j.core.mcmc.LogDensity;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.estimator.ColumnKind;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.estimator.Mnle;
import io.github.sbi4j.flows.estimator.Nsf;
import io.github.sbi4j.flows.posterior.Likelihood;
import io.github.sbi4j.flows.posterior.McmcPosterior;
import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.training.Training;
import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Likelihoods of discrete and mixed observations against closed forms. */
@Timeout(120)
class MnleTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final Distribution PRIOR =
      BoxUniform.of(new double[] {-2, -1}, new double[] {2, 1}).named("bias", "location");
  private static final double[] CODES = {-1, 2, 7.5};
  private static final Training SHORT = Training.defaults().withMaxEpochs(3);
  private static final Mnle SMALL =
      Mnle.defaults()
          .withActivation(Activation.TANH)
          .withHiddenFeatures(8)
          .withContinuous(
              Nsf.defaults()
                  .withTransforms(2)
                  .withHiddenFeatures(8)
                  .withActivation(Activation.TANH));
  private static final Support POSITIVE_VALUE =
      Support.box(new double[] {0, -INFINITY}, new double[] {INFINITY, INFINITY});

  // ---- two categorical columns: 0 or 1, then one of three codes given the first

  private static double[] codeProbabilities(double[] theta, double first) {
    double[] p = {1, Math.exp(theta[0] - first), Math.exp(2 * theta[1] * first - 1)};
    double sum = Arrays.stream(p).sum();
    return Arrays.stream(p).map(v -> v / sum).toArray();
  }

  private static double sigmoid(double v) {
    return 1 / (1 + Math.exp(-v));
  }

  private static double discreteProbability(double[] theta, double[] x) {
    double one = sigmoid(theta[0] + theta[1]);
    int code = Arrays.binarySearch(CODES, x[1]);
    return (x[0] == 1 ? one : 1 - one) * codeProbabilities(theta, x[0])[code];
  }

  private static double[][] discrete(double[][] theta, long seed) {
    Random random = new Random(seed);
    double[][] x = new double[theta.length][];
    for (int i = 0; i < x.length; i++) {
      double first = random.nextDouble() < sigmoid(theta[i][0] + theta[i][1]) ? 1 : 0;
      double[] p = codeProbabilities(theta[i], first);
      double u = random.nextDouble();
      x[i] = new double[] {first, CODES[u < p[0] ? 0 : u < p[0] + p[1] ? 1 : 2]};
    }
    return x;
  }

  private static double[][] allDiscrete() {
    double[][] x = new double[6][];
    for (int i = 0; i < 6; i++) {
      x[i] = new double[] {i / 3, CODES[i % 3]};
    }
    return x;
  }

  private static Likelihood discreteLikelihood(int rows, long seed, Training training) {
    double[][] theta = PRIOR.sample(rows, seed).toArray();
    return SNLE.with(PRIOR)
        .densityEstimator(
            Mnle.defaults().withColumns(ColumnKind.CATEGORICAL, ColumnKind.CATEGORICAL))
        .seed(seed)
        .training(training)
        .appendSimulations(theta, discrete(theta, seed + 50))
        .train()
        .buildLikelihood();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void categoricalProbabilitiesAreThoseOfTheLogisticModel(long seed) {
    Likelihood likelihood = discreteLikelihood(4000, seed, Training.defaults());
    double[][] fresh = PRIOR.sample(200, 99).toArray();
    double divergence = 0;
    for (double[] theta : fresh) {
      double[] learned = likelihood.logProb(allDiscrete(), theta);
      double mass = 0;
      for (int i = 0; i < learned.length; i++) {
        double exact = discreteProbability(theta, allDiscrete()[i]);
        divergence += exact * (Math.log(exact) - learned[i]) / fresh.length;
        mass += Math.exp(learned[i]);
      }
      assertThat(mass).isCloseTo(1, within(1e-5));
    }
    // Five logits of three slopes each, by maximum likelihood: 15 / (2 x 4000) = 0.002.
    assertThat(divergence).isBetween(0.0, 0.01);
  }

  @Test
  void drawsHaveTheLearnedFrequencies() {
    Likelihood likelihood = discreteLikelihood(1000, 4, SHORT);
    double[] theta = {0.7, -0.5};
    double[] expected = likelihood.logProb(allDiscrete(), theta);
    int draws = 20_000;
    double[][] drawn = likelihood.sample(theta, draws, 5).toArray();
    for (int i = 0; i < expected.length; i++) {
      double[] value = allDiscrete()[i];
      double p = Math.exp(expected[i]);
      double share =
          (double) Arrays.stream(drawn).filter(x -> Arrays.equals(x, value)).count() / draws;
      assertThat(share).isCloseTo(p, within(5 * Math.sqrt(p * (1 - p) / draws)));
    }
  }

  // ---- a positive value whose logarithm is normal around location + choice, and the choice

  private static double mixedLogProb(double[] theta, double[] x) {
    double one = sigmoid(2 * theta[0]);
    return Math.log(x[1] == 1 ? one : 1 - one)
        + LogNormal.of(theta[1] + x[1], 0.5).logProb(new double[] {x[0]});
  }

  private static double[][] mixed(double[][] theta, long seed) {
    Random random = new Random(seed);
    double[][] x = new double[theta.length][];
    for (int i = 0; i < x.length; i++) {
      double choice = random.nextDouble() < sigmoid(2 * theta[i][0]) ? 1 : 0;
      x[i] = new double[] {Math.exp(theta[i][1] + choice + 0.5 * random.nextGaussian()), choice};
    }
    return x;
  }

  private static SNLE mixedInference(Mnle settings, int rows, long seed) {
    double[][] theta = PRIOR.sample(rows, seed).toArray();
    return SNLE.with(PRIOR)
        .densityEstimator(settings)
        .observationSupport(POSITIVE_VALUE)
        .seed(seed)
        .appendSimulations(theta, mixed(theta, seed + 50));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aMixedLikelihoodIsThatInClosedForm(long seed) {
    Mnle settings = seed == 3 ? Mnle.defaults().withContinuous(Mdn.defaults()) : Mnle.defaults();
    SNLE inference = mixedInference(settings, 4000, seed).train();
    assertThat(inference.report().warnings())
        .containsExactly(
            "observed columns taken for categorical: 1 with the values [0.0, 1.0]; the others for continuous."
                + " Mnle.withColumns declares them");
    Likelihood likelihood = inference.buildLikelihood();
    double[][] theta = PRIOR.sample(2000, 98).toArray();
    double[][] x = mixed(theta, 97);
    double[] learned = likelihood.logProb(x, theta);
    double divergence = 0;
    for (int i = 0; i < x.length; i++) {
      divergence += (mixedLogProb(theta[i], x[i]) - learned[i]) / x.length;
    }
    assertThat(divergence).isBetween(-0.005, 0.03);
    assertThat(mass(likelihood, new double[] {0.4, -0.3})).isCloseTo(1, within(2e-3));
  }

  /** The sum over choices of the integral over values, even in their logarithm. */
  private static double mass(Likelihood likelihood, double[] theta) {
    int cells = 20_000;
    double[][] points = new double[2 * cells][];
    double[] widths = new double[2 * cells];
    for (int i = 0; i < 2 * cells; i++) {
      double low = -10 + 20.0 * (i / 2) / cells;
      double high = low + 20.0 / cells;
      points[i] = new double[] {Math.exp((low + high) / 2), i % 2};
      widths[i] = Math.exp(high) - Math.exp(low);
    }
    double[] logs = likelihood.logProb(points, theta);
    double mass = 0;
    for (int i = 0; i < logs.length; i++) {
      mass += Math.exp(logs[i]) * widths[i];
    }
    return mass;
  }

  @Test
  void drawsOfMixedObservationsBelongTogether() {
    Likelihood likelihood = mixedInference(Mnle.defaults(), 3000, 1).train().buildLikelihood();
    double[] theta = {0.3, 0.2};
    double[][] drawn = likelihood.sample(theta, 10_000, 3).toArray();
    double ones = Arrays.stream(drawn).filter(x -> x[1] == 1).count() / 10_000.0;
    assertThat(ones).isCloseTo(sigmoid(0.6), within(0.04));
    for (int choice = 0; choice < 2; choice++) {
      double own = choice;
      double mean =
          Arrays.stream(drawn)
              .filter(x -> x[1] == own)
              .mapToDouble(x -> Math.log(x[0]))
              .average()
              .orElseThrow();
      assertThat(mean).isCloseTo(0.2 + choice, within(0.1));
    }
  }

  /**
   * The posterior of trials by a sampler, against the one on a grid. With ten seeds the learned
   * means were off by 0.12 exact standard deviations (root of the mean square; at most 0.22) and
   * the standard deviations by at most 12 %: the bounds are about twice the largest. Errors of
   * trials add up: with 20 of them means were off by up to 0.75.
   */
  @Test
  void thePosteriorOfTrialsIsTheExactOne() {
    Likelihood likelihood = mixedInference(Mnle.defaults(), 4000, 2).train().buildLikelihood();
    double[][] same = new double[5][];
    Arrays.fill(same, new double[] {0.5, -0.4});
    double[][] trials = mixed(same, 7);
    double[] exact = gridMoments(theta -> sum(trials, theta));
    double[] learned =
        gridMoments(theta -> likelihood.potential(trials).logProb(new double[][] {theta})[0]);
    for (int d = 0; d < 2; d++) {
      assertThat(learned[d]).isCloseTo(exact[d], within(0.4 * exact[2 + d]));
      assertThat(learned[2 + d]).isCloseTo(exact[2 + d], within(0.25 * exact[2 + d]));
    }
    double[][] draws = mcmc(likelihood, trials);
    for (int d = 0; d < 2; d++) {
      int column = d;
      double mean = Arrays.stream(draws).mapToDouble(r -> r[column]).average().orElseThrow();
      assertThat(mean).isCloseTo(learned[d], within(0.25 * learned[2 + d]));
    }
  }

  private static double[][] mcmc(Likelihood likelihood, double[][] trials) {
    return McmcPosterior.of(likelihood, 1).given(trials).sample(1000).toArray();
  }

  private static double sum(double[][] trials, double[] theta) {
    return Arrays.stream(trials).mapToDouble(x -> mixedLogProb(theta, x)).sum();
  }

  /** Means, then standard deviations. */
  private static double[] gridMoments(ToDoubleFunction<double[]> log) {
    int n = 60;
    double total = 0;
    double[] sums = new double[2];
    double[] squares = new double[2];
    double peak = log.applyAsDouble(new double[] {0.5, -0.4});
    for (int i = 0; i < n * n; i++) {
      double[] theta = {-2 + 4 * (i / n + 0.5) / n, -1 + 2 * (i % n + 0.5) / n};
      double weight = Math.exp(log.applyAsDouble(theta) - peak);
      total += weight;
      for (int d = 0; d < 2; d++) {
        sums[d] += weight * theta[d];
        squares[d] += weight * theta[d] * theta[d];
      }
    }
    double[] result = new double[4];
    for (int d = 0; d < 2; d++) {
      result[d] = sums[d] / total;
      result[2 + d] = Math.sqrt(squares[d] / total - result[d] * result[d]);
    }
    return result;
  }

  // ---- gradients, engines

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void gradientsAreThoseOfTheValues(int networks) {
    Likelihood likelihood =
        mixedInference(SMALL, 800, 3).ensemble(networks).training(SHORT).train().buildLikelihood();
    double[][] theta = PRIOR.sample(10, 5).toArray();
    DifferentiableLogDensity target = likelihood.potential(mixed(theta, 6)).unconstrained();
    double[] z = new double[2];
    double[] gradients = new double[2];
    for (int i = 0; i < theta.length; i++) {
      PRIOR.bijection().forward(theta[i], z);
      target.logDensitiesAndGradients(1, z, new double[1], gradients);
      for (int d = 0; d < 2; d++) {
        double wide = slope(target, z, d, 1e-2);
        double narrow = slope(target, z, d, 2e-3);
        double g = gradients[d];
        assertThat(Math.min(Math.abs(g - wide), Math.abs(g - narrow)))
            .as("point %d, parameter %d: %s, but %s and %s", i, d, g, wide, narrow)
            .isLessThan(0.02 * (1 + Math.abs(g)));
      }
    }
  }

  private static double slope(LogDensity target, double[] z, int d, double h) {
    double[] steps = {h, -h, 2 * h, -2 * h};
    double[] v = new double[4];
    for (int k = 0; k < 4; k++) {
      double[] moved = z.clone();
      moved[d] += steps[k];
      v[k] = target.logDensity(moved);
    }
    return (8 * (v[0] - v[1]) - (v[2] - v[3])) / (12 * h);
  }

  /** Many trials and rows at once give what each pair gives alone. */
  @Test
  void pairsAndRowsAndTrialsAgree() {
    Likelihood likelihood = mixedInference(SMALL, 500, 4).training(SHORT).train().buildLikelihood();
    double[][] theta = PRIOR.sample(300, 8).toArray();
    double[][] x = mixed(theta, 9);
    double[] pairs = likelihood.logProb(x, theta);
    for (int i = 0; i < 5; i++) {
      assertThat(likelihood.logProb(x, theta[i])[i]).isCloseTo(pairs[i], within(1e-4));
    }
    double sum = PRIOR.logProb(theta[0]);
    for (double log : likelihood.logProb(x, theta[0])) {
      sum += log;
    }
    double[] together = likelihood.potential(x).logProb(new double[][] {theta[0], theta[1]});
    assertThat(together[0]).isCloseTo(sum, within(1e-5 * (300 + Math.abs(sum))));
  }

  @Test
  void theEnginesAgree() {
    double[][] theta = PRIOR.sample(50, 8).toArray();
    double[][] x = mixed(theta, 9);
    double[][] logs = new double[2][];
    double[][][] gradients = new double[2][50][2];
    Device[] devices = {Device.cpu(), Device.torch()};
    for (int k = 0; k < 2; k++) {
      Likelihood likelihood =
          mixedInference(SMALL, 500, 4)
              .device(devices[k])
              .training(Training.defaults().withMaxEpochs(1).withBatchSize(50))
              .train()
              .buildLikelihood();
      logs[k] = likelihood.logProb(x, theta);
      likelihood
          .potential(Arrays.copyOf(x, 5))
          .logProbGradient(theta, gradients[k], new double[50]);
    }
    for (int i = 0; i < 50; i++) {
      assertThat(logs[0][i]).isCloseTo(logs[1][i], within(1e-3 * (1 + Math.abs(logs[1][i]))));
      for (int d = 0; d < 2; d++) {
        double slope = gradients[1][i][d];
        assertThat(gradients[0][i][d]).isCloseTo(slope, within(1e-2 * (1 + Math.abs(slope))));
      }
    }
  }

  // ---- counts

  /** Poisson counts with means from 8 to 60. */
  @Test
  void countsAreLearnedThroughNoise() {
    Distribution prior = BoxUniform.of(new double[] {8}, new double[] {60});
    double[][] theta = prior.sample(4000, 1).toArray();
    Likelihood likelihood =
        SNLE.with(prior)
            .densityEstimator(Mnle.defaults().withColumns(ColumnKind.COUNT))
            .appendSimulations(theta, poisson(theta, 2))
            .train()
            .buildLikelihood();
    double[][] fresh = prior.sample(1000, 3).toArray();
    double[][] x = poisson(fresh, 4);
    double[] learned = likelihood.logProb(x, fresh);
    double divergence = 0;
    for (int i = 0; i < x.length; i++) {
      divergence += (logPoisson(fresh[i][0], x[i][0]) - learned[i]) / x.length;
    }
    assertThat(divergence).isBetween(-0.01, 0.03);
    double mass = 0;
    for (int n = 0; n < 120; n++) {
      mass += Math.exp(likelihood.logProb(new double[][] {{n}}, new double[] {10})[0]);
    }
    assertThat(mass).isCloseTo(1, within(0.02));
    for (double[] row : likelihood.sample(new double[] {8}, 500, 1).toArray()) {
      assertThat(row[0]).isNotNegative().isEqualTo(Math.rint(row[0]));
    }
    assertThat(likelihood.logProb(new double[][] {{2.5}, {-1}}, new double[] {10}))
        .containsOnly(Double.NEGATIVE_INFINITY);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> likelihood.potential(new double[] {2.5}))
        .withMessageContaining("value 0 is 2.5, but that column has integer counts");
  }

  private static double logPoisson(double mean, double n) {
    double log = n * Math.log(mean) - mean;
    for (int k = 2; k <= n; k++) {
      log -= Math.log(k);
    }
    return log;
  }

  private static double[][] poisson(double[][] means, long seed) {
    Random random = new Random(seed);
    double[][] x = new double[means.length][];
    for (int i = 0; i < x.length; i++) {
      double left = means[i][0] + Math.log(1 - random.nextDouble());
      int n = 0;
      while (left > 0) {
        left += Math.log(1 - random.nextDouble());
        n++;
      }
      x[i] = new double[] {n};
    }
    return x;
  }

  // ---- what is refused

  @Test
  void unknownCategoriesHaveLikelihoodZero() {
    Likelihood likelihood = mixedInference(SMALL, 300, 1).training(SHORT).train().buildLikelihood();
    double[] logs =
        likelihood.logProb(
            new double[][] {{1, 0.5}, {1, 2}, {-1, 1}, {1, 1}, {1, -0.0}}, new double[] {0, 0});
    assertThat(Arrays.copyOf(logs, 3)).containsOnly(Double.NEGATIVE_INFINITY);
    assertThat(logs[3]).isFinite();
    assertThat(logs[4]).isFinite();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> likelihood.potential(new double[] {1, 1}, new double[] {1, 0.5}))
        .withMessage(
            "the observation [1.0, 0.5] has likelihood zero whatever the parameters: value 1 is 0.5, which is none of"
                + " the categories of that column in the simulations, [0.0, 1.0]; check the data, or simulate more so"
                + " that it occurs");
    SNLE inference = mixedInference(SMALL, 300, 1).training(SHORT).train();
    inference.appendSimulations(new double[][] {{0, 0}}, new double[][] {{1, 3}});
    assertThatIllegalStateException()
        .isThrownBy(inference::resume)
        .withMessageStartingWith("valid observations row 300: value 1 is 3.0, which is none of")
        .withMessageEndingWith("; call train, which starts afresh");
  }

  @Test
  void badDeclarationsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mnle.defaults().withColumns(ColumnKind.CONTINUOUS))
        .withMessageStartingWith(
            "columns are [CONTINUOUS], expected at least one CATEGORICAL or COUNT");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mnle.defaults().withContinuous(Mnle.defaults()))
        .withMessage(
            "the continuous columns need Nsf, Maf or Mdn, but continuous is an Mnle itself");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SNPE.with(PRIOR).densityEstimator(Mnle.defaults()))
        .withMessageStartingWith("Mnle is a likelihood of discrete observations");
    refused("withColumns declared 1 columns, but observations have 2", ColumnKind.CATEGORICAL);
    refused(
        "observed column 0 was declared CATEGORICAL, but has 600 different values, more than 500",
        ColumnKind.CATEGORICAL,
        ColumnKind.CATEGORICAL);
    refused(
        "observed column 0 was declared COUNT, but has values that are no integers",
        ColumnKind.COUNT,
        ColumnKind.CATEGORICAL);
    refused(
        "observed column 1 has counts from 0.0 to 1.0, which need room for a half on both sides, but"
            + " observationSupport has (-0.1, Infinity) there",
        ColumnKind.CONTINUOUS,
        ColumnKind.COUNT);
    double[][] theta = PRIOR.sample(300, 1).toArray();
    double[][] x = mixed(theta, 1);
    for (double[] row : x) {
      row[1] = row[0] + 1;
    }
    SNLE none = SNLE.with(PRIOR).densityEstimator(Mnle.defaults()).appendSimulations(theta, x);
    assertThatIllegalStateException()
        .isThrownBy(none::train)
        .withMessageStartingWith("none of the 2 observed columns has at most 20 different values");
    for (double[] row : x) {
      row[1] = 3;
    }
    SNLE constant = SNLE.with(PRIOR).densityEstimator(Mnle.defaults()).appendSimulations(theta, x);
    assertThatIllegalStateException()
        .isThrownBy(constant::train)
        .withMessageStartingWith("observed columns [1] have the same value in every simulation");
  }

  private static void refused(String message, ColumnKind... kinds) {
    double[][] theta = PRIOR.sample(600, 1).toArray();
    SNLE inference =
        SNLE.with(PRIOR)
            .densityEstimator(Mnle.defaults().withColumns(kinds))
            .observationSupport(
                Support.box(new double[] {0, -0.1}, new double[] {INFINITY, INFINITY}))
            .appendSimulations(theta, mixed(theta, 2));
    assertThatIllegalStateException().isThrownBy(inference::train).withMessageContaining(message);
  }
}
