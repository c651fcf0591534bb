package io.github.sbi4j.analysis.plot;

import java.util.Arrays;

/**
 * A Gaussian kernel density estimate of two columns, on a grid.
 *
 * <p>The kernel is shaped like the samples: its covariance is {@code L diag(h1^2, h2^2) L'} with L
 * the Cholesky factor of their covariance and h1, h2 the bandwidths of the whitened columns. So a
 * narrow ridge stays narrow, and separate modes stay apart.
 */
final class DensityGrid {
  private static final int FEWEST_NODES = 64;
  private static final int MOST_NODES = 256;

  private final int nodes;

  /** Row by row, from the low end of the second column on. */
  private final float[][] values;

  private DensityGrid(float[][] values) {
    this.nodes = values.length;
    this.values = values;
  }

  /** Estimates the density in a rectangle; reflected at ends that bound the values. */
  static DensityGrid of(double[] x, double[] y, Range rangeX, Range rangeY) {
    Kernel kernel = Kernel.of(x, y);
    double extentX = rangeX.high() - rangeX.low();
    double extentY = rangeY.high() - rangeY.low();
    double needed = 2.2 * Math.max(extentX / kernel.narrowX(), extentY / kernel.narrowY());
    int nodes = (int) Math.min(Math.max(needed, FEWEST_NODES), MOST_NODES);
    double stepX = extentX / (nodes - 1);
    double stepY = extentY / (nodes - 1);
    Stencil stencil = Stencil.of(kernel, stepX, stepY);
    int radiusX = stencil.radiusX();
    int radiusY = stencil.radiusY();
    float[][] counts = new float[nodes + 2 * radiusY][nodes + 2 * radiusX];
    for (int i = 0; i < x.length; i++) {
      double atX = (x[i] - rangeX.low()) / stepX + radiusX;
      double atY = (y[i] - rangeY.low()) / stepY + radiusY;
      if (atX >= 0 && atY >= 0 && atX < counts[0].length - 1 && atY < counts.length - 1) {
        share(counts, atX, atY);
      }
    }
    float[][] padded = stencil.spread(counts);
    fold(padded, 2 * radiusY, rangeY.bounds(y));
    float[][] values = new float[nodes][];
    for (int j = 0; j < nodes; j++) {
      float[][] row = transpose(padded[2 * radiusY + j]);
      fold(row, 2 * radiusX, rangeX.bounds(x));
      values[j] = new float[nodes];
      for (int i = 0; i < nodes; i++) {
        values[j][i] = row[2 * radiusX + i][0];
      }
    }
    return new DensityGrid(values);
  }

  /**
   * A density that was evaluated on a grid of any steps, read off between its nodes.
   *
   * @param gridX ascending positions to the right
   * @param gridY ascending positions upwards
   * @param density the density at gridY[a], gridX[b]
   */
  static DensityGrid interpolated(double[] gridX, double[] gridY, double[][] density) {
    float[][] values = new float[MOST_NODES / 2][MOST_NODES / 2];
    int[] left = new int[values.length];
    double[] share = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      left[i] = locate(gridX, i, values.length);
      share[i] = share(gridX, left[i], i, values.length);
    }
    for (int j = 0; j < values.length; j++) {
      int a = locate(gridY, j, values.length);
      double up = share(gridY, a, j, values.length);
      for (int i = 0; i < values.length; i++) {
        double low = mix(density[a][left[i]], density[a][left[i] + 1], share[i]);
        double high = mix(density[a + 1][left[i]], density[a + 1][left[i] + 1], share[i]);
        values[j][i] = (float) mix(low, high, up);
      }
    }
    return new DensityGrid(values);
  }

  private static double mix(double from, double to, double share) {
    return from + share * (to - from);
  }

  private static double position(double[] grid, int node, int nodes) {
    return mix(grid[0], grid[grid.length - 1], (double) node / (nodes - 1));
  }

  /** The last position of the grid at or below a node, but not the very last. */
  private static int locate(double[] grid, int node, int nodes) {
    int found = Arrays.binarySearch(grid, position(grid, node, nodes));
    return Math.max(0, Math.min(grid.length - 2, found >= 0 ? found : -found - 2));
  }

  private static double share(double[] grid, int index, int node, int nodes) {
    return (position(grid, node, nodes) - grid[index]) / (grid[index + 1] - grid[index]);
  }

  private static void share(float[][] counts, double atX, double atY) {
    int i = (int) atX;
    int j = (int) atY;
    float u = (float) (atX - i);
    float v = (float) (atY - j);
    counts[j][i] += (1 - u) * (1 - v);
    counts[j][i + 1] += u * (1 - v);
    counts[j + 1][i] += (1 - u) * v;
    counts[j + 1][i + 1] += u * v;
  }

  /** Adds the rows outside the inner ones to their mirror images inside, if asked for. */
  private static void fold(float[][] padded, int pad, boolean mirror) {
    if (!mirror) {
      return;
    }
    int last = padded.length - 1 - pad;
    int reach = Math.min(pad, last - pad);
    for (int k = 0; k <= reach; k++) {
      add(padded[pad + k], padded[pad - k].clone());
      add(padded[last - k], padded[last + k].clone());
    }
  }

  private static void add(float[] to, float[] from) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }

  private static float[][] transpose(float[] row) {
    float[][] result = new float[row.length][1];
    for (int i = 0; i < row.length; i++) {
      result[i][0] = row[i];
    }
    return result;
  }

  /** The number of nodes along each side, the ends of the ranges included. */
  int nodes() {
    return nodes;
  }

  /** The density at a node, not normalised. */
  float value(int i, int j) {
    return values[j][i];
  }

  /** The largest density on the grid. */
  double maximum() {
    double largest = 0;
    for (float[] row : values) {
      for (float value : row) {
        largest = Math.max(largest, value);
      }
    }
    return largest;
  }

  /** The density on the border of the smallest region that holds a share of the mass in view. */
  double threshold(double share) {
    float[] sorted = new float[nodes * nodes];
    double total = 0;
    for (int j = 0; j < nodes; j++) {
      System.arraycopy(values[j], 0, sorted, j * nodes, nodes);
      for (float value : values[j]) {
        total += value;
      }
    }
    Arrays.sort(sorted);
    double sum = 0;
    for (int i = sorted.length - 1; i >= 0; i--) {
      sum += sorted[i];
      if (sum >= share * total) {
        return sorted[i];
      }
    }
    return 0;
  }
}
