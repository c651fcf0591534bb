package io.github.sbi4j.core.simulation;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The inputs of simulations under conditions: parameters and conditions side by side. */
final class ConditionalRun {
  /** The index of the seed for the conditions among those derived from the seed of a run. */
  private static final long CONDITIONS = -2;

  private ConditionalRun() {}

  /** Draws conditions; if nobody named them they are c_1, c_2, ..., as theta_1 is a parameter. */
  static Samples draw(Distribution design, int count, long seed) {
    Samples drawn = design.sample(count, RandomStreams.key(seed, CONDITIONS));
    String[] unnamed = numbered("theta_", drawn.columns());
    return drawn.names().equals(List.of(unnamed))
        ? drawn.named(numbered("c_", drawn.columns()))
        : drawn;
  }

  private static String[] numbered(String prefix, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> prefix + i).toArray(String[]::new);
  }

  /** N x (D + K). */
  static Samples inputs(Samples parameters, Samples conditions) {
    if (parameters.rows() != conditions.rows()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d rows of parameters for %d rows of conditions; row i of one belongs to row i of the other",
              parameters.rows(),
              conditions.rows()));
    }
    int d = parameters.columns();
    int k = conditions.columns();
    double[][] rows = new double[parameters.rows()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOf(parameters.row(i), d + k);
      System.arraycopy(conditions.row(i), 0, rows[i], d, k);
    }
    return Samples.copyOf(
        Stream.concat(parameters.names().stream(), conditions.names().stream()).toList(), rows);
  }
}
