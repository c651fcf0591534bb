package io.github.sbi4j.core.distribution;

/** The set on which a density is positive: a product of intervals, each open or unbounded on either side. */
public final class Support {
  private final double[] lower;
  private final double[] upper;

  private Support(double[] lower, double[] upper) {
    this.lower = lower;
    this.upper = upper;
  }

  /** All of R^D. */
  public static Support real(int dimension) {
    throw new UnsupportedOperationException();
  }

  /** The product of the intervals from {@code lower[d]} to {@code upper[d]}; infinities stand for no bound. */
  public static Support box(double[] lower, double[] upper) {
    return new Support(lower.clone(), upper.clone());
  }

  /** The number of values, D. */
  public int dimension() {
    return lower.length;
  }

  /** The lower bounds, -Infinity where there is none. */
  public double[] lower() {
    return lower.clone();
  }

  /** The upper bounds, +Infinity where there is none. */
  public double[] upper() {
    return upper.clone();
  }

  /** True if the value, D numbers, lies inside. NaN never does. */
  public boolean contains(double[] value) {
    throw new UnsupportedOperationException();
  }

  /** The bijection to unconstrained space: identity, log of the distance to a bound, or logit between two. */
  public Bijection bijection() {
    throw new UnsupportedOperationException();
  }
}
