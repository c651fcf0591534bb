package io.github.sbi4j.core.mcmc;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Chains in the layout that {@code arviz.from_json} reads: C x N arrays by name. */
final class ArvizJson {
  private final Chains chains;
  private final Writer writer;
  private String separator = "";

  private ArvizJson(Chains chains, Writer writer) {
    this.chains = chains;
    this.writer = writer;
  }

  static void write(Chains chains, Path file) {
    if (chains.draws() == 0) {
      throw new IllegalStateException(
          "a chain has no draw to write (" + chains.stopReason() + "); give the run more time");
    }
    try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      new ArvizJson(chains, writer).write();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private void write() throws IOException {
    group("{\"posterior\": {");
    for (int d = 0; d < chains.names().size(); d++) {
      int coordinate = d;
      doubles(chains.names().get(d), chain -> chain.coordinate(coordinate));
    }
    group("},\n\"sample_stats\": {");
    doubles("lp", Chain::logDensities);
    doubles("acceptance_rate", Chain::acceptances);
    array("diverging", chain -> values(chain.divergent()));
    array("n_steps", chain -> values(chain.evaluations()));
    if (Diagnostics.hasEnergies(chains)) {
      doubles("energy", Chain::energies);
      array("tree_depth", chain -> values(chain.treeDepths()));
    }
    writer.write("}}\n");
  }

  private void group(String opening) throws IOException {
    writer.write(opening);
    separator = "\n";
  }

  private void doubles(String name, Function<Chain, double[]> values) throws IOException {
    array(
        name,
        chain -> {
          double[] numbers = values.apply(chain);
          return i -> number(numbers[i]);
        });
  }

  private void array(String name, Function<Chain, IntFunction<String>> values) throws IOException {
    writer.write(separator + quoted(name) + ": [");
    for (int c = 0; c < chains.size(); c++) {
      IntFunction<String> ofChain = values.apply(chains.chain(c));
      writer.write(c == 0 ? "[" : ",\n[");
      for (int i = 0; i < chains.draws(); i++) {
        writer.write(i == 0 ? "" : ",");
        writer.write(ofChain.apply(i));
      }
      writer.write("]");
    }
    writer.write("]");
    separator = ",\n";
  }

  private static IntFunction<String> values(boolean[] flags) {
    return i -> Boolean.toString(flags[i]);
  }

  private static IntFunction<String> values(int[] numbers) {
    return i -> Integer.toString(numbers[i]);
  }

  /** Python's json reads these names of what is not finite. */
  private static String number(double value) {
    return Double.toString(value);
  }

  private static String quoted(String text) {
    StringBuilder result = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        result.append('\\').append(c);
      } else if (c < ' ') {
        result.append("\\u00").append(Character.forDigit(c >> 4, 16));
        result.append(Character.forDigit(c & 15, 16));
      } else {
        result.append(c);
      }
    }
    return result.append('"').toString();
  }
}
