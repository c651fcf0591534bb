package io.github.sbi4j.flows.posterior;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.mcmc.DifferentiableLogDensity;
import io.github.sbi4j.flows.estimator.ConditionalDensity;
import io.github.sbi4j.flows.potential.Potential;
import java.util.Arrays;

/** A learned posterior density at one observation, cut off at the prior's bounds. */
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
    for (int i = 0; i < logs.length; i++) {
      boolean inside = prior.support().contains(points[i]) && !Double.isNaN(logs[i]);
      values[i] = inside ? logs[i] : Double.NEGATIVE_INFINITY;
    }
  }

  @Override
  public DifferentiableLogDensity unconstrained() {
    DifferentiableLogDensity own = new OfDensity();
    // A density that leaks lives on all of R^D: the prior's bijection cuts it off.
    return Conditioned.leaks(density, prior) ? own.unconstrained(prior.bijection()) : own;
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
