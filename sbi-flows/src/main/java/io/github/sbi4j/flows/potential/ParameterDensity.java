package io.github.sbi4j.flows.potential;

import io.github.sbi4j.core.mcmc.DifferentiableLogDensity;
import java.util.Arrays;

/** A potential as samplers see it: a density over the parameters, in flat arrays. */
record ParameterDensity(Potential potential) implements DifferentiableLogDensity {
  @Override
  public int dimension() {
    return potential.dimension();
  }

  @Override
  public void logDensities(int count, double[] positions, double[] values) {
    double[] logs = potential.logProb(rows(count, positions));
    System.arraycopy(logs, 0, values, 0, count);
  }

  @Override
  public void logDensitiesAndGradients(
      int count, double[] positions, double[] values, double[] gradients) {
    int dimension = dimension();
    double[] logs = new double[count];
    double[][] slopes = new double[count][dimension];
    potential.logProbGradient(rows(count, positions), slopes, logs);
    System.arraycopy(logs, 0, values, 0, count);
    for (int i = 0; i < count; i++) {
      System.arraycopy(slopes[i], 0, gradients, i * dimension, dimension);
    }
  }

  private double[][] rows(int count, double[] positions) {
    int dimension = dimension();
    double[][] rows = new double[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = Arrays.copyOfRange(positions, i * dimension, (i + 1) * dimension);
    }
    return rows;
  }
}
