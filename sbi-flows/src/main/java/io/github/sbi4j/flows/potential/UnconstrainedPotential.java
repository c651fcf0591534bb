package io.github.sbi4j.flows.potential;

import io.github.sbi4j.core.distribution.Bijection;
import io.github.sbi4j.core.mcmc.DifferentiableLogDensity;
import java.util.Arrays;

/**
 * A potential over all of R^D: that at theta(z), plus log |det d theta / dz|, where theta(z) is the
 * inverse of the prior's bijection. Draws of z are mapped back by {@link #parameters}.
 */
public final class UnconstrainedPotential implements DifferentiableLogDensity {
  private final TrialPotential potential;
  private final Bijection bijection;

  UnconstrainedPotential(TrialPotential potential) {
    this.potential = potential;
    this.bijection = potential.prior().bijection();
  }

  @Override
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

  @Override
  public void logDensities(int count, double[] positions, double[] values) {
    double[] logs = new double[count];
    logProb(rows(count, positions), logs);
    System.arraycopy(logs, 0, values, 0, count);
  }

  @Override
  public void logDensitiesAndGradients(
      int count, double[] positions, double[] values, double[] gradients) {
    double[] logs = new double[count];
    double[][] slopes = new double[count][dimension()];
    logProbGradient(rows(count, positions), slopes, logs);
    System.arraycopy(logs, 0, values, 0, count);
    for (int i = 0; i < count; i++) {
      System.arraycopy(slopes[i], 0, gradients, i * dimension(), dimension());
    }
  }

  private double[][] rows(int count, double[] positions) {
    double[][] rows = new double[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = Arrays.copyOfRange(positions, i * dimension(), (i + 1) * dimension());
    }
    return rows;
  }

  private static void add(double[] logJacobian, double[] values) {
    for (int i = 0; i < values.length; i++) {
      double sum = values[i] + logJacobian[i];
      values[i] = Double.isNaN(sum) ? Double.NEGATIVE_INFINITY : sum;
    }
  }
}
