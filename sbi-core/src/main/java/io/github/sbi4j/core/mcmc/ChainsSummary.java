package io.github.sbi4j.core.mcmc;

import io.github.sbi4j.core.sample.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The text of {@link Chains#summary()}. */
final class ChainsSummary {
  private static final List<String> HEADER =
      List.of(
          "",
          "mean",
          "sd",
          "5%",
          "median",
          "95%",
          "mcse mean",
          "mcse sd",
          "ess bulk",
          "ess tail",
          "r-hat");

  private ChainsSummary() {}

  static String of(Chains chains) {
    Diagnostics diagnostics = chains.diagnostics();
    Samples samples = chains.toSamples();
    double[] mean = samples.mean();
    double[] sd = samples.sd();
    double[][] quantiles = samples.quantiles(0.05, 0.5, 0.95);
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEADER);
    for (int d = 0; d < chains.names().size(); d++) {
      List<String> line = new ArrayList<>();
      line.add(chains.names().get(d));
      double[] numbers = {
        mean[d],
        sd[d],
        quantiles[0][d],
        quantiles[1][d],
        quantiles[2][d],
        diagnostics.mcseMean()[d],
        diagnostics.mcseSd()[d]
      };
      for (double number : numbers) {
        line.add(String.format(Locale.ROOT, "%.4g", number));
      }
      line.add(String.format(Locale.ROOT, "%.0f", diagnostics.essBulk()[d]));
      line.add(String.format(Locale.ROOT, "%.0f", diagnostics.essTail()[d]));
      line.add(String.format(Locale.ROOT, "%.3f", diagnostics.rHat()[d]));
      lines.add(line);
    }
    StringBuilder text = new StringBuilder(align(lines));
    text.append(foot(chains, diagnostics));
    diagnostics.warnings().forEach(warning -> text.append("\nWarning: ").append(warning));
    return text.toString();
  }

  private static String foot(Chains chains, Diagnostics diagnostics) {
    return String.format(
        Locale.ROOT,
        "%d chains of %d draws, %d evaluations, mean acceptance %.2f, %d divergences",
        chains.size(),
        chains.draws(),
        diagnostics.evaluations(),
        diagnostics.meanAcceptance(),
        diagnostics.divergences());
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
    return text.toString();
  }
}
