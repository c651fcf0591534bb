package io.github.sbi4j.core.mcmc;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** A metric with a variance for each coordinate. */
public final class DiagonalMetric implements Metric {
  private final double[] variances;
  private final double[] momentumSds;

  private DiagonalMetric(double[] variances) {
    this.variances = variances;
    this.momentumSds = new double[variances.length];
    Arrays.setAll(momentumSds, d -> 1 / Math.sqrt(variances[d]));
  }

  /**
   * The metric whose inverse mass matrix has the given diagonal.
   *
   * @param variances D positive numbers
   * @return the metric
   * @throws IllegalArgumentException if there is none or one is not positive and finite
   */
  public static DiagonalMetric of(double... variances) {
    Require.atLeast("the number of variances", variances.length, 1);
    for (int d = 0; d < variances.length; d++) {
      Require.positive("variances[" + d + "]", variances[d]);
    }
    return new DiagonalMetric(variances.clone());
  }

  /**
   * The identity.
   *
   * @param dimension the number of coordinates, D
   * @return the metric of a target of unit scale
   * @throws IllegalArgumentException if {@code dimension} is less than one
   */
  public static DiagonalMetric identity(int dimension) {
    double[] ones = new double[Require.atLeast("dimension", dimension, 1)];
    Arrays.fill(ones, 1);
    return new DiagonalMetric(ones);
  }

  @Override
  public int dimension() {
    return variances.length;
  }

  @Override
  public double[] momentum(RandomGenerator random) {
    double[] result = new double[variances.length];
    for (int d = 0; d < result.length; d++) {
      result[d] = momentumSds[d] * random.nextGaussian();
    }
    return result;
  }

  @Override
  public double[] velocity(double[] momentum) {
    double[] result = new double[variances.length];
    for (int d = 0; d < result.length; d++) {
      result[d] = variances[d] * momentum[d];
    }
    return result;
  }

  @Override
  public double[][] inverseMass() {
    double[][] result = new double[variances.length][variances.length];
    for (int d = 0; d < variances.length; d++) {
      result[d][d] = variances[d];
    }
    return result;
  }
}
