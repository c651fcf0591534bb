package io.github.sbi4j.flows.tensor.cpu.kernel;

/**
 * A thread's copies of runs as rows of their own: the JVM's compiler makes vectors of loops only
 * where every array is read at the same place. Copying costs little beside a product.
 */
final class ScalarRows {
  private static final ThreadLocal<ScalarRows> OWN = ThreadLocal.withInitial(ScalarRows::new);

  private float[][] rows = new float[0][];
  private float[] sum = new float[0];

  /** The rows of the calling thread. */
  static ScalarRows get() {
    return OWN.get();
  }

  private void reserve(int count, int length) {
    if (rows.length < count || rows[0].length < length) {
      int capacity = rows.length == 0 ? length : Math.max(length, rows[0].length);
      rows = new float[Math.max(count, rows.length)][capacity];
    }
    if (sum.length < length) {
      sum = new float[length];
    }
  }

  /** Copies runs, one to a row. */
  float[][] copy(int count, int n, float[] x, int at, int pitch) {
    reserve(count, n);
    for (int i = 0; i < count; i++) {
      System.arraycopy(x, at + i * pitch, rows[i], 0, n);
    }
    return rows;
  }

  /** Copies runs transposed: the values of all runs at one place are a row. */
  float[][] transposed(int count, int n, float[] x, int at, int pitch) {
    reserve(n, count);
    for (int i = 0; i < count; i++) {
      int from = at + i * pitch;
      for (int j = 0; j < n; j++) {
        rows[j][i] = x[from + j];
      }
    }
    return rows;
  }

  /** A row to add up in, as long as the rows. */
  float[] sum() {
    return sum;
  }

  /**
   * Adds a weighted sum of rows, four at a time: more are not vectorised.
   *
   * @param count the number of rows
   * @param n their length
   * @param w the weights
   * @param at where they begin
   * @param step from one to the next
   * @param rows the rows
   * @param sum receives the sum
   */
  static void add(int count, int n, float[] w, int at, int step, float[][] rows, float[] sum) {
    int i = 0;
    int from = at;
    for (; i + 4 <= count; i += 4, from += 4 * step) {
      float a = w[from];
      float b = w[from + step];
      float c = w[from + 2 * step];
      float d = w[from + 3 * step];
      if (a != 0 || b != 0 || c != 0 || d != 0) {
        addFour(n, sum, rows[i], rows[i + 1], rows[i + 2], rows[i + 3], a, b, c, d);
      }
    }
    for (; i < count; i++, from += step) {
      addOne(n, sum, rows[i], w[from]);
    }
  }

  private static void addFour(
      int n,
      float[] sum,
      float[] first,
      float[] second,
      float[] third,
      float[] fourth,
      float a,
      float b,
      float c,
      float d) {
    for (int j = 0; j < n; j++) {
      sum[j] += a * first[j] + b * second[j] + c * third[j] + d * fourth[j];
    }
  }

  private static void addOne(int n, float[] sum, float[] row, float a) {
    for (int j = 0; j < n; j++) {
      sum[j] += a * row[j];
    }
  }
}
