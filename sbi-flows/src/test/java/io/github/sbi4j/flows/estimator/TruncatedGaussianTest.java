package io.github.sbi4j.flows.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TruncatedNormalDistribution;
import org.junit.jupiter.api.Test;

class TruncatedGaussianTest {
  private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double[] DEVIATIONS = {0.3, 0.8, 2};
  private static final double[] LOWER = {-1, -INF, -2};
  private static final double[] UPPER = {1.5, INF, 2};

  /** Three values, the middle one without bounds, and two contexts. */
  private static final TruncatedGaussian PART =
      TruncatedGaussian.of(
          new double[] {0.5, -0.2, 1, 0, 0.3, 0.4},
          new double[] {0.1, -0.3, 0.2},
          new double[] {0, 0, 0, 0.7, 0, 0, -0.6, 0.9, 0},
          DEVIATIONS,
          LOWER,
          UPPER);

  private static double[] inside(Random random) {
    return new double[] {
      -1 + 2.5 * random.nextDouble(), random.nextGaussian(), -2 + 4 * random.nextDouble()
    };
  }

  private static double[] mean(Random random) {
    return PART.mean(new double[] {random.nextGaussian(), random.nextGaussian()});
  }

  @Test
  void eachValueIsATruncatedNormalGivenThoseBefore() {
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      double[] u = inside(random);
      double[] mean = PART.mean(new double[] {0.3 * random.nextGaussian(), random.nextGaussian()});
      double[] v = u.clone();
      double logDeterminant = PART.forward(v, mean);
      double second = mean[1] + 0.7 * u[0];
      double third = mean[2] - 0.6 * u[0] + 0.9 * u[1];
      TruncatedNormalDistribution ofFirst =
          TruncatedNormalDistribution.of(mean[0], DEVIATIONS[0], LOWER[0], UPPER[0]);
      TruncatedNormalDistribution ofThird =
          TruncatedNormalDistribution.of(third, DEVIATIONS[2], LOWER[2], UPPER[2]);
      assertThat(STANDARD.cumulativeProbability(v[0]))
          .isCloseTo(ofFirst.cumulativeProbability(u[0]), within(1e-9));
      assertThat(v[1]).isCloseTo((u[1] - second) / DEVIATIONS[1], within(1e-12));
      assertThat(STANDARD.cumulativeProbability(v[2]))
          .isCloseTo(ofThird.cumulativeProbability(u[2]), within(1e-9));
      double expected =
          ofFirst.logDensity(u[0])
              + NormalDistribution.of(second, DEVIATIONS[1]).logDensity(u[1])
              + ofThird.logDensity(u[2]);
      double actual = logDeterminant;
      for (double value : v) {
        actual += STANDARD.logDensity(value);
      }
      assertThat(actual).isCloseTo(expected, within(1e-7 * (1 + Math.abs(expected))));
    }
  }

  @Test
  void inverseUndoesForward() {
    Random random = new Random(2);
    for (int i = 0; i < 1000; i++) {
      double[] u = inside(random);
      double[] mean = mean(random);
      double[] back = u.clone();
      PART.forward(back, mean);
      PART.inverse(back, mean);
      assertThat(back).containsExactly(u, within(1e-9));
    }
  }

  @Test
  void derivativesAgreeWithFiniteDifferences() {
    Random random = new Random(3);
    double[] weights = {0.4, -1.5, 0.2};
    for (int i = 0; i < 200; i++) {
      double[] u = inside(random);
      double[] mean = mean(random);
      double[] v = u.clone();
      double logDeterminant = PART.forward(v, mean);
      assertThat(Differences.logDeterminant(u, at -> seen(at, mean)))
          .isCloseTo(logDeterminant, within(1e-4));
      double[] gradient = weights.clone();
      PART.pullBack(u, mean, gradient);
      double[] expected = Differences.gradient(u, at -> linear(at, mean, weights));
      for (int d = 0; d < 3; d++) {
        assertThat(gradient[d]).isCloseTo(expected[d], within(1e-4 * (1 + Math.abs(expected[d]))));
      }
    }
  }

  private static double[] seen(double[] u, double[] mean) {
    double[] v = u.clone();
    PART.forward(v, mean);
    return v;
  }

  private static double linear(double[] u, double[] mean, double[] weights) {
    double[] v = u.clone();
    double logDeterminant = PART.forward(v, mean);
    return logDeterminant + Differences.dot(weights, v);
  }

  @Test
  void meansFarOutsideCountAsFiveDeviationsOutside() {
    double[] far = {-1 - 5 * DEVIATIONS[0], 0, 0};
    double[] further = {-1e6, 0, 0};
    double[] u = {0.7, 0.1, 0.2};
    double[] v = seen(u, far);
    assertThat(v[0]).isFinite();
    assertThat(seen(u, further)).containsExactly(v);
    double[] gradient = {1, 0, 0};
    PART.pullBack(u, further, gradient);
    double[] expected = Differences.gradient(u, at -> linear(at, further, new double[] {1, 0, 0}));
    assertThat(gradient).containsExactly(expected, within(1e-4));
  }

  @Test
  void drawsStayInsideTheBounds() {
    for (double v : new double[] {-1e3, -40, -9, 0, 9, 40, 1e3}) {
      double[] u = {v, 0, v};
      PART.inverse(u, new double[3]);
      assertThat(u[0]).isBetween(-1.0, 1.5);
      assertThat(u[2]).isBetween(-2.0, 2.0);
    }
  }

  @Test
  void partsThatDoNotFitAreRefused() {
    double[] none = {-INF, -INF};
    double[] all = {INF, INF};
    double[] two = {1, 1};
    double[] four = new double[4];
    for (double[] deviations : new double[][] {{1, 0}, {1, Double.NaN}, {1}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> TruncatedGaussian.of(four, two, four, deviations, none, all))
          .withMessageStartingWith(
              "a truncated Gaussian of 2 values needs as many finite intercepts")
          .withMessageContaining("deviations " + Arrays.toString(deviations));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TruncatedGaussian.of(four, two, four, two, new double[] {0, -INF}, all))
        .withMessageContaining("the bounds [0.0, -Infinity] and [Infinity, Infinity]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                TruncatedGaussian.of(
                    four, two, four, two, new double[] {1, 1}, new double[] {2, 1}))
        .withMessageContaining("[2.0, 1.0]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TruncatedGaussian.of(new double[3], two, four, two, none, all))
        .withMessageContaining("3 slopes");
  }
}
