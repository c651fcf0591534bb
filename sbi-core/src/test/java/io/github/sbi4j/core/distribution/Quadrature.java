package io.github.sbi4j.core.distribution;

import io.github.sbi4j.core.random.RandomStreams;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * Integrals under a density: the trapezoidal rule after z = centre + scale sinh(u), in
 * unconstrained space, where it converges exponentially.
 */
final class Quadrature {
  private final Distribution distribution;
  private final Bijection bijection;
  private final int half;
  private final double step;
  private final double[] centre;
  private final double[] scale;

  private Quadrature(Distribution distribution, int half, double reach) {
    this.distribution = distribution;
    this.bijection = distribution.bijection();
    this.half = half;
    this.step = reach / half;
    int dimension = distribution.dimension();
    this.centre = new double[dimension];
    this.scale = new double[dimension];
    double[][] z = new double[1000][dimension];
    for (int i = 0; i < z.length; i++) {
      bijection.forward(distribution.sample(RandomStreams.of(1, i)), z[i]);
    }
    for (int d = 0; d < dimension; d++) {
      int column = d;
      double[] sorted = Arrays.stream(z).mapToDouble(row -> row[column]).sorted().toArray();
      centre[d] = sorted[500];
      scale[d] = sorted[750] - sorted[250];
    }
  }

  /** A grid fit for the dimension: fine and far for one value, coarse and near for three. */
  static Quadrature of(Distribution distribution) {
    return switch (distribution.dimension()) {
      case 1 -> new Quadrature(distribution, 9000, 45);
      case 2 -> new Quadrature(distribution, 100, 5);
      default -> new Quadrature(distribution, 30, 4.5);
    };
  }

  /** The expectation of a function of the value. */
  double expectation(ToDoubleFunction<double[]> function) {
    return sum(function, new double[centre.length], 0, 1);
  }

  private double sum(ToDoubleFunction<double[]> function, double[] z, int d, double weight) {
    if (d == z.length) {
      double[] value = new double[z.length];
      double logDeterminant = bijection.inverse(z, value);
      double density = weight * Math.exp(distribution.logProb(value) + logDeterminant);
      return density == 0 ? 0 : density * function.applyAsDouble(value);
    }
    double sum = 0;
    for (int k = -half; k <= half; k++) {
      z[d] = node(d, k);
      sum += sum(function, z, d + 1, weight * scale[d] * Math.cosh(k * step) * step);
    }
    return sum;
  }

  private double node(int d, int k) {
    return centre[d] + scale[d] * Math.sinh(k * step);
  }

  /**
   * The probabilities of lying below each of some unconstrained points, by the cumulative rule.
   *
   * @param sorted unconstrained points in ascending order, of a distribution of one value
   */
  double[] cumulative(double[] sorted) {
    double[] result = new double[sorted.length];
    double below = 0;
    double previous = 0;
    int next = 0;
    double[] value = new double[1];
    for (int k = -half; k <= half && next < sorted.length; k++) {
      double z = node(0, k);
      double logDeterminant = bijection.inverse(new double[] {z}, value);
      double density =
          Math.exp(distribution.logProb(value) + logDeterminant) * scale[0] * Math.cosh(k * step);
      double area = 0.5 * step * (previous + density);
      double left = node(0, k - 1);
      for (; next < sorted.length && sorted[next] <= z; next++) {
        result[next] = below + area * (sorted[next] - left) / (z - left);
      }
      below += area;
      previous = density;
    }
    return result;
  }
}
