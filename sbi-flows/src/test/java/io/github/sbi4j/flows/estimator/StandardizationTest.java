package io.github.sbi4j.flows.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StandardizationTest {
  /** An ordinary, a heavy-tailed and a constant column. */
  private static double[][] rows() {
    Random random = new Random(1);
    double[][] rows = new double[1001][];
    Arrays.setAll(
        rows,
        i ->
            new double[] {
              5 + 2 * random.nextGaussian(), 3 + Math.tan(3.1 * (i / 1000.0 - 0.5)), 7
            });
    return rows;
  }

  @Test
  void locationAndScaleAreMeanAndStandardDeviation() {
    Standardization fitted = Standardization.fit(new double[][] {{1, 10}, {2, 30}, {6, 20}});
    assertThat(fitted.location()).containsExactly(new double[] {3, 20}, within(1e-12));
    assertThat(fitted.scale()).containsExactly(new double[] {Math.sqrt(7), 10}, within(1e-12));
    assertThat(fitted.compressed()).containsExactly(false, false);
    assertThat(fitted.constantColumns()).isEmpty();
    assertThat(fitted.columns()).isEqualTo(2);
  }

  @Test
  void heavyTailsAreScaledByQuantilesAndDrawnIn() {
    Standardization fitted = Standardization.fit(rows());
    assertThat(fitted.compressedColumns()).containsExactly(1);
    assertThat(fitted.location()[1]).isCloseTo(3, within(1e-12));
    // The quartiles lie at rows 250 and 750.
    double range = 2 * Math.tan(3.1 * 0.25);
    assertThat(fitted.scale()[1]).isCloseTo(range / 1.349, within(1e-12));
    double[] seen = new double[3];
    fitted.forward(new double[] {5, 3 + 1e6 * fitted.scale()[1], 7}, seen);
    assertThat(seen[1]).isCloseTo(Math.log(2e6), within(1e-9));
  }

  @Test
  void constantColumnKeepsItsScale() {
    Standardization fitted = Standardization.fit(rows());
    assertThat(fitted.constantColumns()).containsExactly(2);
    assertThat(fitted.location()[2]).isEqualTo(7);
    assertThat(fitted.scale()[2]).isEqualTo(1);
    // Rounding of a large constant is no variation.
    double[][] almost = {{1e9, 0}, {Math.nextUp(1e9), 1}, {1e9, 2}};
    assertThat(Standardization.fit(almost).constantColumns()).containsExactly(0);
  }

  @Test
  void inverseUndoesForward() {
    Standardization fitted = Standardization.fit(rows());
    for (double[] row : rows()) {
      double[] seen = row.clone();
      fitted.forward(seen, seen);
      fitted.inverse(seen, seen);
      for (int j = 0; j < row.length; j++) {
        assertThat(seen[j]).isCloseTo(row[j], within(1e-12 * (1 + Math.abs(row[j]))));
      }
    }
  }

  @Test
  void derivativesAgreeWithFiniteDifferences() {
    Standardization fitted = Standardization.fit(rows());
    for (double offset : new double[] {-20, -1, 0, 0.3, 8}) {
      double[] row = {4 + offset, 2.5 + offset, 7};
      double[] seen = new double[3];
      double logDeterminant = fitted.forward(row, seen);
      double numeric = Differences.logDeterminant(row, at -> standardized(fitted, at));
      assertThat(logDeterminant).isCloseTo(numeric, within(1e-7));
      double[] gradient = {0.4, -1.5, 0.2};
      double[] expected = Differences.gradient(row, at -> weighted(fitted, at));
      fitted.pullBack(row, gradient);
      assertThat(gradient).containsExactly(expected, within(1e-7));
    }
  }

  private static double[] standardized(Standardization by, double[] row) {
    double[] seen = new double[row.length];
    by.forward(row, seen);
    return seen;
  }

  /** A log-density that is linear in the standardised row. */
  private static double weighted(Standardization by, double[] row) {
    double[] seen = new double[3];
    return by.forward(row, seen) + Differences.dot(new double[] {0.4, -1.5, 0.2}, seen);
  }

  @Test
  void identityChangesNothing() {
    double[] row = {1, -2};
    assertThat(Standardization.identity(2).forward(row, row)).isZero();
    assertThat(row).containsExactly(1, -2);
  }

  @Test
  void badValuesAreErrors() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Standardization.of(new double[2], new double[1], new boolean[2]))
        .withMessage(
            "a standardisation needs as many locations, scales and flags as columns, but has 2, 1 and 2");
    for (double scale : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Standardization.of(new double[1], new double[] {scale}, new boolean[1]))
          .withMessage(
              "column 0 has location 0.0 and scale "
                  + scale
                  + ", expected finite values and a positive scale");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Standardization.of(new double[] {Double.NaN}, new double[] {1}, new boolean[1]))
        .withMessageContaining("location NaN");
  }
}
