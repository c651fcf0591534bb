package io.github.sbi4j.analysis.plot;

import java.util.Arrays;

/** Counts and means of values in the cells of a table. */
final class BinnedMeans {
  private final int rows;
  private final int[] counts;
  private final double[] sums;

  BinnedMeans(int columns, int rows) {
    this.rows = rows;
    this.counts = new int[columns * rows];
    this.sums = new double[columns * rows];
  }

  void add(int column, int row, double value) {
    counts[column * rows + row]++;
    sums[column * rows + row] += value;
  }

  int count(int column, int row) {
    return counts[column * rows + row];
  }

  /** The mean of the values in a cell; NaN in an empty one. */
  double mean(int column, int row) {
    return sums[column * rows + row] / counts[column * rows + row];
  }

  /** The largest count, at least one. */
  int largestCount() {
    return Math.max(1, Arrays.stream(counts).max().orElseThrow());
  }
}
