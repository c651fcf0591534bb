package io.github.sbi4j.ppl.distribution;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Points over R^n with weights, dense enough for the densities of the contract test. */
record Grid(int dimension, double[] axis, double[] weights) {
  /** One dimension reaches far out, because of Cauchy's tails; three are coarse. */
  static Grid of(int dimension) {
    if (dimension == 1) {
      int n = 20_001;
      double[] axis = new double[n];
      double[] weights = new double[n];
      for (int i = 0; i < n; i++) {
        double u = (i - n / 2) * 0.002;
        axis[i] = Math.sinh(u);
        weights[i] = 0.002 * Math.cosh(u);
      }
      return new Grid(1, axis, weights);
    }
    int n = dimension == 2 ? 401 : 81;
    double step = dimension == 2 ? 0.08 : 0.1;
    double[] axis = IntStream.range(0, n).mapToDouble(i -> (i - n / 2) * step).toArray();
    double[] weights = new double[n];
    Arrays.fill(weights, step);
    return new Grid(dimension, axis, weights);
  }

  double[] points() {
    double[] result = new double[size() * dimension];
    for (int i = 0; i < size(); i++) {
      for (int d = 0; d < dimension; d++) {
        result[i * dimension + d] = axis[index(i, d)];
      }
    }
    return result;
  }

  /** The coordinate of each point. */
  double[] coordinate(int d) {
    return IntStream.range(0, size()).mapToDouble(i -> axis[index(i, d)]).toArray();
  }

  double[] masses(double[] logDensities) {
    double[] result = new double[size()];
    for (int i = 0; i < size(); i++) {
      double weight = 1;
      for (int d = 0; d < dimension; d++) {
        weight *= weights[index(i, d)];
      }
      double mass = weight * Math.exp(logDensities[i]);
      result[i] = Double.isNaN(mass) ? 0 : mass;
    }
    return result;
  }

  /** How far a cumulative distribution read off the grid may be off. */
  double coarseness() {
    return dimension == 3 ? 0.01 : 0.002;
  }

  private int size() {
    return (int) Math.round(Math.pow(axis.length, dimension));
  }

  private int index(int point, int d) {
    int left = point;
    for (int k = 0; k < d; k++) {
      left /= axis.length;
    }
    return left % axis.length;
  }

  /** Kolmogorov's distance of draws from points with masses, a point's mass counted half at it. */
  static double distance(double[] positions, double[] masses, double[] draws) {
    double[] sorted = draws.clone();
    Arrays.sort(sorted);
    int[] order =
        IntStream.range(0, positions.length)
            .boxed()
            .sorted((a, b) -> Double.compare(positions[a], positions[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    double below = 0;
    double worst = 0;
    int at = 0;
    for (int i = 0; i < order.length; ) {
      double position = positions[order[i]];
      double mass = 0;
      while (i < order.length && positions[order[i]] == position) {
        mass += masses[order[i++]];
      }
      while (at < sorted.length && sorted[at] <= position) {
        at++;
      }
      worst = Math.max(worst, Math.abs(below + mass / 2 - (double) at / sorted.length));
      below += mass;
    }
    return worst;
  }
}
