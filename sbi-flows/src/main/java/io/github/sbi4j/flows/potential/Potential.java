package io.github.sbi4j.flows.potential;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.mcmc.DifferentiableLogDensity;

/**
 * The log of a posterior density of D parameters at one observation, up to a constant: what
 * samplers need to know of it. It is -Infinity outside the prior and never NaN. Immutable; may be
 * used from many threads.
 *
 * <p>A likelihood of one's own implements {@link #prior} and {@link #logProb(double[][],
 * double[])}, and {@link #logProbGradient} where it has a gradient in closed form.
 */
public interface Potential {
  /** {@return the prior over the D parameters} */
  Distribution prior();

  /** {@return the number of parameters, D} */
  default int dimension() {
    return prior().dimension();
  }

  /**
   * The potential at many points.
   *
   * @param points N x D
   * @param values receives N values
   * @throws IllegalArgumentException if a point does not have D values
   */
  void logProb(double[][] points, double[] values);

  /**
   * The potential at many points.
   *
   * @param points N x D
   * @return N values
   * @throws IllegalArgumentException if a point does not have D values
   */
  default double[] logProb(double[][] points) {
    double[] values = new double[points.length];
    logProb(points, values);
    return values;
  }

  /**
   * The potential and its gradient with respect to the parameters; by central differences, 2 D + 1
   * points for each, unless overridden.
   *
   * @param points N x D
   * @param gradients receives N x D, zeros where the potential is -Infinity
   * @param values receives N values
   * @throws IllegalArgumentException if a point does not have D values
   */
  default void logProbGradient(double[][] points, double[][] gradients, double[] values) {
    Differences.logProbGradient(this, points, gradients, values);
  }

  /**
   * {@return the potential over R<sup>D</sup>, with gradients: that at theta(z) plus log |det d
   * theta / dz|, theta(z) being the inverse of the prior's bijection}
   */
  default DifferentiableLogDensity unconstrained() {
    return new ParameterDensity(this).unconstrained(prior().bijection());
  }
}
