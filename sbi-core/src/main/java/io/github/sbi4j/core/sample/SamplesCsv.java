package io.github.sbi4j.core.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Samples as comma-separated values: a line of names, then {@link Double#toString} of each value.
 */
final class SamplesCsv {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setRecordSeparator('\n').setTrim(true).get();

  private SamplesCsv() {}

  static void write(Samples samples, Path file) {
    try (CSVPrinter printer =
        new CSVPrinter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), FORMAT)) {
      printer.printRecord(samples.names());
      for (int i = 0; i < samples.rows(); i++) {
        for (int d = 0; d < samples.columns(); d++) {
          printer.print(Double.toString(samples.get(i, d)));
        }
        printer.println();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** Reads the wanted columns, or all of them. */
  static Samples read(Path file, @Nullable List<String> wanted) {
    try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, FORMAT)) {
      List<String> header = null;
      int[] sources = new int[0];
      List<double[]> rows = new ArrayList<>();
      for (CSVRecord line : parser) {
        if (header == null) {
          header = header(line);
          wanted = wanted == null ? header : wanted;
          sources = sources(file, header, wanted);
        } else {
          rows.add(values(file, header, line, sources));
        }
      }
      if (header == null || wanted == null) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s is empty; its first line must hold the names of the columns",
                file));
      }
      return Samples.copyOf(wanted, rows.toArray(double[][]::new));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static List<String> header(CSVRecord line) {
    List<String> header = new ArrayList<>(line.toList());
    // Spreadsheets begin UTF-8 files with a byte order mark.
    header.set(0, header.get(0).replace("\uFEFF", ""));
    return header;
  }

  private static int[] sources(Path file, List<String> header, List<String> wanted) {
    int[] sources = wanted.stream().mapToInt(header::indexOf).toArray();
    for (int c = 0; c < sources.length; c++) {
      if (sources[c] < 0) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s has no column named '%s'; its columns are %s",
                file,
                wanted.get(c),
                header));
      }
    }
    return sources;
  }

  private static double[] values(Path file, List<String> header, CSVRecord line, int[] sources) {
    if (line.size() != header.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "record %d of %s has %d cells, expected %d as in its first line",
              line.getRecordNumber(),
              file,
              line.size(),
              header.size()));
    }
    double[] values = new double[sources.length];
    Arrays.setAll(
        values,
        c -> {
          String cell = line.get(sources[c]);
          try {
            return parse(cell);
          } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                String.format(
                    Locale.ROOT,
                    "record %d of %s has '%s' in column '%s', expected a number",
                    line.getRecordNumber(),
                    file,
                    cell,
                    header.get(sources[c])),
                e);
          }
        });
    return values;
  }

  private static double parse(String cell) {
    return switch (cell.toLowerCase(Locale.ROOT)) {
      case "", "nan", "na" -> Double.NaN;
      case "inf", "+inf", "infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(cell);
    };
  }
}
