package io.github.sbi4j.spark;

import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Draws and simulations as Parquet, read and written by Spark.
 *
 * <p>A file has a column for each of the table's, of doubles, and the number of the row, {@code
 * row}, by which rows are put in order again; that of simulations also {@code failure}, the kind,
 * and {@code failure_message}, both null where a row did not fail. Which columns are parameters,
 * conditions and observations is in the metadata of the columns, which other programs ignore.
 */
public final class ParquetTables {
  private final SparkSession session;

  private ParquetTables(SparkSession session) {
    this.session = session;
  }

  /**
   * Reads and writes by a session of Spark's.
   *
   * @param session the session, which the caller stops
   * @return the reader and writer
   */
  public static ParquetTables by(SparkSession session) {
    return new ParquetTables(Objects.requireNonNull(session, "session"));
  }

  /**
   * Writes draws.
   *
   * @param samples N draws of D values
   * @param path where to write, a folder as Spark's files are; nothing may be there
   * @throws IllegalStateException if it cannot be written, or names of columns clash
   */
  public void write(Samples samples, String path) {
    write(
        session.createDataFrame(TableColumns.rows(samples), TableColumns.of(samples)).coalesce(1),
        path);
  }

  /**
   * Writes simulations. Reading them back gives an equal table, without the causes of failures.
   *
   * @param table the simulations
   * @param path where to write, a folder as Spark's files are; nothing may be there
   * @throws IllegalStateException if it cannot be written, or names of columns clash
   */
  public void write(Simulations table, String path) {
    List<String> conditions = table.conditions().map(Samples::names).orElse(List.of());
    write(
        session
            .createDataFrame(
                TableColumns.rows(table, 0),
                TableColumns.of(
                    table.parameters().names(), conditions, table.observations().names()))
            .coalesce(1),
        path);
  }

  /**
   * Reads draws, or any table of numbers. Null is read as NaN.
   *
   * @param path the files
   * @param columns the names of the wanted columns, in the wanted order; all but the number of the
   *     row if none are given
   * @return the table, in the order of its column {@code row} if it was written here
   * @throws IllegalArgumentException if a column is missing or has no numbers
   * @throws IllegalStateException if it cannot be read
   */
  public Samples readSamples(String path, String... columns) {
    return ReadRows.of(session, path).samples(List.of(columns));
  }

  /**
   * Reads simulations, of this library's making or another's.
   *
   * @param path the files
   * @param parameters the names of the parameters, for files that do not say it; all other columns
   *     are observations then
   * @return the table
   * @throws IllegalArgumentException if it is not known which columns are parameters, a column is
   *     missing or has no numbers, or a parameter is not finite
   * @throws IllegalStateException if it cannot be read
   */
  public Simulations readSimulations(String path, String... parameters) {
    return ReadRows.of(session, path).simulations(List.of(parameters));
  }

  static void write(Dataset<Row> rows, String path) {
    SparkErrors.explained(
        () -> {
          rows.write().parquet(path);
          return path;
        });
  }
}
