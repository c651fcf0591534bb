package io.github.sbi4j.flows.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.embedding.FullyConnected;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CoordinatesTest {
  private static final Support SUPPORT =
      Support.box(
          new double[] {-1, Double.NEGATIVE_INFINITY, 0},
          new double[] {2, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY});
  private static final double[] SLOPES = {2, -1};

  /** Targets of three kinds of support, the middle one heavy-tailed. */
  private static double[][] targets(int rows) {
    Random random = new Random(1);
    double[][] table = new double[rows][];
    Arrays.setAll(
        table,
        i ->
            new double[] {
              3 * random.nextDouble() - 1,
              random.nextGaussian() / Math.abs(random.nextGaussian()),
              Math.exp(random.nextGaussian())
            });
    return table;
  }

  private static double[][] contexts(double[][] targets) {
    Random random = new Random(2);
    double[][] table = new double[targets.length][];
    Arrays.setAll(
        table,
        i -> {
          double noise = 0.1 * random.nextGaussian();
          return new double[] {
            SLOPES[0] * targets[i][0] + noise, SLOPES[1] * targets[i][2] - noise
          };
        });
    return table;
  }

  private static Coordinates fitted() {
    double[][] targets = targets(500);
    return Coordinates.fit(
        SUPPORT, Arrays.asList(targets), Arrays.asList(contexts(targets)), Embedding.identity());
  }

  /** The first value keeps its bounds until the Gaussian part, of which it is truncated. */
  private static Coordinates truncated() {
    double inf = Double.POSITIVE_INFINITY;
    Coordinates fitted = fitted();
    Standardization targets = fitted.targets().with(0, 0.5, 3 / Math.sqrt(12));
    TruncatedGaussian part =
        TruncatedGaussian.of(
            new double[] {0.9, 0, 0.1, -0.2, 0.3, -0.8},
            new double[] {0.1, 0, -0.1},
            new double[] {0, 0, 0, 0.4, 0, 0, -0.3, 0.2, 0},
            new double[] {0.3, 0.9, 0.5},
            new double[] {-Math.sqrt(3), -inf, -inf},
            new double[] {Math.sqrt(3), inf, inf});
    return new Coordinates(SUPPORT, targets, fitted.contexts(), part);
  }

  private static Stream<Coordinates> both() {
    return Stream.of(fitted(), truncated());
  }

  @ParameterizedTest
  @MethodSource("both")
  void inverseUndoesForward(Coordinates coordinates) {
    assertThat(coordinates.targets().compressedColumns()).contains(1);
    double[][] targets = targets(100);
    double[][] contexts = contexts(targets);
    for (int i = 0; i < targets.length; i++) {
      Coordinates.Context context = coordinates.context(contexts[i]);
      double[] seen = new double[3];
      coordinates.forward(targets[i], context, seen);
      double[] back = coordinates.inverse(seen, context);
      for (int d = 0; d < 3; d++) {
        assertThat(back[d]).isCloseTo(targets[i][d], within(1e-11 * (1 + Math.abs(back[d]))));
      }
    }
  }

  @Test
  void whatIsTruncatedHasNoShift() {
    Coordinates coordinates = truncated();
    assertThat(coordinates.isShifted()).isFalse();
    assertThat(fitted().isShifted()).isTrue();
    Coordinates.Context context = coordinates.context(new double[2]);
    assertThatIllegalStateException()
        .isThrownBy(() -> coordinates.whitenedMean(context))
        .withMessageStartingWith("a truncated Gaussian part depends on the context by more");
  }

  @Test
  void drawsOfTruncatedValuesAreStrictlyInside() {
    Coordinates coordinates = truncated();
    Coordinates.Context context = coordinates.context(new double[2]);
    for (double v : new double[] {-100, -40, 40, 100}) {
      assertThat(SUPPORT.contains(coordinates.inverse(new double[] {v, 0, 0}, context))).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("both")
  void derivativesAgreeWithFiniteDifferences(Coordinates coordinates) {
    Coordinates.Context context = coordinates.context(new double[] {0.5, -1});
    for (double[] target : targets(20)) {
      double[] seen = new double[3];
      double logDeterminant = coordinates.forward(target, context, seen);
      // Far out in a heavy tail a difference is all rounding.
      if (target[0] > 1.99 || target[0] < -0.99 || target[2] < 0.01) {
        continue;
      }
      assertThat(Differences.logDeterminant(target, at -> seen(coordinates, at, context)))
          .isCloseTo(logDeterminant, within(1e-5));
      double[] z = new double[3];
      coordinates.bijection().forward(target, z);
      double[] gradient = {0.4, -1.5, 0.2};
      double[] expected = Differences.gradient(z, at -> weighted(coordinates, at, context));
      coordinates.pullBack(z, context, gradient);
      assertThat(gradient).containsExactly(expected, within(1e-6));
    }
  }

  private static double[] seen(
      Coordinates coordinates, double[] target, Coordinates.Context context) {
    double[] seen = new double[3];
    coordinates.forward(target, context, seen);
    return seen;
  }

  /** A log-density that is linear in what networks see. */
  private static double weighted(Coordinates coordinates, double[] z, Coordinates.Context context) {
    double[] seen = new double[3];
    double logDeterminant = coordinates.forwardUnconstrained(z, context, seen);
    return logDeterminant + Differences.dot(new double[] {0.4, -1.5, 0.2}, seen);
  }

  @Test
  void linearPartIsTakenOutOnlyWhereNetworksSeeTheContextAndRowsAreMany() {
    double[][] targets = targets(500);
    double[][] contexts = contexts(targets);
    assertThat(slopes(fitted())).isNotEqualTo(new double[6]);
    Embedding embedding = FullyConnected.defaults();
    assertThat(
            slopes(
                Coordinates.fit(
                    SUPPORT, Arrays.asList(targets), Arrays.asList(contexts), embedding)))
        .isEqualTo(new double[6]);
    double[][] few = Arrays.copyOf(targets, 14);
    double[][] fewContexts = Arrays.copyOf(contexts, 14);
    Coordinates small =
        Coordinates.fit(
            SUPPORT, Arrays.asList(few), Arrays.asList(fewContexts), Embedding.identity());
    assertThat(slopes(small)).isEqualTo(new double[6]);
  }

  private static double[] slopes(Coordinates coordinates) {
    return ((LinearGaussian) coordinates.regression()).slopes();
  }

  @Test
  void sizesHaveToAgree() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Coordinates(
                    SUPPORT,
                    Standardization.identity(2),
                    Standardization.identity(4),
                    LinearGaussian.identity(3, 5)))
        .withMessage(
            "the support has 3 values, 2 are standardised and 3 regressed; contexts have 4 values, 5 in the"
                + " regression; they have to agree");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fitted().context(new double[3]))
        .withMessage("the context has 3 values, but the density was trained with 2");
  }
}
