package io.github.sbi4j.core.simulation;

import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.SimulationFailure.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * Simulations as comma-separated values: parameters, conditions, observations, and two text columns
 * where there are failures.
 */
final class SimulationsCsv {
  private static final String KIND = "failure";
  private static final String MESSAGE = "failure_message";
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

  private SimulationsCsv() {}

  static void write(Simulations table, Path file) {
    List<String> header = header(table);
    Iterator<SimulationFailure> failures = table.failures().iterator();
    SimulationFailure next = failures.hasNext() ? failures.next() : null;
    try (CSVPrinter printer =
        new CSVPrinter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), FORMAT)) {
      printer.printRecord(header);
      for (int row = 0; row < table.size(); row++) {
        printRow(printer, table.parameters(), row);
        if (table.conditions().isPresent()) {
          printRow(printer, table.conditions().get(), row);
        }
        printRow(printer, table.observations(), row);
        if (next != null && next.row() == row) {
          printer.print(next.kind());
          printer.print(next.message());
          next = failures.hasNext() ? failures.next() : null;
        } else if (!table.failures().isEmpty()) {
          printer.print("");
          printer.print("");
        }
        printer.println();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static List<String> header(Simulations table) {
    List<String> header = new ArrayList<>(table.parameters().names());
    table.conditions().ifPresent(conditions -> header.addAll(conditions.names()));
    header.addAll(table.observations().names());
    List<String> all = new ArrayList<>(header);
    all.addAll(List.of(KIND, MESSAGE));
    if (new HashSet<>(all).size() < all.size()) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "two columns of %s have the same name, or one is called %s or %s; rename parameters, conditions or observations",
              header,
              KIND,
              MESSAGE));
    }
    return table.failures().isEmpty() ? header : all;
  }

  private static void printRow(CSVPrinter printer, Samples samples, int row) throws IOException {
    for (double value : samples.row(row)) {
      printer.print(Double.toString(value));
    }
  }

  static Simulations read(Path file, List<String> parameterNames) {
    Samples parameters = Samples.readCsv(file, parameterNames);
    try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, FORMAT)) {
      Iterator<CSVRecord> lines = parser.iterator();
      List<String> header = lines.next().stream().map(SimulationsCsv::clean).toList();
      List<String> observed = new ArrayList<>(header);
      observed.removeAll(parameterNames);
      observed.removeAll(List.of(KIND, MESSAGE));
      if (observed.isEmpty()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s has no columns besides the parameters %s, expected observations",
                file,
                parameterNames));
      }
      List<SimulationFailure> failures =
          header.contains(KIND) && header.contains(MESSAGE)
              ? readFailures(file, lines, header, parameters)
              : List.of();
      return Simulations.of(parameters, Samples.readCsv(file, observed), failures);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static List<SimulationFailure> readFailures(
      Path file, Iterator<CSVRecord> lines, List<String> header, Samples parameters) {
    List<SimulationFailure> failures = new ArrayList<>();
    for (int row = 0; lines.hasNext(); row++) {
      CSVRecord line = lines.next();
      String kind = line.get(header.indexOf(KIND));
      if (!kind.isEmpty()) {
        String message = line.get(header.indexOf(MESSAGE));
        double[] theta = parameters.row(row);
        failures.add(new SimulationFailure(row, theta, parseKind(file, line, kind), message, null));
      }
    }
    return failures;
  }

  private static Kind parseKind(Path file, CSVRecord line, String kind) {
    try {
      return Kind.valueOf(kind);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "record %d of %s has '%s' in column '%s', expected one of %s",
              line.getRecordNumber(),
              file,
              kind,
              KIND,
              Arrays.toString(Kind.values())),
          e);
    }
  }

  private static String clean(String name) {
    return name.replace("\uFEFF", "").trim();
  }
}
