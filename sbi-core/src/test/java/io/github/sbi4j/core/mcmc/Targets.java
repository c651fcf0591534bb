package io.github.sbi4j.core.mcmc;

import java.util.random.RandomGenerator;

/** Targets with known truths. */
final class Targets {
  private Targets() {}

  /** N(0, covariance) with unit scale and equal correlation rho between all coordinates. */
  static DifferentiableLogDensity equicorrelated(int dimension, double rho) {
    // The inverse of (1 - rho) I + rho 11^T, by Sherman and Morrison.
    double own = 1 / (1 - rho);
    double shared = own * rho / (1 - rho + dimension * rho);
    return DifferentiableLogDensity.of(
        dimension,
        (q, gradient) -> {
          double sum = 0;
          double squares = 0;
          for (double value : q) {
            sum += value;
            squares += value * value;
          }
          for (int d = 0; d < q.length; d++) {
            gradient[d] = -own * q[d] + shared * sum;
          }
          return -0.5 * own * squares + 0.5 * shared * sum * sum;
        });
  }

  /** A draw from {@link #equicorrelated}. */
  static double[] equicorrelated(int dimension, double rho, RandomGenerator random) {
    double common = Math.sqrt(rho) * random.nextGaussian();
    double[] result = new double[dimension];
    for (int d = 0; d < dimension; d++) {
      result[d] = common + Math.sqrt(1 - rho) * random.nextGaussian();
    }
    return result;
  }

  /** Independent normals with the given standard deviations. */
  static DifferentiableLogDensity normal(double... sd) {
    return DifferentiableLogDensity.of(
        sd.length,
        (q, gradient) -> {
          double sum = 0;
          for (int d = 0; d < q.length; d++) {
            gradient[d] = -q[d] / (sd[d] * sd[d]);
            sum += 0.5 * q[d] * gradient[d];
          }
          return sum;
        });
  }

  /** q1 ~ N(0, 1), q2 ~ N(b (q1^2 - 1), 1): means 0, variances 1 and 1 + 2 b^2. */
  static DifferentiableLogDensity banana(double b) {
    return DifferentiableLogDensity.of(
        2,
        (q, gradient) -> {
          double residual = q[1] - b * (q[0] * q[0] - 1);
          gradient[0] = -q[0] + residual * 2 * b * q[0];
          gradient[1] = -residual;
          return -0.5 * q[0] * q[0] - 0.5 * residual * residual;
        });
  }

  /** A draw from {@link #banana}. */
  static double[] banana(double b, RandomGenerator random) {
    double first = random.nextGaussian();
    return new double[] {first, b * (first * first - 1) + random.nextGaussian()};
  }

  /** w N(-m, 1) + (1 - w) N(m, 1) in each coordinate. */
  static DifferentiableLogDensity bimodal(int dimension, double w, double m) {
    return DifferentiableLogDensity.of(
        dimension,
        (q, gradient) -> {
          double sum = 0;
          for (int d = 0; d < q.length; d++) {
            double left = Math.log(w) - 0.5 * (q[d] + m) * (q[d] + m);
            double right = Math.log(1 - w) - 0.5 * (q[d] - m) * (q[d] - m);
            double total = Subtree.logSum(left, right);
            double share = Math.exp(left - total);
            gradient[d] = -share * (q[d] + m) - (1 - share) * (q[d] - m);
            sum += total;
          }
          return sum;
        });
  }

  /** A draw from {@link #bimodal}. */
  static double[] bimodal(int dimension, double w, double m, RandomGenerator random) {
    double[] result = new double[dimension];
    for (int d = 0; d < dimension; d++) {
      result[d] = (random.nextDouble() < w ? -m : m) + random.nextGaussian();
    }
    return result;
  }
}
