package io.github.sbi4j.flows.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearGaussianTest {
  private static final double[] SLOPES = {1, 0, -0.5, 0.2, 0.3, -2, 0, 0.7};
  private static final double[] INTERCEPT = {0.4, -1};
  private static final double[] FACTOR = {0.5, 0, -0.6, 0.3};
  private static final LinearGaussian KNOWN = LinearGaussian.of(SLOPES, INTERCEPT, FACTOR);

  private static double[] normal(int count, Random random) {
    return random.doubles(count).map(any -> random.nextGaussian()).toArray();
  }

  private static double[][] rows(int rows, int columns, Random random) {
    double[][] table = new double[rows][];
    Arrays.setAll(table, i -> normal(columns, random));
    return table;
  }

  /**
   * Slopes, intercepts and covariances within 5.5 standard errors: of 13 comparisons for each seed
   * one fails in less than a millionth of runs.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void recoversARegressionWithCorrelatedResiduals(long seed) {
    Random random = new Random(seed);
    int n = 5000;
    double[][] contexts = rows(n, 4, random);
    double[][] targets = rows(n, 2, random);
    for (int i = 0; i < n; i++) {
      KNOWN.inverse(targets[i], KNOWN.mean(contexts[i]));
    }
    LinearGaussian fitted = LinearGaussian.fit(targets, contexts);
    assertThat(fitted.targets()).isEqualTo(2);
    assertThat(fitted.contexts()).isEqualTo(4);
    double[] truth = covariance(FACTOR);
    double[] found = covariance(fitted.factor());
    for (int k = 0; k < 2; k++) {
      double error = 5.5 * Math.sqrt(truth[k * 2 + k] / n);
      assertThat(fitted.intercept()[k]).isCloseTo(INTERCEPT[k], within(error));
      for (int j = 0; j < 4; j++) {
        assertThat(fitted.slopes()[k * 4 + j]).isCloseTo(SLOPES[k * 4 + j], within(error));
      }
      for (int l = 0; l <= k; l++) {
        double square = truth[k * 2 + l] * truth[k * 2 + l];
        double spread = Math.sqrt((truth[k * 3] * truth[l * 3] + square) / n);
        assertThat(found[k * 2 + l]).isCloseTo(truth[k * 2 + l], within(5.5 * spread));
      }
    }
    assertThat(fitted.factor()[1]).isZero();
  }

  /** F F^T of two values. */
  private static double[] covariance(double[] f) {
    double off = f[0] * f[2];
    return new double[] {f[0] * f[0], off, off, f[2] * f[2] + f[3] * f[3]};
  }

  /** Least squares would have a sum of squares of about 40 / 200. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void uselessContextsGetSlopesNearZero(long seed) {
    Random random = new Random(seed);
    LinearGaussian fitted = LinearGaussian.fit(rows(200, 1, random), rows(200, 40, random));
    assertThat(Arrays.stream(fitted.slopes()).map(s -> s * s).sum()).isLessThan(0.02);
    assertThat(fitted.factor()[0]).isCloseTo(1, within(0.2));
  }

  @Test
  void dependentAndConstantContextsDoNoHarm() {
    Random random = new Random(1);
    double[][] targets = rows(500, 1, random);
    double[][] contexts = new double[500][];
    Arrays.setAll(contexts, i -> new double[] {targets[i][0], targets[i][0], 3});
    LinearGaussian fitted = LinearGaussian.fit(targets, contexts);
    double[] target = {0.7};
    fitted.forward(target, new double[] {0.7, 0.7, 3});
    assertThat(fitted.slopes()[0] + fitted.slopes()[1]).isCloseTo(1, within(1e-4));
    assertThat(target[0]).isFinite();
  }

  @Test
  void inverseUndoesForward() {
    Random random = new Random(2);
    for (int i = 0; i < 50; i++) {
      double[] context = normal(4, random);
      double[] target = normal(2, random);
      double[] there = target.clone();
      KNOWN.forward(there, KNOWN.mean(context));
      KNOWN.inverse(there, KNOWN.mean(context));
      assertThat(there).containsExactly(target, within(1e-13));
    }
  }

  @Test
  void derivativesAgreeWithFiniteDifferences() {
    Random random = new Random(3);
    double[] context = normal(4, random);
    double[] target = normal(2, random);
    double logDeterminant = KNOWN.forward(target.clone(), KNOWN.mean(context));
    assertThat(Differences.logDeterminant(target, at -> residual(at, context)))
        .isCloseTo(logDeterminant, within(1e-8));
    assertThat(logDeterminant).isCloseTo(-Math.log(0.5 * 0.3), within(1e-14));
    double[] gradient = normal(2, random);
    double[] expected =
        Differences.gradient(target, at -> Differences.dot(gradient, residual(at, context)));
    KNOWN.pullBack(gradient);
    assertThat(gradient).containsExactly(expected, within(1e-8));
  }

  private static double[] residual(double[] target, double[] context) {
    double[] result = target.clone();
    KNOWN.forward(result, KNOWN.mean(context));
    return result;
  }

  @Test
  void identityChangesNothing() {
    double[] target = {1, -2, 3};
    LinearGaussian identity = LinearGaussian.identity(3, 2);
    assertThat(identity.forward(target, identity.mean(new double[] {5, 6}))).isZero();
    assertThat(target).containsExactly(1, -2, 3);
  }

  @Test
  void arraysAreCopied() {
    double[] slopes = SLOPES.clone();
    LinearGaussian copy = LinearGaussian.of(slopes, INTERCEPT, FACTOR);
    slopes[0] = 9;
    copy.factor()[0] = 9;
    copy.intercept()[0] = 9;
    assertThat(copy.slopes()).isEqualTo(SLOPES);
    assertThat(copy.factor()).isEqualTo(FACTOR);
    assertThat(copy.intercept()).isEqualTo(INTERCEPT);
  }

  @Test
  void badValuesAreErrors() {
    assertRefused(SLOPES, INTERCEPT, new double[3], "8 slopes and 3 values");
    assertRefused(new double[7], INTERCEPT, FACTOR, "7 slopes and 4 values");
    assertRefused(SLOPES, INTERCEPT, new double[] {1, 0, 0, 0}, "a positive diagonal");
    assertRefused(SLOPES, INTERCEPT, new double[] {1, 0, Double.NaN, 1}, "finite slopes");
    assertRefused(SLOPES, new double[] {0, Double.NaN}, FACTOR, "a regression of 2 values needs");
    assertRefused(new double[0], new double[0], new double[0], "a regression of 0 values");
  }

  private static void assertRefused(
      double[] slopes, double[] intercept, double[] factor, String part) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LinearGaussian.of(slopes, intercept, factor))
        .withMessageContaining(part);
  }
}
