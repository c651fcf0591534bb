package io.github.sbi4j.flows.estimator;

import io.github.sbi4j.flows.embedding.Embedding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings each column to a scale of about one: u = (v - location) / scale, then asinh(u) where the
 * column is heavy-tailed.
 *
 * <p>Location and scale are mean and standard deviation. A column with values more than ten
 * interquartile ranges from its median is heavy-tailed: it gets median and interquartile range /
 * 1.349 instead, and asinh draws in its extremes. A constant column keeps the scale one.
 */
public final class Standardization {
  private static final double OUTLIER_RANGES = 10;
  private static final double NORMAL_RANGE = 1.349;
  private static final long MOST_AT_A_TIME = 8_000_000;

  private final double[] location;
  private final double[] scale;
  private final boolean[] compressed;
  private final boolean[] constant;

  private Standardization(
      double[] location, double[] scale, boolean[] compressed, boolean[] constant) {
    this.location = location;
    this.scale = scale;
    this.compressed = compressed;
    this.constant = constant;
  }

  /**
   * No change to any of the given number of columns.
   *
   * @param columns the number of columns
   * @return the standardisation that changes nothing
   */
  public static Standardization identity(int columns) {
    double[] ones = new double[columns];
    Arrays.fill(ones, 1);
    return new Standardization(
        new double[columns], ones, new boolean[columns], new boolean[columns]);
  }

  /**
   * Restores a saved one.
   *
   * @param location one value a column
   * @param scale one positive value a column
   * @param compressed whether asinh is applied, a column each
   * @return the standardisation
   */
  public static Standardization of(double[] location, double[] scale, boolean[] compressed) {
    if (location.length != scale.length || scale.length != compressed.length) {
      throw new IllegalArgumentException(
          "a standardisation needs as many locations, scales and flags as columns, but has "
              + location.length
              + ", "
              + scale.length
              + " and "
              + compressed.length);
    }
    for (int j = 0; j < scale.length; j++) {
      if (!(scale[j] > 0) || Double.isInfinite(scale[j]) || !Double.isFinite(location[j])) {
        throw new IllegalArgumentException(
            "column "
                + j
                + " has location "
                + location[j]
                + " and scale "
                + scale[j]
                + ", expected finite values and a positive scale");
      }
    }
    return new Standardization(
        location.clone(), scale.clone(), compressed.clone(), new boolean[scale.length]);
  }

  /**
   * Fits to the columns of a table, each by itself.
   *
   * @param rows N rows of finite values, N at least 2
   * @return the standardisation
   */
  public static Standardization fit(double[][] rows) {
    return fit(Arrays.asList(rows), Embedding.identity());
  }

  /**
   * Fits to observations as an embedding network wants them: columns of one {@linkplain
   * Embedding#columnGroups group} share location and scale, those of a negative group are not
   * changed, and {@linkplain Embedding#dataLength padding} is left out.
   *
   * @param rows N rows of finite values, N at least 2; read a few times
   * @param embedding the settings of the network that the rows are given to
   * @return the standardisation
   * @throws IllegalArgumentException if the network cannot take such rows
   */
  public static Standardization fit(List<double[]> rows, Embedding embedding) {
    double[] first = rows.get(0);
    int columns = first.length;
    int[] groups = embedding.columnGroups(columns);
    int[] lengths = rows.stream().mapToInt(embedding::dataLength).toArray();
    Standardization result = identity(columns);
    Map<Integer, List<Integer>> members = new LinkedHashMap<>();
    for (int j = 0; j < columns; j++) {
      if (groups[j] < 0) {
        int column = j;
        result.constant[j] = rows.stream().allMatch(row -> row[column] == first[column]);
      } else {
        members.computeIfAbsent(groups[j], any -> new ArrayList<>()).add(j);
      }
    }
    List<ColumnPool> waiting = new ArrayList<>();
    long values = 0;
    for (List<Integer> group : members.values()) {
      ColumnPool pool = new ColumnPool(group, rows.size());
      if (values + pool.capacity() > MOST_AT_A_TIME) {
        result.fitGroups(waiting, rows, lengths);
        values = 0;
      }
      values += pool.capacity();
      waiting.add(pool);
    }
    result.fitGroups(waiting, rows, lengths);
    return result;
  }

  /** Fits to some groups in one pass over the rows, which may be costly to read. */
  private void fitGroups(List<ColumnPool> pools, List<double[]> rows, int[] lengths) {
    for (int i = 0; !pools.isEmpty() && i < lengths.length; i++) {
      double[] row = rows.get(i);
      for (ColumnPool pool : pools) {
        pool.add(i, row, lengths[i]);
      }
    }
    pools.forEach(pool -> fitGroup(pool.values(), pool.columns()));
    pools.clear();
  }

  private void fitGroup(double[] values, List<Integer> columns) {
    double mean = Arrays.stream(values).average().orElse(0);
    double squares = 0;
    for (double v : values) {
      squares += (v - mean) * (v - mean);
    }
    double sd = Math.sqrt(squares / (values.length - 1));
    Arrays.sort(values);
    double lowest = values.length == 0 ? 0 : values[0];
    double highest = values.length == 0 ? 0 : values[values.length - 1];
    boolean varies = sd > 1e-10 * Math.max(Math.abs(lowest), Math.abs(highest));
    double median = values.length == 0 ? 0 : quantile(values, 0.5);
    double range = varies ? quantile(values, 0.75) - quantile(values, 0.25) : 0;
    boolean outliers =
        range > 0 && Math.max(median - lowest, highest - median) > OUTLIER_RANGES * range;
    for (int j : columns) {
      constant[j] = !varies;
      compressed[j] = outliers;
      location[j] = varies && !outliers ? mean : median;
      scale[j] = !varies ? 1 : outliers ? range / NORMAL_RANGE : sd;
    }
  }

  private static double quantile(double[] sorted, double p) {
    double at = p * (sorted.length - 1);
    int low = (int) at;
    int high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
  }

  /**
   * This standardisation with another location and scale of one column, which is not drawn in.
   *
   * @param column its index
   * @param newLocation its location
   * @param newScale its scale, positive
   * @return the changed standardisation; a column that was constant still counts as that
   */
  Standardization with(int column, double newLocation, double newScale) {
    Standardization changed =
        new Standardization(location.clone(), scale.clone(), compressed.clone(), constant);
    changed.location[column] = newLocation;
    changed.scale[column] = newScale;
    changed.compressed[column] = false;
    return changed;
  }

  /** {@return the number of columns} */
  public int columns() {
    return scale.length;
  }

  /** {@return the location of each column} */
  public double[] location() {
    return location.clone();
  }

  /** {@return the scale of each column} */
  public double[] scale() {
    return scale.clone();
  }

  /** {@return whether asinh is applied to each column} */
  public boolean[] compressed() {
    return compressed.clone();
  }

  /** {@return the indices of columns that were constant in the rows it was fitted to} */
  public List<Integer> constantColumns() {
    return where(constant);
  }

  /** {@return the indices of heavy-tailed columns} */
  public List<Integer> compressedColumns() {
    return where(compressed);
  }

  private static List<Integer> where(boolean[] flags) {
    List<Integer> indices = new ArrayList<>();
    for (int j = 0; j < flags.length; j++) {
      if (flags[j]) {
        indices.add(j);
      }
    }
    return indices;
  }

  /**
   * Standardises one row.
   *
   * @param values the row, not changed
   * @param result receives the standardised row, may be the same array
   * @return log |det| of the Jacobian, the sum of the logs of the columns' derivatives
   */
  public double forward(double[] values, double[] result) {
    double logDeterminant = 0;
    for (int j = 0; j < scale.length; j++) {
      double u = (values[j] - location[j]) / scale[j];
      logDeterminant -= Math.log(scale[j]);
      if (compressed[j]) {
        logDeterminant -= 0.5 * Math.log1p(u * u);
        u = asinh(u);
      }
      result[j] = u;
    }
    return logDeterminant;
  }

  /**
   * Undoes {@link #forward}.
   *
   * @param standardized the standardised row, not changed
   * @param result receives the row, may be the same array
   */
  public void inverse(double[] standardized, double[] result) {
    for (int j = 0; j < scale.length; j++) {
      double u = compressed[j] ? Math.sinh(standardized[j]) : standardized[j];
      result[j] = u * scale[j] + location[j];
    }
  }

  /**
   * Turns the gradient of a function of the standardised row into that of the same function of the
   * row itself.
   *
   * @param values the row
   * @param gradient the gradient with respect to the standardised row; receives the result
   */
  public void pullBackFunction(double[] values, double[] gradient) {
    for (int j = 0; j < scale.length; j++) {
      double root = compressed[j] ? Math.hypot(1, (values[j] - location[j]) / scale[j]) : 1;
      gradient[j] /= root * scale[j];
    }
  }

  /**
   * Turns the gradient of a log-density of the standardised row into that of the log-density of the
   * row itself.
   *
   * @param values the row
   * @param gradient the gradient with respect to the standardised row; receives the result
   */
  public void pullBack(double[] values, double[] gradient) {
    for (int j = 0; j < scale.length; j++) {
      double slope = 1 / scale[j];
      if (compressed[j]) {
        double u = (values[j] - location[j]) / scale[j];
        double root = Math.hypot(1, u);
        gradient[j] = (gradient[j] / root - u / (root * root)) * slope;
      } else {
        gradient[j] *= slope;
      }
    }
  }

  private static double asinh(double u) {
    double a = Math.abs(u);
    double value =
        a > 1e8 ? Math.log(a) + Math.log(2) : Math.log1p(a + a * a / (1 + Math.sqrt(1 + a * a)));
    return Math.copySign(value, u);
  }
}
