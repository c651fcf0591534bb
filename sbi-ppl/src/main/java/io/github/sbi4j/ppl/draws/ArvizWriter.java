package io.github.sbi4j.ppl.draws;

import io.github.sbi4j.core.mcmc.Chain;
import io.github.sbi4j.core.mcmc.Chains;
import io.github.sbi4j.ppl.expression.Shape;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes groups of named draws as JSON that {@code arviz.from_json(file)} opens: values as arrays C
 * x N x shape, with the names of plates as dimensions.
 */
public final class ArvizWriter {
  private final Map<String, NamedDraws> groups = new LinkedHashMap<>();
  private final Chains chains;

  /**
   * Begins a file of a run.
   *
   * @param chains the run, which gives the statistics of its steps
   */
  public ArvizWriter(Chains chains) {
    this.chains = chains;
  }

  /**
   * Adds a group.
   *
   * @param group one of ArviZ's names, such as {@code posterior} or {@code log_likelihood}
   * @param draws its values; for {@code observed_data} one draw
   * @return this
   */
  public ArvizWriter add(String group, NamedDraws draws) {
    groups.put(group, draws);
    return this;
  }

  /**
   * Writes the file.
   *
   * @param file the file to write or overwrite
   * @throws UncheckedIOException if it cannot be written
   */
  public void write(Path file) {
    try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      writer.write("{\n");
      for (Map.Entry<String, NamedDraws> group : groups.entrySet()) {
        writer.write(quoted(group.getKey()) + ": {");
        writeGroup(writer, group.getKey(), group.getValue());
        writer.write("},\n");
      }
      writer.write("\"sample_stats\": {");
      writeStatistics(writer);
      writer.write("},\n\"dims\": {" + dimensions() + "}\n}\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static void writeGroup(Writer writer, String group, NamedDraws draws) throws IOException {
    String separator = "\n";
    for (String name : draws.names()) {
      writer.write(separator + quoted(name) + ": ");
      separator = ",\n";
      Shape shape = draws.shape(name);
      double[][][] values = draws.byChain(name);
      if (group.equals("observed_data")) {
        writer.write(array(values[0][0], shape, 0, 0));
        continue;
      }
      for (int c = 0; c < values.length; c++) {
        writer.write(c == 0 ? "[" : ",\n");
        for (int i = 0; i < values[c].length; i++) {
          writer.write((i == 0 ? "[" : ",") + array(values[c][i], shape, 0, 0));
        }
        writer.write("]");
      }
      writer.write("]");
    }
  }

  private void writeStatistics(Writer writer) throws IOException {
    Map<String, String> statistics = new LinkedHashMap<>();
    for (int c = 0; c < chains.size(); c++) {
      Chain chain = chains.chain(c);
      put(statistics, "lp", numbers(chain.logDensities()));
      put(statistics, "acceptance_rate", numbers(chain.acceptances()));
      put(statistics, "energy", numbers(chain.energies()));
      put(statistics, "tree_depth", Arrays.toString(head(chain.treeDepths())));
      put(statistics, "n_steps", Arrays.toString(head(chain.evaluations())));
      boolean[] divergent = Arrays.copyOf(chain.divergent(), chains.draws());
      put(statistics, "diverging", Arrays.toString(divergent));
    }
    writer.write(
        statistics.entrySet().stream()
            .map(entry -> "\n" + quoted(entry.getKey()) + ": [" + entry.getValue() + "]")
            .collect(Collectors.joining(",")));
  }

  private static void put(Map<String, String> statistics, String name, String chain) {
    statistics.merge(name, chain, (before, next) -> before + ",\n" + next);
  }

  private String numbers(double[] values) {
    return Arrays.toString(Arrays.copyOf(values, chains.draws()));
  }

  private int[] head(int[] values) {
    return Arrays.copyOf(values, chains.draws());
  }

  /** The plates of each value; ArviZ numbers the axes after them. */
  private String dimensions() {
    Map<String, String> dimensions = new LinkedHashMap<>();
    for (NamedDraws draws : groups.values()) {
      for (String name : draws.names()) {
        String plates =
            draws.shape(name).axes().stream()
                .takeWhile(axis -> !axis.name().isEmpty())
                .map(axis -> quoted(axis.name()))
                .collect(Collectors.joining(", ", "[", "]"));
        dimensions.put(name, quoted(name) + ": " + plates);
      }
    }
    return String.join(", ", dimensions.values());
  }

  private static String array(double[] values, Shape shape, int axis, int offset) {
    if (axis == shape.rank()) {
      return Double.toString(values[offset]);
    }
    int size = shape.axes().get(axis).size();
    int step = shape.inner(shape.rank() - axis - 1).size();
    return IntStream.range(0, size)
        .mapToObj(i -> array(values, shape, axis + 1, offset + i * step))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String quoted(String text) {
    StringBuilder result = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
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
