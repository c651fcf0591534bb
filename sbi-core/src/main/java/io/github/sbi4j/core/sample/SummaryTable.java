package io.github.sbi4j.core.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The text of {@link Samples#summary()}: one line a column, numbers to three digits of its standard
 * deviation.
 */
final class SummaryTable {
  private static final double[] PROBABILITIES = {0.025, 0.25, 0.5, 0.75, 0.975};
  private static final List<String> HEADER =
      List.of("", "mean", "sd", "2.5%", "25%", "median", "75%", "97.5%");
  private static final int MAX_WIDTH = 12;

  private SummaryTable() {}

  static String of(Samples samples) {
    double[] mean = samples.mean();
    double[] sd = samples.sd();
    double[][] quantiles = samples.quantiles(PROBABILITIES);
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEADER);
    for (int d = 0; d < samples.columns(); d++) {
      double[] numbers = new double[2 + PROBABILITIES.length];
      numbers[0] = mean[d];
      numbers[1] = sd[d];
      for (int i = 0; i < PROBABILITIES.length; i++) {
        numbers[2 + i] = quantiles[i][d];
      }
      List<String> line = new ArrayList<>();
      line.add(samples.names().get(d));
      line.addAll(format(numbers, sd[d]));
      lines.add(line);
    }
    return align(lines);
  }

  private static List<String> format(double[] numbers, double sd) {
    List<String> result = new ArrayList<>();
    int decimals = decimals(sd > 0 && sd < Double.POSITIVE_INFINITY ? sd : Math.abs(numbers[0]));
    for (double number : numbers) {
      // Adding zero turns -0.0 into 0.0.
      result.add(
          Double.isFinite(number)
              ? String.format(Locale.ROOT, "%." + decimals + "f", number + 0.0)
              : Double.toString(number));
    }
    if (decimals > MAX_WIDTH - 2 || result.stream().anyMatch(text -> text.length() > MAX_WIDTH)) {
      result.clear();
      for (double number : numbers) {
        result.add(
            Double.isFinite(number)
                ? String.format(Locale.ROOT, "%.4e", number + 0.0)
                : Double.toString(number));
      }
    }
    return result;
  }

  /** As many decimals as show three digits of the scale. */
  private static int decimals(double scale) {
    return scale > 0 && scale < Double.POSITIVE_INFINITY
        ? Math.max(0, 2 - (int) Math.floor(Math.log10(scale)))
        : 2;
  }

  private static String align(List<List<String>> lines) {
    int[] widths = new int[HEADER.size()];
    for (List<String> line : lines) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], line.get(c).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      for (int c = 0; c < widths.length; c++) {
        String padding = " ".repeat(widths[c] - line.get(c).length());
        text.append(c == 0 ? line.get(c) + padding : "  " + padding + line.get(c));
      }
      text.append('\n');
    }
    return text.toString().stripTrailing();
  }
}
