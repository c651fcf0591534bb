package io.github.sbi4j.analysis.metric;

import io.github.sbi4j.core.concurrent.Tasks;
import java.util.List;

/**
 * The kernel between all pairs of pooled rows, ready for the estimate under any split of them.
 *
 * <p>With the sums of all rows of the matrix at hand only the pairs within the first part of a
 * split are added up anew; the other two sums follow.
 */
final class PermutedKernel {
  /** The part below the diagonal. */
  private final float[][] lower;

  /** The sum over each row of the whole matrix without its diagonal. */
  private final double[] sums;

  private final double total;

  private PermutedKernel(float[][] lower, double[] sums, double total) {
    this.lower = lower;
    this.sums = sums;
    this.total = total;
  }

  static PermutedKernel of(double[][] rows, double factor, int threads) {
    List<float[]> parts =
        Tasks.map(
            threads,
            rows.length,
            i -> {
              float[] row = new float[i];
              for (int j = 0; j < i; j++) {
                row[j] = (float) Math.exp(factor * Mmd.squaredDistance(rows[i], rows[j]));
              }
              return row;
            });
    float[][] lower = parts.toArray(float[][]::new);
    double[] sums = new double[rows.length];
    double total = 0;
    for (int i = 0; i < lower.length; i++) {
      for (int j = 0; j < i; j++) {
        sums[i] += lower[i][j];
        sums[j] += lower[i][j];
        total += lower[i][j];
      }
    }
    return new PermutedKernel(lower, sums, total);
  }

  /** The estimate when the given rows, in ascending order, are the first set. */
  double estimate(int[] first) {
    double within = 0;
    double touching = 0;
    for (int i = 0; i < first.length; i++) {
      float[] row = lower[first[i]];
      touching += sums[first[i]];
      for (int j = 0; j < i; j++) {
        within += row[first[j]];
      }
    }
    double across = touching - 2 * within;
    double inSecond = total - within - across;
    return Mmd.estimate(first.length, lower.length - first.length, within, inSecond, across);
  }
}
