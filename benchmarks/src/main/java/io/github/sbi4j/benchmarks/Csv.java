package io.github.sbi4j.benchmarks;

import io.github.sbi4j.core.sample.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPInputStream;

/** Tables of numbers in CSV files with a header row; files ending in {@code .gz} are compressed. */
public final class Csv {
  private Csv() {}

  /**
   * Reads a table.
   *
   * @param file the file
   * @return its rows
   * @throws IllegalArgumentException if the file does not exist, has no rows or holds something
   *     else than numbers
   */
  public static Samples read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("no file %s; expected a CSV file".formatted(file));
    }
    Samples table = file.toString().endsWith(".gz") ? decompress(file) : Samples.readCsv(file);
    if (table.rows() == 0) {
      throw new IllegalArgumentException(
          "%s has no rows; expected a header and at least one row of numbers".formatted(file));
    }
    return table;
  }

  /**
   * Reads a table with a known number of columns.
   *
   * @param file the file
   * @param columns the number of columns
   * @return its rows
   * @throws IllegalArgumentException as {@link #read(Path)}, and if the number of columns differs
   */
  public static Samples read(Path file, int columns) {
    Samples table = read(file);
    if (table.columns() != columns) {
      throw new IllegalArgumentException(
          "%s has %d columns %s, expected %d"
              .formatted(file, table.columns(), table.names(), columns));
    }
    return table;
  }

  /**
   * Reads a table of one row.
   *
   * @param file the file
   * @param columns the number of columns
   * @return the row
   * @throws IllegalArgumentException as {@link #read(Path, int)}, and if there are more rows
   */
  public static double[] readRow(Path file, int columns) {
    Samples table = read(file, columns);
    if (table.rows() != 1) {
      throw new IllegalArgumentException(
          "%s has %d rows, expected one observation".formatted(file, table.rows()));
    }
    return table.row(0);
  }

  private static Samples decompress(Path file) {
    try {
      Path plain = Files.createTempFile("samples", ".csv");
      try (InputStream stream = new GZIPInputStream(Files.newInputStream(file))) {
        Files.copy(stream, plain, StandardCopyOption.REPLACE_EXISTING);
        return Samples.readCsv(plain);
      } finally {
        Files.delete(plain);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
