package io.github.sbi4j.flows.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.LogNormal;
import io.github.sbi4j.core.distribution.Normal;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.flows.estimator.Coordinates;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.LinearGaussian;
import io.github.sbi4j.flows.estimator.LowerBounds;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.estimator.Mnle;
import io.github.sbi4j.flows.estimator.Nsf;
import io.github.sbi4j.flows.estimator.Standardization;
import io.github.sbi4j.flows.estimator.TargetColumns;
import io.github.sbi4j.flows.posterior.Likelihood;
import io.github.sbi4j.flows.potential.TrialPotential;
import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.training.Training;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Observed values that lie above a parameter: choices, log-normal times after a delay, and a value
 * that varies with the times.
 */
class LowerBoundTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final double SPREAD = 0.5;
  private static final Distribution PRIOR =
      BoxUniform.of(new double[] {-1, 0.2}, new double[] {1, 1.8}).named("location", "delay");
  private static final Training SHORT = Training.defaults().withMaxEpochs(3);
  private static final Nsf SMALL =
      Nsf.defaults().withTransforms(2).withHiddenFeatures(8).withActivation(Activation.TANH);

  private static double[][] simulate(double[][] theta, long seed) {
    Random random = new Random(seed);
    double[][] x = new double[theta.length][];
    for (int i = 0; i < x.length; i++) {
      double choice = random.nextDouble() < upper(theta[i]) ? 1 : 0;
      double noise = random.nextGaussian();
      double time = theta[i][1] + Math.exp(theta[i][0] + choice + SPREAD * noise);
      double value = theta[i][0] + 0.3 * noise + 0.4 * random.nextGaussian();
      x[i] = new double[] {choice, time, value};
    }
    return x;
  }

  private static double upper(double[] theta) {
    return 1 / (1 + Math.exp(-2 * theta[0]));
  }

  private static double logProb(double[] x, double[] theta) {
    double distance = x[1] - theta[1];
    if (distance <= 0) {
      return Double.NEGATIVE_INFINITY;
    }
    double place = theta[0] + x[0];
    double noise = (Math.log(distance) - place) / SPREAD;
    double choice = x[0] == 1 ? upper(theta) : 1 - upper(theta);
    return Math.log(choice)
        + LogNormal.of(place, SPREAD).logProb(new double[] {distance})
        + Normal.of(theta[0] + 0.3 * noise, 0.4).logProb(new double[] {x[2]});
  }

  private static SNLE inference(DensityEstimator continuous, int rows, long seed) {
    double[][] theta = PRIOR.sample(rows, seed).toArray();
    return SNLE.with(PRIOR)
        .densityEstimator(Mnle.defaults().withContinuous(continuous))
        .observationLowerBound(1, "delay")
        .seed(seed)
        .appendSimulations(theta, simulate(theta, seed + 50));
  }

  /** Forty weights of a density that is nearly linear: 40 / (2 x 3000) = 0.007. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void theLikelihoodIsTheExactOne(long seed) {
    Likelihood likelihood = inference(Mdn.defaults(), 3000, seed).train().buildLikelihood();
    double[][] theta = PRIOR.sample(2000, 98).toArray();
    double[][] x = simulate(theta, 97);
    double[] learned = likelihood.logProb(x, theta);
    double divergence = 0;
    for (int i = 0; i < x.length; i++) {
      divergence += (logProb(x[i], theta[i]) - learned[i]) / x.length;
    }
    assertThat(divergence).isBetween(-0.01, 0.03);
  }

  /** A time with nothing beside it: the integral over it, even in the logarithm of its distance. */
  @Test
  void allMassLiesAboveTheBound() {
    double[][] theta = PRIOR.sample(500, 1).toArray();
    double[][] times = new double[theta.length][];
    double[][] x = simulate(theta, 2);
    Arrays.setAll(times, i -> new double[] {x[i][1]});
    Likelihood likelihood =
        SNLE.with(PRIOR)
            .densityEstimator(SMALL)
            .observationLowerBound(0, "delay")
            .training(SHORT)
            .appendSimulations(theta, times)
            .train()
            .buildLikelihood();
    int cells = 20_000;
    double[][] points = new double[cells][];
    double[] widths = new double[cells];
    for (int i = 0; i < cells; i++) {
      double low = -12 + 24.0 * i / cells;
      double high = low + 24.0 / cells;
      points[i] = new double[] {1.3 + Math.exp((low + high) / 2)};
      widths[i] = Math.exp(high) - Math.exp(low);
    }
    double[] at = {0.2, 1.3};
    double[] logs = likelihood.logProb(points, at);
    double mass = 0;
    for (int i = 0; i < cells; i++) {
      mass += Math.exp(logs[i]) * widths[i];
    }
    assertThat(mass).isCloseTo(1, within(2e-3));
    assertThat(likelihood.logProb(new double[][] {{1.3}, {1.2999}, {-5}}, at))
        .containsOnly(Double.NEGATIVE_INFINITY);
    assertThat(Arrays.stream(likelihood.sample(at, 1000, 3).toArray()))
        .allMatch(row -> row[0] > 1.3);
  }

  /**
   * One network and several that are mixed, many trials of either choice and few; finite
   * differences of two widths, as networks bend.
   */
  @ParameterizedTest
  @CsvSource({"1, 30", "3, 30", "2, 5"})
  void gradientsAreThoseOfTheValues(int networks, int trials) {
    Likelihood likelihood =
        inference(SMALL, 800, 3).ensemble(networks).training(SHORT).train().buildLikelihood();
    double[][] same = new double[trials][];
    Arrays.fill(same, new double[] {0.2, 0.8});
    TrialPotential potential = (TrialPotential) likelihood.potential(simulate(same, 6));
    double[][] theta = {{0.2, 0.8}, {-0.5, 0.6}, {0.9, 0.95}, {0, 0.3}};
    double[][] gradients = new double[4][2];
    double[] values = new double[4];
    potential.logProbGradient(theta, gradients, values);
    for (int i = 0; i < theta.length; i++) {
      for (int d = 0; d < 2; d++) {
        double wide = slope(potential, theta[i], d, 4e-3);
        double narrow = slope(potential, theta[i], d, 1e-3);
        double g = gradients[i][d];
        assertThat(Math.min(Math.abs(g - wide), Math.abs(g - narrow)))
            .as("point %d, parameter %d: %s, but %s and %s", i, d, g, wide, narrow)
            .isLessThan(0.02 * (10 + Math.abs(g)));
      }
    }
  }

  private static double slope(TrialPotential potential, double[] theta, int d, double h) {
    double[][] moved = new double[4][];
    double[] steps = {h, -h, 2 * h, -2 * h};
    for (int k = 0; k < 4; k++) {
      moved[k] = theta.clone();
      moved[k][d] += steps[k];
    }
    double[] v = potential.logProb(moved);
    return (8 * (v[0] - v[1]) - (v[2] - v[3])) / (12 * h);
  }

  @Test
  void trialsAndPairsAgreeAndTheFirstTimeEndsTheDelay() {
    Likelihood likelihood = inference(SMALL, 500, 4).training(SHORT).train().buildLikelihood();
    double[][] trials = {{0, 1.4, 0.1}, {1, 2, 0.5}, {1, 1.1, -0.2}, {0, 3, 0}, {1, 4, 1}};
    double[] theta = {0.1, 1.05};
    double sum = PRIOR.logProb(theta);
    for (double log : likelihood.logProb(trials, theta)) {
      sum += log;
    }
    double[][] points = {theta, {0.1, 1.1}, {0.1, 1.3}};
    double[] together = likelihood.potential(trials).logProb(points);
    assertThat(together[0]).isCloseTo(sum, within(1e-4 * (10 + Math.abs(sum))));
    assertThat(together[1]).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(together[2]).isEqualTo(Double.NEGATIVE_INFINITY);
    double[][] gradients = new double[3][2];
    ((TrialPotential) likelihood.potential(trials))
        .logProbGradient(points, gradients, new double[3]);
    assertThat(gradients[1]).containsOnly(0);
    assertThatIllegalStateException()
        .isThrownBy(() -> likelihood.density().coordinates().bijection())
        .withMessageContaining("bounded by a parameter have no unconstrained space");
  }

  @Test
  void boundsAreSaved(@TempDir Path folder) {
    Likelihood likelihood = inference(SMALL, 300, 5).training(SHORT).train().buildLikelihood();
    likelihood.save(folder.resolve("likelihood"));
    Likelihood loaded = Likelihood.load(folder.resolve("likelihood"));
    double[][] x = simulate(PRIOR.sample(50, 8).toArray(), 9);
    double[] late = {0, 1.75};
    assertThat(loaded.logProb(x, late)).containsExactly(likelihood.logProb(x, late));
    assertThat(loaded.logProb(x, late)).contains(Double.NEGATIVE_INFINITY);
  }

  @Test
  void boundsThatDoNotFitAreRefused() {
    Standardization one = Standardization.identity(1);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Coordinates(
                    Support.real(1),
                    TargetColumns.continuous(1),
                    LowerBounds.of(1),
                    one,
                    one,
                    LinearGaussian.identity(1, 1)))
        .withMessage(
            "lower bounds are [1], expected for each of 1 values the index of one of 1 values of the context, or"
                + " -1 for none");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Coordinates(
                    Support.box(new double[] {0}, new double[] {9}),
                    TargetColumns.continuous(1),
                    LowerBounds.of(0),
                    one,
                    one,
                    LinearGaussian.identity(1, 1)))
        .withMessage(
            "value 0 has the upper bound 9.0, but one whose lower bound is a parameter cannot have any; leave it at"
                + " Infinity");
  }

  @Test
  void badBoundsAreRefused() {
    SNLE none = SNLE.with(PRIOR);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> none.observationLowerBound(0, "tau"))
        .withMessage("no parameter is called tau; the prior has [location, delay]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> none.observationLowerBound(-1, "delay"))
        .withMessage("value is -1, expected an index from 0");
    assertRefused(
        inference(SMALL, 100, 1).observationLowerBound(3, "delay"),
        "observed value 3 lies above the parameter delay, but observations have 3 values, from 0");
    assertRefused(
        inference(SMALL, 100, 1).observationLowerBound(0, "delay"),
        "observed value 0 lies above the parameter delay, but its kind is CATEGORICAL");
    assertRefused(
        inference(SMALL, 100, 1)
            .observationSupport(
                Support.box(
                    new double[] {-INFINITY, 0, -INFINITY},
                    new double[] {INFINITY, 100, INFINITY})),
        "observed value 1 lies above the parameter delay, but observationSupport ends at 100.0");
    assertRefused(
        inference(SMALL, 100, 1)
            .appendSimulations(new double[][] {{0, 0.7}}, new double[][] {{1, 0.6, 0}}),
        "valid observations row 100 has 0.6 as value 1, not above delay, which is 0.7 there");
    Likelihood likelihood = inference(SMALL, 300, 1).training(SHORT).train().buildLikelihood();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> likelihood.potential(new double[] {1, 0.2, 0}))
        .withMessage(
            "the observation [1.0, 0.2, 0.0] has likelihood zero whatever the parameters: value 1 lies above delay,"
                + " whose prior begins at 0.2; check the data or the prior");
  }

  private static void assertRefused(SNLE inference, String message) {
    assertThatIllegalStateException().isThrownBy(inference::train).withMessageContaining(message);
  }
}
