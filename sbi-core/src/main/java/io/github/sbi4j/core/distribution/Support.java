package io.github.sbi4j.core.distribution;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * The set on which a density is positive: a product of intervals, each open or unbounded on either
 * side.
 *
 * <p>A bound itself lies outside: it has no probability, and unconstrained space does not reach it.
 */
public final class Support {
  private final double[] lower;
  private final double[] upper;

  private Support(double[] lower, double[] upper) {
    this.lower = lower;
    this.upper = upper;
  }

  /**
   * All of R<sup>D</sup>.
   *
   * @param dimension the number of values, D
   * @return the support without bounds
   * @throws IllegalArgumentException if {@code dimension} is less than one
   */
  public static Support real(int dimension) {
    if (dimension < 1) {
      throw new IllegalArgumentException("dimension is " + dimension + ", expected at least 1");
    }
    double[] lower = new double[dimension];
    double[] upper = new double[dimension];
    Arrays.fill(lower, Double.NEGATIVE_INFINITY);
    Arrays.fill(upper, Double.POSITIVE_INFINITY);
    return new Support(lower, upper);
  }

  /**
   * The product of the open intervals from {@code lower[d]} to {@code upper[d]}.
   *
   * @param lower D lower bounds, -Infinity where there is none
   * @param upper D upper bounds, +Infinity where there is none
   * @return the box
   * @throws IllegalArgumentException if the arrays differ in length or are empty, a bound is NaN, a
   *     lower bound is not below its upper one, no double lies between the two, or they are further
   *     apart than the greatest double
   */
  public static Support box(double[] lower, double[] upper) {
    if (lower.length == 0) {
      throw new IllegalArgumentException("lower is empty, expected at least 1 bound");
    }
    Checks.length("upper", upper, lower.length);
    for (int d = 0; d < lower.length; d++) {
      checkInterval(d, lower[d], upper[d]);
    }
    return new Support(lower.clone(), upper.clone());
  }

  private static void checkInterval(int d, double lower, double upper) {
    boolean bounded = Double.isFinite(lower) && Double.isFinite(upper);
    String expected = null;
    if (!(lower < upper)) {
      expected = "expected the first below the second";
    } else if (!(Math.nextUp(lower) < upper)) {
      expected = "expected at least one double between them";
    } else if (bounded && upper - lower == Double.POSITIVE_INFINITY) {
      expected = "expected them no further apart than 1.7e308";
    }
    if (expected != null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the bounds of value %d are %s and %s, %s",
              d + 1,
              lower,
              upper,
              expected));
    }
  }

  /**
   * The product of supports, their values in a row.
   *
   * @param parts at least one support
   * @return a support whose dimension is the sum of the parts'
   * @throws IllegalArgumentException if there is no part
   */
  public static Support product(List<Support> parts) {
    return box(
        parts.stream().flatMapToDouble(part -> Arrays.stream(part.lower)).toArray(),
        parts.stream().flatMapToDouble(part -> Arrays.stream(part.upper)).toArray());
  }

  /**
   * This support with the bounds of some values only; the others may be any number.
   *
   * @param bounded which values keep their bounds, by index from 0
   * @return a support of as many values
   */
  public Support only(IntPredicate bounded) {
    Support some = real(lower.length);
    for (int d = 0; d < lower.length; d++) {
      if (bounded.test(d)) {
        some.lower[d] = lower[d];
        some.upper[d] = upper[d];
      }
    }
    return some;
  }

  /**
   * Moves numbers that are not strictly inside the bounds to the nearest doubles there.
   *
   * @param value D numbers, changed
   * @throws IllegalArgumentException if {@code value} does not have D numbers
   */
  public void clamp(double[] value) {
    Checks.length("value", value, lower.length);
    for (int d = 0; d < lower.length; d++) {
      value[d] = clamp(d, value[d]);
    }
  }

  /** {@return the number of values, D} */
  public int dimension() {
    return lower.length;
  }

  /** {@return the D lower bounds, -Infinity where there is none} */
  public double[] lower() {
    return lower.clone();
  }

  /** {@return the D upper bounds, +Infinity where there is none} */
  public double[] upper() {
    return upper.clone();
  }

  /**
   * Whether a value lies inside.
   *
   * @param value D numbers
   * @return true if each number lies strictly between its bounds; NaN and infinities never do
   * @throws IllegalArgumentException if {@code value} does not have D numbers
   */
  public boolean contains(double[] value) {
    Checks.length("value", value, lower.length);
    for (int d = 0; d < lower.length; d++) {
      if (!contains(d, value[d])) {
        return false;
      }
    }
    return true;
  }

  /**
   * The bijection to unconstrained space.
   *
   * <p>Value by value it is the identity where there is no bound, log(v - lower) or log(upper - v)
   * where there is one, and the probit &Phi;<sup>-1</sup>((v - lower) / (upper - lower)) where
   * there are two, &Phi; being the standard normal distribution function: a uniform value becomes a
   * standard normal one. Its inverse stays strictly inside the bounds at every finite point, and
   * its log-determinant is the exact one even where a value had to be rounded to the double next to
   * its bound. Points whose value is past the greatest double have the log-determinant -Infinity:
   * no density reaches there.
   *
   * @return a bijection of D values, equal to those of equal supports
   */
  public Bijection bijection() {
    return new SupportBijection(this);
  }

  boolean contains(int d, double value) {
    return value > lower[d] && value < upper[d];
  }

  /** The nearest double strictly inside the bounds of value d. */
  double clamp(int d, double value) {
    return Math.min(Math.max(value, Math.nextUp(lower[d])), Math.nextDown(upper[d]));
  }

  double lower(int d) {
    return lower[d];
  }

  double upper(int d) {
    return upper[d];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Support that
        && Arrays.equals(lower, that.lower)
        && Arrays.equals(upper, that.upper);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(lower) + Arrays.hashCode(upper);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int d = 0; d < lower.length; d++) {
      text.append(d == 0 ? "" : " x ").append('(').append(lower[d]).append(", ");
      text.append(upper[d]).append(')');
    }
    return text.toString();
  }
}
