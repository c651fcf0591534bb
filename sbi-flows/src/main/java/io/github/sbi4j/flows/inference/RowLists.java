package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.sample.Samples;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Tables as lists of rows. A list may read or make a row when it is asked for it, so that tables
 * need not lie in memory.
 */
final class RowLists {
  private RowLists() {}

  private static final class View extends AbstractList<double[]> implements RandomAccess {
    private final int size;
    private final IntFunction<double[]> rows;

    View(int size, IntFunction<double[]> rows) {
      this.size = size;
      this.rows = rows;
    }

    @Override
    public double[] get(int index) {
      return rows.apply(index);
    }

    @Override
    public int size() {
      return size;
    }
  }

  /** The rows of an array, copied. */
  static List<double[]> copyOf(double[][] rows) {
    return List.of(Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new));
  }

  /** The rows of a table, which stay where they are; none if there is no table. */
  static List<double[]> of(@Nullable Samples table) {
    return table == null ? List.of() : new View(table.rows(), table::row);
  }

  /** Rows without a value. */
  static List<double[]> empty(int size) {
    return Collections.nCopies(size, new double[0]);
  }

  /** Some rows of a list. */
  static List<double[]> select(List<double[]> rows, int[] chosen) {
    return chosen.length == rows.size() ? rows : new View(chosen.length, i -> rows.get(chosen[i]));
  }

  /** The rows of one list, then those of another. */
  static List<double[]> append(List<double[]> first, List<double[]> second) {
    if (first.isEmpty()) {
      return second;
    }
    List<List<double[]>> parts = new ArrayList<>();
    parts.addAll(first instanceof Joined joined ? joined.parts : List.of(first));
    parts.add(second);
    return new Joined(parts);
  }

  /** Lists one after the other, however many. */
  private static final class Joined extends AbstractList<double[]> implements RandomAccess {
    private final List<List<double[]>> parts;
    private final int[] starts;
    private final int size;

    Joined(List<List<double[]>> parts) {
      this.parts = parts;
      this.starts = new int[parts.size()];
      int sum = 0;
      for (int k = 0; k < starts.length; k++) {
        starts[k] = sum;
        sum += parts.get(k).size();
      }
      this.size = sum;
    }

    @Override
    public double[] get(int index) {
      int found = Arrays.binarySearch(starts, Objects.checkIndex(index, size));
      int part = found >= 0 ? found : -found - 2;
      while (part + 1 < starts.length && starts[part + 1] == index) {
        part++; // parts before this one are empty
      }
      return parts.get(part).get(index - starts[part]);
    }

    @Override
    public int size() {
      return size;
    }
  }

  /** Rows of one list continued by those of another. */
  static List<double[]> beside(List<double[]> first, List<double[]> second) {
    return new View(
        first.size(),
        i -> {
          double[] head = first.get(i);
          double[] tail = second.get(i);
          double[] row = Arrays.copyOf(head, head.length + tail.length);
          System.arraycopy(tail, 0, row, head.length, tail.length);
          return row;
        });
  }

  /** All rows in memory. */
  static double[][] toArray(List<double[]> rows) {
    return rows.toArray(double[][]::new);
  }
}
