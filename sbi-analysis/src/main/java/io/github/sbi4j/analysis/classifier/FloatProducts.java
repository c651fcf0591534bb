package io.github.sbi4j.analysis.classifier;

/**
 * Matrix products in single precision, in loops that the just-in-time compiler turns into vector
 * instructions.
 *
 * <p>Matrices are arrays of rows: with one row written per inner loop and every index starting at
 * zero the compiler can prove that no two accesses overlap. Four terms a pass is the most it
 * vectorises; eight run four times slower.
 */
final class FloatProducts {
  private FloatProducts() {}

  /**
   * Adds to one row of a product of matrices: {@code c += sum_p a_p b_p}.
   *
   * @param k the number of terms
   * @param n the number of values in a row
   * @param a an array that holds the factors
   * @param first the place of the first factor
   * @param stride the distance from one factor to the next
   * @param b at least k rows of at least n values
   * @param c the row to add to
   */
  static void addRows(int k, int n, float[] a, int first, int stride, float[][] b, float[] c) {
    int p = 0;
    int at = first;
    for (; p + 4 <= k; p += 4, at += 4 * stride) {
      float a0 = a[at];
      float a1 = a[at + stride];
      float a2 = a[at + 2 * stride];
      float a3 = a[at + 3 * stride];
      addFour(n, c, b[p], b[p + 1], b[p + 2], b[p + 3], a0, a1, a2, a3);
    }
    for (; p < k; p++, at += stride) {
      addOne(n, c, b[p], a[at]);
    }
  }

  private static void addFour(
      int n,
      float[] c,
      float[] b0,
      float[] b1,
      float[] b2,
      float[] b3,
      float a0,
      float a1,
      float a2,
      float a3) {
    for (int j = 0; j < n; j++) {
      c[j] += a0 * b0[j] + a1 * b1[j] + a2 * b2[j] + a3 * b3[j];
    }
  }

  private static void addOne(int n, float[] c, float[] b, float a) {
    for (int j = 0; j < n; j++) {
      c[j] += a * b[j];
    }
  }

  /** The sum of the first n squares; four sums side by side hide the latency of one. */
  static float sumOfSquares(int n, float[] x) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int j = 0;
    for (; j + 4 <= n; j += 4) {
      s0 += x[j] * x[j];
      s1 += x[j + 1] * x[j + 1];
      s2 += x[j + 2] * x[j + 2];
      s3 += x[j + 3] * x[j + 3];
    }
    for (; j < n; j++) {
      s0 += x[j] * x[j];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** The sum of the first n values. */
  static float sum(int n, float[] x) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int j = 0;
    for (; j + 4 <= n; j += 4) {
      s0 += x[j];
      s1 += x[j + 1];
      s2 += x[j + 2];
      s3 += x[j + 3];
    }
    for (; j < n; j++) {
      s0 += x[j];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** Writes the transpose of the upper left m x n part of {@code from} to {@code to}. */
  static void transpose(int m, int n, float[][] from, float[][] to) {
    for (int i = 0; i < m; i++) {
      float[] row = from[i];
      for (int j = 0; j < n; j++) {
        to[j][i] = row[j];
      }
    }
  }
}
