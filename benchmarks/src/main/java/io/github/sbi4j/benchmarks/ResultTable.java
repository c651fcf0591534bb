package io.github.sbi4j.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** A CSV file of results that grows row by row and knows which cells it has. */
final class ResultTable {
  private static final CSVFormat HEADED =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

  private final Path file;
  private final Set<List<String>> done = new HashSet<>();
  private List<String> columns = List.of();

  private ResultTable(Path file) {
    this.file = file;
  }

  /**
   * Opens a file, which need not exist.
   *
   * @param file the file
   * @return its table
   * @throws IllegalArgumentException if it exists and is not a table of results
   */
  static ResultTable open(Path file) {
    ResultTable table = new ResultTable(file);
    if (!Files.exists(file)) {
      return table;
    }
    try (BufferedReader reader = Files.newBufferedReader(file);
        CSVParser parser = HEADED.parse(reader)) {
      table.columns = parser.getHeaderNames();
      if (!table.columns.containsAll(Cell.KEYS)) {
        throw new IllegalArgumentException(
            "%s has the columns %s, expected %s among them; give --out another file"
                .formatted(file, table.columns, Cell.KEYS));
      }
      for (CSVRecord record : parser) {
        table.done.add(Cell.KEYS.stream().map(record::get).toList());
      }
      return table;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** True if the file has the cell with this identity. */
  boolean contains(Map<String, ?> identity) {
    return done.contains(key(identity));
  }

  /**
   * Writes a row at the end of the file, at once.
   *
   * @param results the values by column, the keys of a cell among them
   * @throws IllegalArgumentException if the file has other columns
   */
  void append(Map<String, ?> results) {
    List<String> names = List.copyOf(results.keySet());
    boolean first = columns.isEmpty();
    if (!first && !names.equals(columns)) {
      throw new IllegalArgumentException(
          "%s has the columns %s, expected %s; give --out another file"
              .formatted(file, columns, names));
    }
    try (BufferedWriter writer =
            Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        CSVPrinter printer = CSVFormat.DEFAULT.print(writer)) {
      if (first) {
        printer.printRecord(names);
        columns = names;
      }
      for (Object value : results.values()) {
        printer.print(Json.finite(value)); // null, an empty cell, for what does not apply
      }
      printer.println();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    done.add(key(results));
  }

  private static List<String> key(Map<String, ?> values) {
    return Cell.KEYS.stream().map(name -> String.valueOf(values.get(name))).toList();
  }
}
