package io.github.sbi4j.core.mcmc;

import io.github.sbi4j.core.distribution.Bijection;

/** A density under constraints as one over R^D. */
class UnconstrainedLogDensity implements LogDensity {
  final Bijection bijection;
  private final LogDensity target;

  UnconstrainedLogDensity(LogDensity target, Bijection bijection) {
    if (bijection.dimension() != target.dimension()) {
      throw new IllegalArgumentException(
          "the bijection has "
              + bijection.dimension()
              + " coordinates, expected "
              + target.dimension()
              + " as the target has; take the bijection of the target's own prior");
    }
    this.target = target;
    this.bijection = bijection;
  }

  @Override
  public final int dimension() {
    return bijection.dimension();
  }

  @Override
  public final void logDensities(int count, double[] positions, double[] values) {
    double[] logDeterminants = new double[count];
    target.logDensities(count, constrain(count, positions, logDeterminants), values);
    add(logDeterminants, values);
  }

  /** The points under constraints; their log-determinants go to an array of their own. */
  final double[] constrain(int count, double[] positions, double[] logDeterminants) {
    int dimension = dimension();
    double[] result = new double[count * dimension];
    double[] point = new double[dimension];
    double[] value = new double[dimension];
    for (int i = 0; i < count; i++) {
      System.arraycopy(positions, i * dimension, point, 0, dimension);
      logDeterminants[i] = bijection.inverse(point, value);
      System.arraycopy(value, 0, result, i * dimension, dimension);
    }
    return result;
  }

  static void add(double[] logDeterminants, double[] values) {
    for (int i = 0; i < logDeterminants.length; i++) {
      // Where no density reaches, the target's value is of no matter, not even if it is NaN.
      values[i] =
          logDeterminants[i] == Double.NEGATIVE_INFINITY
              ? Double.NEGATIVE_INFINITY
              : values[i] + logDeterminants[i];
    }
  }
}
