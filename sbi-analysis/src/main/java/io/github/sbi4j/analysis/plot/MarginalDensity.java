package io.github.sbi4j.analysis.plot;

/** A Gaussian kernel density estimate of one column, on a grid. */
final class MarginalDensity {
  private static final int NODES = 400;

  private final Range range;
  private final double[] values;

  private MarginalDensity(Range range, double[] values) {
    this.range = range;
    this.values = values;
  }

  /**
   * Estimates the density in a range.
   *
   * <p>At ends that bound the values the estimate is reflected, so that it does not drop there.
   */
  static MarginalDensity of(double[] column, Range range) {
    double step = (range.high() - range.low()) / (NODES - 1);
    double sigma = Math.max(Bandwidth.of(column) / step, 0.7);
    int radius = (int) Math.ceil(4 * sigma);
    double[] kernel = new double[2 * radius + 1];
    double scale = 1 / (Math.sqrt(2 * Math.PI) * sigma * step * column.length);
    for (int k = -radius; k <= radius; k++) {
      kernel[k + radius] = scale * Math.exp(-0.5 * k * k / (sigma * sigma));
    }
    // Nodes up to one radius outside count the values that reach in; values two radii out do not.
    double[] counts = new double[NODES + 2 * radius];
    for (double value : column) {
      double at = (value - range.low()) / step + radius;
      if (at >= 0 && at < counts.length - 1) {
        int node = (int) at;
        counts[node] += 1 - (at - node);
        counts[node + 1] += at - node;
      }
    }
    double[] padded = new double[counts.length + 2 * radius];
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        for (int k = 0; k < kernel.length; k++) {
          padded[i + k] += counts[i] * kernel[k];
        }
      }
    }
    return new MarginalDensity(range, fold(padded, 2 * radius, range.bounds(column)));
  }

  /** The inner part of a padded grid, with what lies outside mirrored into it if asked for. */
  private static double[] fold(double[] padded, int pad, boolean mirror) {
    int nodes = padded.length - 2 * pad;
    double[] result = new double[nodes];
    for (int i = 0; i < nodes; i++) {
      result[i] = padded[pad + i];
      if (mirror) {
        result[i] += i <= pad ? padded[pad - i] : 0;
        int beyond = nodes - 1 - i;
        result[i] += beyond <= pad ? padded[pad + nodes - 1 + beyond] : 0;
      }
    }
    return result;
  }

  /** The number of nodes of the grid, the ends of the range included. */
  int nodes() {
    return values.length;
  }

  /** The value of the column at a node. */
  double position(int node) {
    return range.low() + node * (range.high() - range.low()) / (values.length - 1);
  }

  /** The density at a node. */
  double value(int node) {
    return values[node];
  }

  /** The largest density on the grid. */
  double maximum() {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, value);
    }
    return largest;
  }
}
