package io.github.sbi4j.flows.posterior;

import io.github.sbi4j.core.distribution.Bijection;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.mcmc.DifferentiableLogDensity;
import io.github.sbi4j.flows.estimator.ConditionalDensity;
import io.github.sbi4j.flows.potential.Potential;
import java.util.Arrays;

/** A learned posterior density at one observation, cut off where the prior's is zero. */
final class DirectPotential implements Potential {
  private final ConditionalDensity density;
  private final Distribution prior;
  private final double[] observation;

  DirectPotential(ConditionalDensity density, Distribution prior, double[] observation) {
    this.density = density;
    this.prior = prior;
    this.observation = observation;
  }

  @Override
  public Distribution prior() {
    return prior;
  }

  @Override
  public void logProb(double[][] points, double[] values) {
    double[] logs = density.logProb(points, observation);
    boolean[] inside = PriorRegion.of(prior).contains(points);
    for (int i = 0; i < logs.length; i++) {
      values[i] = inside[i] && !Double.isNaN(logs[i]) ? logs[i] : Double.NEGATIVE_INFINITY;
    }
  }

  /** By way of the space that the density was trained in: its coordinates stand alone there. */
  @Override
  public void logProbGradient(double[][] points, double[][] gradients, double[] values) {
    int dimension = dimension();
    Bijection bijection = density.coordinates().bijection();
    double[][] z = new double[points.length][dimension];
    double[] logDeterminants = new double[points.length];
    boolean[] inside = PriorRegion.of(prior).contains(points);
    for (int i = 0; i < points.length; i++) {
      logDeterminants[i] =
          inside[i] ? bijection.forward(points[i], z[i]) : Double.NEGATIVE_INFINITY;
    }
    double[] logs = density.logProbGradient(z, observation, gradients);
    double[] logJacobian = new double[dimension];
    double[] scales = new double[dimension];
    double[] ones = new double[dimension];
    Arrays.fill(ones, 1);
    for (int i = 0; i < points.length; i++) {
      double sum = logs[i] + logDeterminants[i];
      values[i] = Double.isNaN(sum) ? Double.NEGATIVE_INFINITY : sum;
      bijection.pullBack(z[i], new double[dimension], logJacobian);
      bijection.pullBack(z[i], ones, scales);
      for (int d = 0; d < dimension; d++) {
        double slope = (gradients[i][d] - logJacobian[d]) / (scales[d] - logJacobian[d]);
        gradients[i][d] = values[i] > Double.NEGATIVE_INFINITY ? slope : 0;
      }
    }
  }

  /**
   * Where the prior's own way to unconstrained space is the density's, nothing has to be mapped.
   */
  @Override
  public DifferentiableLogDensity unconstrained() {
    return density.coordinates().bijection().equals(prior.bijection())
            && !PriorRegion.isRestricted(prior)
        ? new OfDensity()
        : Potential.super.unconstrained();
  }

  /** The density over the space that it was trained in. */
  private final class OfDensity implements DifferentiableLogDensity {
    @Override
    public int dimension() {
      return density.targets();
    }

    @Override
    public void logDensitiesAndGradients(
        int count, double[] positions, double[] values, double[] gradients) {
      int width = dimension();
      double[][] points = new double[count][];
      for (int i = 0; i < count; i++) {
        points[i] = Arrays.copyOfRange(positions, i * width, (i + 1) * width);
      }
      double[][] slopes = new double[count][width];
      double[] logs = density.logProbGradient(points, observation, slopes);
      System.arraycopy(logs, 0, values, 0, count);
      for (int i = 0; i < count; i++) {
        System.arraycopy(slopes[i], 0, gradients, i * width, width);
      }
    }
  }
}
