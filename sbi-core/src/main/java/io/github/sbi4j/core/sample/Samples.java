package io.github.sbi4j.core.sample;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An immutable table of draws: N rows of D named values.
 *
 * <p>Arrays go in and come out as copies. Statistics are per column, in the order of {@link
 * #names()}; a column that holds NaN has NaN statistics. Equality is bit for bit, with NaN equal to
 * NaN.
 */
public final class Samples {
  private static final int NAMES_SHOWN = 8;

  private final List<String> names;
  private final double @Nullable [] values; // null where they lie elsewhere
  private final RowSource source;
  private final int rows;

  /** Takes the array over; {@code values.length} is N x D. */
  private Samples(List<String> names, double[] values) {
    this.names = names;
    this.values = values;
    this.source = new InMemory(values, names.size());
    this.rows = source.rows();
  }

  private Samples(List<String> names, RowSource source) {
    this.names = names;
    this.values = source instanceof InMemory memory ? memory.values() : null;
    this.source = source;
    this.rows = source.rows();
  }

  /** Rows in one array, row after row. */
  private record InMemory(double[] values, int columns) implements RowSource {
    @Override
    public int rows() {
      return values.length / columns;
    }

    @Override
    public void read(int row, double[] target) {
      System.arraycopy(values, row * columns, target, 0, columns);
    }
  }

  /** All values, row after row; read where they lie elsewhere. */
  private double[] values() {
    if (values != null) {
      return values;
    }
    double[] all = allocate(rows, columns());
    for (int i = 0; i < rows; i++) {
      System.arraycopy(row(i), 0, all, i * columns(), columns());
    }
    return all;
  }

  /**
   * A table whose values lie elsewhere than in memory and are read when they are asked for. Single
   * rows and columns are read alone; statistics, selected columns and what is appended take all
   * values into memory.
   *
   * @param names the D names, different and not blank
   * @param source N rows of D values
   * @return the table
   * @throws IllegalArgumentException if the source has another number of columns or the names do
   *     not serve
   */
  public static Samples of(List<String> names, RowSource source) {
    List<String> checked = checkNames(names);
    if (checked.size() != source.columns()) {
      throw mismatch(checked, source.columns());
    }
    return new Samples(checked, source);
  }

  /**
   * Makes a table from rows, copied.
   *
   * @param names the D names, different and not blank
   * @param rows N rows of D values; N may be zero
   * @return the table
   * @throws IllegalArgumentException if a row has another length or the names do not serve
   */
  public static Samples copyOf(List<String> names, double[][] rows) {
    List<String> checked = checkNames(names);
    int columns = checked.size();
    double[] values = allocate(rows.length, columns);
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "row %d has %d values, expected %d: %s",
                i,
                rows[i].length,
                columns,
                shown(checked)));
      }
      System.arraycopy(rows[i], 0, values, i * columns, columns);
    }
    return new Samples(checked, values);
  }

  /**
   * Makes a table from N x D values, row after row, copied.
   *
   * @param names the D names, different and not blank
   * @param values the values of row 0, then of row 1, ...
   * @return the table
   * @throws IllegalArgumentException if the values are not whole rows or the names do not serve
   */
  public static Samples ofRowMajor(List<String> names, double[] values) {
    List<String> checked = checkNames(names);
    if (values.length % checked.size() != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d values are not whole rows of %d: %s",
              values.length,
              checked.size(),
              shown(checked)));
    }
    return new Samples(checked, values.clone());
  }

  /**
   * Reads all columns of a CSV file whose first line holds the names.
   *
   * <p>{@code nan}, {@code inf} and their spellings in Java, NumPy and R are understood; an empty
   * cell is NaN.
   *
   * @param file the file, in UTF-8
   * @return the table
   * @throws java.io.UncheckedIOException if the file cannot be read
   * @throws IllegalArgumentException if a cell is not a number or a line has another length
   */
  public static Samples readCsv(Path file) {
    return SamplesCsv.read(file, null);
  }

  /**
   * Reads some columns of a CSV file whose first line holds the names; see {@link #readCsv(Path)}.
   *
   * @param file the file, in UTF-8
   * @param columns the names of the wanted columns, in the wanted order
   * @return the table
   * @throws java.io.UncheckedIOException if the file cannot be read
   * @throws IllegalArgumentException if a column is missing, a cell is not a number or a line has
   *     another length
   */
  public static Samples readCsv(Path file, List<String> columns) {
    return SamplesCsv.read(file, checkNames(columns));
  }

  /** {@return the number of rows, N} */
  public int rows() {
    return rows;
  }

  /** {@return the number of columns, D} */
  public int columns() {
    return names.size();
  }

  /** {@return the names of the columns} */
  public List<String> names() {
    return names;
  }

  /**
   * Gives one value.
   *
   * @param row the row, from 0
   * @param column the column, from 0
   * @return the value
   */
  public double get(int row, int column) {
    Objects.checkIndex(row, rows);
    Objects.checkIndex(column, columns());
    return values == null ? row(row)[column] : values[row * columns() + column];
  }

  /**
   * Copies one row.
   *
   * @param row the row, from 0
   * @return its D values
   */
  public double[] row(int row) {
    double[] result = new double[columns()];
    source.read(Objects.checkIndex(row, rows), result);
    return result;
  }

  /**
   * Copies one column.
   *
   * @param column the column, from 0
   * @return its N values
   */
  public double[] column(int column) {
    Objects.checkIndex(column, columns());
    double[] result = new double[rows];
    for (int i = 0; i < rows; i++) {
      result[i] = get(i, column);
    }
    return result;
  }

  /**
   * Copies one column.
   *
   * @param name the name of the column
   * @return its N values
   * @throws IllegalArgumentException if there is no such column
   */
  public double[] column(String name) {
    return column(indexOf(name));
  }

  /** {@return a copy of the table as N rows of D values} */
  public double[][] toArray() {
    double[][] result = new double[rows][];
    for (int i = 0; i < rows; i++) {
      result[i] = row(i);
    }
    return result;
  }

  /** {@return a copy of the values, row after row} */
  public double[] toRowMajorArray() {
    return values == null ? values() : values.clone();
  }

  /**
   * The same values under other names.
   *
   * @param names the D names
   * @return the renamed table
   * @throws IllegalArgumentException if the number of names differs or they do not serve
   */
  public Samples named(String... names) {
    List<String> checked = checkNames(Arrays.asList(names));
    if (checked.size() != columns()) {
      throw mismatch(checked, columns());
    }
    return new Samples(checked, source);
  }

  private static IllegalArgumentException mismatch(List<String> names, int columns) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%d names %s for %d columns; give one name per column",
            names.size(),
            shown(names),
            columns));
  }

  /**
   * The first rows.
   *
   * @param count how many; all of them if there are fewer
   * @return the first {@code count} rows
   */
  public Samples head(int count) {
    return slice(0, Math.min(count, rows));
  }

  /**
   * The rows of a range.
   *
   * @param from the first row
   * @param to the row after the last
   * @return rows {@code from} to {@code to - 1}
   */
  public Samples slice(int from, int to) {
    Objects.checkFromToIndex(from, to, rows);
    if (values == null) {
      return take(IntStream.range(from, to).toArray());
    }
    return new Samples(names, Arrays.copyOfRange(values, from * columns(), to * columns()));
  }

  /**
   * The given rows in the given order; a row may come more than once.
   *
   * @param indices which rows
   * @return one row for each index
   */
  public Samples take(int... indices) {
    double[] taken = allocate(indices.length, columns());
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(row(indices[i]), 0, taken, i * columns(), columns());
    }
    return new Samples(names, taken);
  }

  /**
   * The given columns in the given order.
   *
   * @param columns their names
   * @return the narrower table
   * @throws IllegalArgumentException if there is no such column
   */
  public Samples select(String... columns) {
    List<String> checked = checkNames(Arrays.asList(columns));
    int[] sources = checked.stream().mapToInt(this::indexOf).toArray();
    double[] selected = allocate(rows, sources.length);
    for (int i = 0, k = 0; i < rows; i++) {
      double[] row = row(i);
      for (int column : sources) {
        selected[k++] = row[column];
      }
    }
    return new Samples(checked, selected);
  }

  /**
   * These rows followed by those of another table.
   *
   * @param other a table with the same names in the same order
   * @return the longer table
   * @throws IllegalArgumentException if the names differ
   */
  public Samples append(Samples other) {
    if (!names.equals(other.names)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "cannot append columns %s to columns %s; rename or select first",
              shown(other.names),
              shown(names)));
    }
    allocationSize((long) rows + other.rows, columns());
    double[] first = values();
    double[] second = other.values();
    double[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return new Samples(names, joined);
  }

  /** {@return the D means; NaN without rows} */
  public double[] mean() {
    return Moments.mean(values(), columns());
  }

  /** {@return the D standard deviations, with divisor N - 1; NaN for fewer than two rows} */
  public double[] sd() {
    return Moments.sd(values(), columns());
  }

  /** {@return the D x D covariance matrix, with divisor N - 1; NaN for fewer than two rows} */
  public double[][] covariance() {
    return Moments.covariance(values(), columns());
  }

  /** {@return the D x D matrix of Pearson's correlations; NaN where a column is constant} */
  public double[][] correlation() {
    return Moments.correlation(values(), columns());
  }

  /**
   * The quantile of each column, interpolated linearly between order statistics: with the sorted
   * values v<sub>0</sub> to v<sub>N-1</sub> and h = (N - 1) p it is v at h (type 7 of Hyndman and
   * Fan, 1996, the default of R and NumPy).
   *
   * @param p the probability, from 0 to 1
   * @return the D quantiles; NaN without rows
   * @throws IllegalArgumentException if {@code p} is not a probability
   */
  public double[] quantile(double p) {
    return quantiles(p)[0];
  }

  /**
   * Several quantiles at the cost of one sort; see {@link #quantile(double)}.
   *
   * @param p the probabilities, each from 0 to 1
   * @return for each probability the D quantiles
   * @throws IllegalArgumentException if one of them is not a probability
   */
  public double[][] quantiles(double... p) {
    return Quantiles.of(this, p);
  }

  /**
   * {@return an aligned text table: for each column mean, sd, median and the limits of the central
   * 50 % and 95 %}
   */
  public String summary() {
    return SummaryTable.of(this);
  }

  /**
   * Writes the table as CSV: a line of names, then a line for each row; reading it back gives the
   * same bits.
   *
   * @param file the file to write or overwrite
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public void writeCsv(Path file) {
    SamplesCsv.write(this, file);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Samples that
        && names.equals(that.names)
        && rows == that.rows
        && IntStream.range(0, rows).allMatch(i -> Arrays.equals(row(i), that.row(i)));
  }

  @Override
  public int hashCode() {
    int hash = names.hashCode();
    for (int i = 0; i < rows; i++) {
      hash = 31 * hash + Arrays.hashCode(row(i));
    }
    return hash;
  }

  /** {@return the size and the names, not the values} */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "Samples[%d x %d: %s]", rows, columns(), shown(names));
  }

  private int indexOf(String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "no column named '%s'; the columns are %s", name, shown(names)));
    }
    return index;
  }

  private static List<String> checkNames(List<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("no names given; a table needs at least one column");
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (name.isBlank() || !name.equals(name.strip())) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "name '%s' is blank or has space around it, expected text", name));
      }
      if (!seen.add(name)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "name '%s' is given twice in %s; each column needs its own",
                name,
                shown(names)));
      }
    }
    return List.copyOf(names);
  }

  private static double[] allocate(long rows, int columns) {
    return new double[allocationSize(rows, columns)];
  }

  private static int allocationSize(long rows, int columns) {
    if (rows * columns > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a table of %d rows of %d values exceeds the limit of 2^31 values; split it",
              rows,
              columns));
    }
    return (int) (rows * columns);
  }

  private static String shown(List<String> names) {
    return names.size() <= NAMES_SHOWN
        ? names.toString()
        : String.format(
            Locale.ROOT,
            "[%s, ... %d more]",
            String.join(", ", names.subList(0, NAMES_SHOWN)),
            names.size() - NAMES_SHOWN);
  }
}
