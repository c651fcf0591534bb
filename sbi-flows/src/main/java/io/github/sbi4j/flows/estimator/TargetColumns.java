package io.github.sbi4j.flows.estimator;

import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.random.RandomStreams;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What each of the D columns of a target is, and how networks see them: a categorical column as one
 * number for each of its values, one where it has that value and zero otherwise; these first, then
 * the others as they are. Immutable.
 */
public final class TargetColumns {
  private static final int NOISE_STEPS = 1 << 20;

  private final List<ColumnKind> kinds;
  private final double[][] categories;
  private final int[] discrete;
  private final int[] others;
  private final int oneHot;

  private TargetColumns(List<ColumnKind> kinds, double[][] categories) {
    this.kinds = List.copyOf(kinds);
    this.categories = categories;
    this.discrete = where(true);
    this.others = where(false);
    this.oneHot = Arrays.stream(categories).mapToInt(values -> values.length).sum();
  }

  private int[] where(boolean categorical) {
    return IntStream.range(0, kinds.size())
        .filter(j -> (kinds.get(j) == ColumnKind.CATEGORICAL) == categorical)
        .toArray();
  }

  /**
   * {@return columns of which all are continuous}
   *
   * @param dimension the number of columns, D
   */
  public static TargetColumns continuous(int dimension) {
    ColumnKind[] kinds = new ColumnKind[dimension];
    Arrays.fill(kinds, ColumnKind.CONTINUOUS);
    return new TargetColumns(List.of(kinds), new double[dimension][0]);
  }

  /**
   * Restores saved ones.
   *
   * @param kinds what each column is, D of them
   * @param categories the values of each categorical column, rising; none of another, D x any
   * @return the columns
   * @throws IllegalArgumentException if a categorical column has no values or such as do not rise,
   *     or another has some
   */
  public static TargetColumns of(List<ColumnKind> kinds, double[][] categories) {
    if (kinds.size() != categories.length) {
      throw new IllegalArgumentException(
          kinds.size() + " columns, but categories of " + categories.length);
    }
    double[][] copies = new double[categories.length][];
    for (int j = 0; j < copies.length; j++) {
      double[] values = categories[j].clone();
      boolean categorical = kinds.get(j) == ColumnKind.CATEGORICAL;
      boolean rising = categorical == values.length > 0;
      for (int k = 0; k < values.length; k++) {
        values[k] += 0.0;
        rising &= Double.isFinite(values[k]) && (k == 0 || values[k - 1] < values[k]);
      }
      if (!rising) {
        throw new IllegalArgumentException(
            "column "
                + j
                + " is "
                + kinds.get(j)
                + " with the categories "
                + Arrays.toString(values)
                + ", expected "
                + (categorical ? "at least one finite value, rising" : "none"));
      }
      copies[j] = values;
    }
    return new TargetColumns(kinds, copies);
  }

  /**
   * Reads the categories off a table: the different values of each categorical column.
   *
   * @param kinds what each column is, D of them
   * @param rows N x D
   * @return the columns
   */
  public static TargetColumns fit(List<ColumnKind> kinds, List<double[]> rows) {
    double[][] categories = new double[kinds.size()][0];
    for (int j = 0; j < categories.length; j++) {
      if (kinds.get(j) == ColumnKind.CATEGORICAL) {
        categories[j] = different(rows, j);
      }
    }
    return new TargetColumns(kinds, categories);
  }

  /** The different values of a column, rising; -0 is 0. */
  static double[] different(List<double[]> rows, int column) {
    return rows.stream().mapToDouble(row -> row[column] + 0.0).sorted().distinct().toArray();
  }

  /** {@return the number of columns, D} */
  public int dimension() {
    return kinds.size();
  }

  /** {@return what each column is, D of them} */
  public List<ColumnKind> kinds() {
    return kinds;
  }

  /**
   * {@return the values of a categorical column, rising; none of another}
   *
   * @param column its index
   */
  public double[] categories(int column) {
    return categories[column].clone();
  }

  /** {@return how many values each categorical column has, in their order} */
  public List<Integer> categoryCounts() {
    return Arrays.stream(discrete).mapToObj(j -> categories[j].length).toList();
  }

  /** {@return the number of values by which networks see the categorical columns} */
  public int oneHot() {
    return oneHot;
  }

  /** {@return the indices of columns that are not categorical} */
  public int[] others() {
    return others.clone();
  }

  /** {@return the number of values that networks see of a target} */
  public int seen() {
    return oneHot + others.length;
  }

  /**
   * {@return what hinders a row from being a value of these columns, null if nothing}
   *
   * @param row D values
   */
  public @Nullable String problem(double[] row) {
    for (int j = 0; j < row.length; j++) {
      if (kinds.get(j) == ColumnKind.CATEGORICAL && index(j, row[j]) < 0) {
        return "value "
            + j
            + " is "
            + row[j]
            + ", which is none of the categories of that column in the simulations, "
            + Arrays.toString(categories[j]);
      }
      if (kinds.get(j) == ColumnKind.COUNT && row[j] != Math.rint(row[j])) {
        return "value " + j + " is " + row[j] + ", but that column has integer counts";
      }
    }
    return null;
  }

  /** The place of a value among its column's categories; negative if it is none. */
  private int index(int column, double value) {
    return Arrays.binarySearch(categories[column], value + 0.0);
  }

  /**
   * {@return the support of the columns that are not categorical, null if there are none}
   *
   * @param all the support of all columns
   */
  public @Nullable Support ofOthers(Support all) {
    if (others.length == 0) {
      return null;
    }
    double[] lower = all.lower();
    double[] upper = all.upper();
    return Support.box(
        Arrays.stream(others).mapToDouble(j -> lower[j]).toArray(),
        Arrays.stream(others).mapToDouble(j -> upper[j]).toArray());
  }

  /**
   * Adds to counts what makes them continuous, noise uniform between -1/2 and 1/2.
   *
   * @param rows N x D, not changed
   * @param seed decides the noise; row i has its own
   * @return N x D; the same rows if no column has counts
   */
  public List<double[]> dequantized(List<double[]> rows, long seed) {
    if (!kinds.contains(ColumnKind.COUNT)) {
      return rows;
    }
    return new AbstractList<>() {
      @Override
      public double[] get(int i) {
        var random = RandomStreams.of(seed, i);
        double[] row = rows.get(i).clone();
        for (int j : others) {
          if (kinds.get(j) == ColumnKind.COUNT) {
            row[j] += (random.nextInt(NOISE_STEPS) + 0.5) / NOISE_STEPS - 0.5;
          }
        }
        return row;
      }

      @Override
      public int size() {
        return rows.size();
      }
    };
  }

  /** The index of the k-th column that is not categorical. */
  int other(int k) {
    return others[k];
  }

  /** The values of the columns that are not categorical, less their lower bounds. */
  double[] distances(double[] row, LowerBounds bounds, double[] context) {
    double[] values = new double[others.length];
    for (int k = 0; k < others.length; k++) {
      values[k] = row[others[k]] - bounds.bound(others[k], context);
    }
    return values;
  }

  /** Writes the categorical columns of a row as networks see them, first into the result. */
  void encode(double[] row, double[] result) {
    Arrays.fill(result, 0, oneHot, 0);
    int from = 0;
    for (int j : discrete) {
      int index = index(j, row[j]);
      if (index < 0) {
        throw new IllegalArgumentException(String.valueOf(problem(row)));
      }
      result[from + index] = 1;
      from += categories[j].length;
    }
  }

  /** The values of the categorical columns. */
  List<Double> categoriesOf(double[] row) {
    return Arrays.stream(discrete).mapToObj(j -> row[j] + 0.0).toList();
  }

  /** Puts together a row from what networks see and the values of the other columns. */
  double[] decode(double[] seen, double[] values) {
    double[] row = new double[kinds.size()];
    int from = 0;
    for (int j : discrete) {
      int index = 0;
      for (int k = 1; k < categories[j].length; k++) {
        if (seen[from + k] > seen[from + index]) {
          index = k;
        }
      }
      row[j] = categories[j][index];
      from += categories[j].length;
    }
    for (int k = 0; k < others.length; k++) {
      int j = others[k];
      row[j] = kinds.get(j) == ColumnKind.COUNT ? Math.rint(values[k]) + 0.0 : values[k];
    }
    return row;
  }
}
