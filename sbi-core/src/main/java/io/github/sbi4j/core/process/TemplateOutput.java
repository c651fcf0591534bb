package io.github.sbi4j.core.process;

import io.github.sbi4j.core.process.Protocol.BadLineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The observation in a file that a program wrote. */
final class TemplateOutput {
  private static final long MAX_BYTES = 1 << 26;

  private TemplateOutput() {}

  static double[] read(Path file) throws BadLineException {
    String name = String.valueOf(file.getFileName());
    String text;
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new BadLineException(
            name + " has " + Files.size(file) + " bytes, expected at most " + MAX_BYTES);
      }
      // A byte that is no text must not cost the message what is wrong.
      text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new BadLineException("cannot read " + name + ": " + e);
    }
    try {
      return name.toLowerCase(Locale.ROOT).endsWith(".json") ? Protocol.document(text) : csv(text);
    } catch (BadLineException e) {
      throw new BadLineException(
          name
              + " begins with '"
              + (text.length() > 200 ? text.substring(0, 200) + "..." : text.strip())
              + "'; "
              + e.getMessage());
    }
  }

  private static double[] csv(String text) throws BadLineException {
    List<CSVRecord> records;
    try (CSVParser parser =
        CSVParser.parse(
            text, CSVFormat.DEFAULT.builder().setTrim(true).setIgnoreEmptyLines(true).get())) {
      records = parser.getRecords();
    } catch (IOException | RuntimeException e) {
      throw new BadLineException("expected CSV: " + e.getMessage());
    }
    DoubleStream.Builder values = DoubleStream.builder();
    for (int i = isHeader(records) ? 1 : 0; i < records.size(); i++) {
      for (String cell : records.get(i)) {
        values.add(
            number(cell).orElseThrow(() -> new BadLineException("'" + cell + "' is not a number")));
      }
    }
    double[] result = values.build().toArray();
    if (result.length == 0) {
      throw new BadLineException("expected numbers");
    }
    return result;
  }

  private static boolean isHeader(List<CSVRecord> records) {
    return records.size() > 1 && records.get(0).stream().allMatch(cell -> number(cell).isEmpty());
  }

  /** A number in the ways of R, NumPy and C too. */
  private static OptionalDouble number(String cell) {
    return switch (cell.toLowerCase(Locale.ROOT)) {
      case "nan", "-nan", "na" -> OptionalDouble.of(Double.NaN);
      case "inf", "+inf", "infinity" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
      case "-inf", "-infinity" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
      default -> {
        try {
          yield OptionalDouble.of(Double.parseDouble(cell));
        } catch (NumberFormatException e) {
          yield OptionalDouble.empty();
        }
      }
    };
  }
}
