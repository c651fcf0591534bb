package io.github.sbi4j.flows.estimator;

import java.util.Arrays;
import java.util.List;

/** The values of some columns, gathered row by row; of many values, those of every few rows. */
final class ColumnPool {
  private static final long MOST_OF_COLUMN = 16_000_000;
  private static final long MOST_OF_GROUP = 1_000_000;

  private final List<Integer> columns;
  private final int step;
  private final double[] values;
  private int size;

  ColumnPool(List<Integer> columns, int rows) {
    this.columns = columns;
    long all = (long) rows * columns.size();
    long most = columns.size() == 1 ? MOST_OF_COLUMN : MOST_OF_GROUP;
    boolean some = columns.size() > 1 || all > most;
    this.step = some ? (int) Math.min(rows, 1 + all / most) : 1;
    this.values = new double[(rows + step - 1) / step * columns.size()];
  }

  /** The largest number of values. */
  int capacity() {
    return values.length;
  }

  /** Adds the values of a row, of which those from the given length on are padding. */
  void add(int index, double[] row, int length) {
    if (index % step == 0) {
      for (int column : columns) {
        if (column < length) {
          values[size++] = row[column];
        }
      }
    }
  }

  List<Integer> columns() {
    return columns;
  }

  double[] values() {
    return size == values.length ? values : Arrays.copyOf(values, size);
  }
}
