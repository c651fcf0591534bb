package io.github.sbi4j.core.mcmc;

import io.github.sbi4j.core.distribution.Bijection;

/**
 * A target that also gives the gradient of its log density, as {@link Hmc} and {@link Nuts} need.
 */
public interface DifferentiableLogDensity extends LogDensity {
  /** The log density and its gradient at one point. */
  @FunctionalInterface
  interface PointFunction {
    /**
     * Evaluates both.
     *
     * @param position a point of D numbers, not to be changed or kept
     * @param gradient receives the D derivatives of log p; holds zeros before
     * @return log p(position)
     */
    double evaluate(double[] position, double[] gradient);
  }

  /**
   * Evaluates the log density and its gradient at each of several points.
   *
   * @param count the number of points, B
   * @param positions the points as for {@link #logDensities}
   * @param values receives log p of each point in its first B numbers
   * @param gradients receives the D derivatives of the first point, then of the second, ... in its
   *     first B x D numbers; those of a point whose density is zero are not used
   */
  void logDensitiesAndGradients(int count, double[] positions, double[] values, double[] gradients);

  @Override
  default void logDensities(int count, double[] positions, double[] values) {
    logDensitiesAndGradients(count, positions, values, new double[count * dimension()]);
  }

  @Override
  default DifferentiableLogDensity unconstrained(Bijection bijection) {
    return new UnconstrainedDifferentiableLogDensity(this, bijection);
  }

  /**
   * A target from a function of one point.
   *
   * @param dimension the number of coordinates, D
   * @param function gives log p of a point and its gradient
   * @return the target that calls the function point by point
   * @throws IllegalArgumentException if {@code dimension} is less than one
   */
  static DifferentiableLogDensity of(int dimension, PointFunction function) {
    return new PointwiseDifferentiableLogDensity(
        Require.atLeast("dimension", dimension, 1), function);
  }
}
