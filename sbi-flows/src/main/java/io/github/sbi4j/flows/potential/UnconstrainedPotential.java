package io.github.sbi4j.flows.potential;

import io.github.sbi4j.core.distribution.Bijection;
import java.util.Arrays;

/**
 * A potential over all of R^D: that at theta(z), plus log |det d theta / dz|, where theta(z) is the
 * inverse of the prior's bijection. Draws of z are mapped back by {@link #parameters}.
 */
public final class UnconstrainedPotential {
  private final Potential potential;
  private final Bijection bijection;

  UnconstrainedPotential(Potential potential) {
    this.potential = potential;
    this.bijection = potential.prior().bijection();
  }

  /** {@return the number of parameters, D} */
  public int dimension() {
    return potential.dimension();
  }

  /** {@return the map between parameters and unconstrained space} */
  public Bijection bijection() {
    return bijection;
  }

  /**
   * {@return the parameters of unconstrained points}
   *
   * @param points z, N x D
   */
  public double[][] parameters(double[][] points) {
    double[][] parameters = new double[points.length][dimension()];
    for (int i = 0; i < points.length; i++) {
      bijection.inverse(points[i], parameters[i]);
    }
    return parameters;
  }

  /**
   * The potential at many points.
   *
   * @param points z, N x D
   * @param values receives N values
   */
  public void logProb(double[][] points, double[] values) {
    double[][] parameters = new double[points.length][dimension()];
    double[] logJacobian = new double[points.length];
    for (int i = 0; i < points.length; i++) {
      logJacobian[i] = bijection.inverse(points[i], parameters[i]);
    }
    potential.logProb(parameters, values);
    add(logJacobian, values);
  }

  /**
   * The potential and its gradient with respect to z.
   *
   * @param points z, N x D
   * @param gradients receives N x D, zeros where the potential is -Infinity
   * @param values receives N values
   */
  public void logProbGradient(double[][] points, double[][] gradients, double[] values) {
    double[][] parameters = new double[points.length][dimension()];
    double[] logJacobian = new double[points.length];
    for (int i = 0; i < points.length; i++) {
      logJacobian[i] = bijection.inverse(points[i], parameters[i]);
    }
    potential.logProbGradient(parameters, gradients, values);
    add(logJacobian, values);
    for (int i = 0; i < points.length; i++) {
      if (values[i] > Double.NEGATIVE_INFINITY) {
        bijection.pullBack(points[i], gradients[i], gradients[i]);
      } else {
        Arrays.fill(gradients[i], 0);
      }
    }
  }

  private static void add(double[] logJacobian, double[] values) {
    for (int i = 0; i < values.length; i++) {
      double sum = values[i] + logJacobian[i];
      values[i] = Double.isNaN(sum) ? Double.NEGATIVE_INFINITY : sum;
    }
  }
}
