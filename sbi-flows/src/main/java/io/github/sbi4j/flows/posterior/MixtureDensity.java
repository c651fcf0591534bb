package io.github.sbi4j.flows.posterior;

import io.github.sbi4j.core.distribution.Bijection;
import io.github.sbi4j.core.mcmc.DifferentiableLogDensity;
import java.util.Arrays;

/**
 * A posterior's density over unconstrained space with a gradient by central differences, wide
 * enough for networks in single precision.
 */
final class MixtureDensity implements DifferentiableLogDensity {
  /** In standard deviations of the posterior. */
  private static final double STEP = 0.02;

  private final Posterior posterior;
  private final Bijection bijection;
  private final double[] steps;

  MixtureDensity(Posterior posterior, double[][] draws) {
    this.posterior = posterior;
    this.bijection = posterior.prior().bijection();
    this.steps = MapSearch.spread(draws, bijection);
    Arrays.setAll(steps, d -> STEP * steps[d]);
  }

  @Override
  public int dimension() {
    return steps.length;
  }

  @Override
  public void logDensitiesAndGradients(
      int count, double[] positions, double[] values, double[] gradients) {
    int dimension = dimension();
    int each = 2 * dimension + 1;
    double[][] parameters = new double[count * each][dimension];
    double[] logs = new double[parameters.length];
    for (int i = 0, at = 0; i < count; i++) {
      double[] z = Arrays.copyOfRange(positions, i * dimension, (i + 1) * dimension);
      logs[at] = bijection.inverse(z, parameters[at++]);
      for (int d = 0; d < dimension; d++) {
        double centre = z[d];
        for (int side = -1; side <= 1; side += 2) {
          z[d] = centre + side * steps[d];
          logs[at] = bijection.inverse(z, parameters[at++]);
        }
        z[d] = centre;
      }
    }
    double[] densities = posterior.logProb(parameters);
    Arrays.setAll(logs, i -> logs[i] + densities[i]);
    for (int i = 0; i < count; i++) {
      values[i] = logs[i * each];
      for (int d = 0; d < dimension; d++) {
        int at = i * each + 1 + 2 * d;
        gradients[i * dimension + d] = (logs[at + 1] - logs[at]) / (2 * steps[d]);
      }
    }
  }
}
