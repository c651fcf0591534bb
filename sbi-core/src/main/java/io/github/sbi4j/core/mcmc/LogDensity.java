package io.github.sbi4j.core.mcmc;

import io.github.sbi4j.core.distribution.Bijection;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * The target of a sampler: the log of a density on R<sup>D</sup>, up to a constant, for many points
 * at a time.
 *
 * <p>A density with bounds is given as it is and brought to R<sup>D</sup> by {@link
 * #unconstrained}. The value of a point must not depend on the other points of the batch; then
 * draws repeat for any number of chains and threads.
 */
public interface LogDensity {
  /** {@return the number of coordinates, D} */
  int dimension();

  /**
   * Evaluates the log density at each of several points.
   *
   * @param count the number of points, B
   * @param positions the points one after the other, in the first B x D numbers of an array that
   *     may be longer; not to be changed or kept
   * @param values receives log p of each point in its first B numbers; -Infinity where the density
   *     is zero. Samplers take NaN and +Infinity for -Infinity, and count them
   */
  void logDensities(int count, double[] positions, double[] values);

  /**
   * A target from a function of one point.
   *
   * @param dimension the number of coordinates, D
   * @param logDensity gives log p of a point of D numbers, which it must not change or keep
   * @return the target that calls the function point by point
   * @throws IllegalArgumentException if {@code dimension} is less than one
   */
  static LogDensity of(int dimension, ToDoubleFunction<double[]> logDensity) {
    return new PointwiseLogDensity(Require.atLeast("dimension", dimension, 1), logDensity);
  }

  /**
   * This density seen from unconstrained space: log p(f<sup>-1</sup>(z)) + log |det
   * df<sup>-1</sup>/dz|.
   *
   * @param bijection f, from the density's support to R<sup>D</sup>, such as a prior's {@link
   *     io.github.sbi4j.core.distribution.Distribution#bijection()}
   * @return the target over z; {@link Chains#constrained} maps its draws back
   * @throws IllegalArgumentException if the dimensions differ
   */
  default LogDensity unconstrained(Bijection bijection) {
    return new UnconstrainedLogDensity(this, bijection);
  }

  /**
   * Evaluates the log density at one point.
   *
   * @param position D numbers
   * @return log p(position)
   * @throws IllegalArgumentException if {@code position} does not have D numbers
   */
  default double logDensity(double... position) {
    double[] value = new double[1];
    Require.length("position", position, dimension());
    logDensities(1, Arrays.copyOf(position, position.length), value);
    return value[0];
  }
}
