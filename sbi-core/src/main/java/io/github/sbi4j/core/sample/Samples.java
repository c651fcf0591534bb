package io.github.sbi4j.core.sample;

import java.util.List;

/** An immutable table of draws: N rows of D named values. */
public final class Samples {
  private final List<String> names;
  private final double[] values;
  private final int rows;

  private Samples(List<String> names, double[] values, int rows) {
    this.names = names;
    this.values = values;
    this.rows = rows;
  }

  /** A table from rows, copied. */
  public static Samples copyOf(List<String> names, double[][] rows) {
    double[] values = new double[rows.length * names.size()];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, values, i * names.size(), names.size());
    }
    return new Samples(List.copyOf(names), values, rows.length);
  }

  /** A table from N x D values, row after row, copied. */
  public static Samples ofRowMajor(List<String> names, double[] values) {
    return new Samples(List.copyOf(names), values.clone(), values.length / names.size());
  }

  /** The number of rows, N. */
  public int rows() {
    return rows;
  }

  /** The number of columns, D. */
  public int columns() {
    return names.size();
  }

  /** The names of the columns. */
  public List<String> names() {
    return names;
  }

  /** One value. */
  public double get(int row, int column) {
    return values[row * names.size() + column];
  }

  /** A copy of one row, D values. */
  public double[] row(int row) {
    return java.util.Arrays.copyOfRange(values, row * columns(), (row + 1) * columns());
  }

  /** A copy of the table as N rows of D values. */
  public double[][] toArray() {
    double[][] result = new double[rows][];
    for (int i = 0; i < rows; i++) {
      result[i] = row(i);
    }
    return result;
  }

  /** A copy of the values, row after row. */
  public double[] toRowMajorArray() {
    return values.clone();
  }
}
