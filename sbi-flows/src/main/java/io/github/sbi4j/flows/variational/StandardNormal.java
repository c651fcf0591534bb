package io.github.sbi4j.flows.variational;

import java.util.random.RandomGenerator;

/** The standard normal in D coordinates. */
final class StandardNormal {
  private static final double LOG_2_PI = Math.log(2 * Math.PI);

  private StandardNormal() {}

  static double[][] draw(int count, int dimension, RandomGenerator random) {
    double[][] points = new double[count][dimension];
    for (double[] point : points) {
      for (int d = 0; d < dimension; d++) {
        point[d] = random.nextGaussian();
      }
    }
    return points;
  }

  static double logProb(double[] point) {
    double sum = point.length * LOG_2_PI;
    for (double value : point) {
      sum += value * value;
    }
    return -0.5 * sum;
  }
}
