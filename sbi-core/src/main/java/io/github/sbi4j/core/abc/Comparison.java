package io.github.sbi4j.core.abc;

import io.github.sbi4j.core.concurrent.Tasks;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** How simulations are compared with one observation; fixed before any is accepted. */
final class Comparison {
  private static final int CHUNK = 256;

  /** N simulations, all valid, what of them is compared, and how far that is. */
  record Compared(Samples parameters, Samples observations, double[] distances) {}

  private final @Nullable FittedSummary summary;
  private final double[] observed;
  private final int columns;
  private final List<String> names;
  private final ToDoubleFunction<double[]> distance;
  private final int threads;

  /** Learns what there is to be learned, the summary apart, from valid simulations of the prior. */
  Comparison(
      AbcSettings settings,
      @Nullable FittedSummary summary,
      double[] observed,
      Samples observations) {
    double[] checked = Require.observation(observed);
    this.summary = summary;
    this.columns = observations.columns();
    this.observed = summary == null ? checked : summary.of(checked);
    Samples rows = summarised(observations);
    this.names = rows.names();
    this.distance = settings.distance().from(this.observed, rows);
    this.threads = settings.simulation().threads();
  }

  /** What the compared values are called. */
  List<String> names() {
    return names;
  }

  double[] observed() {
    return observed;
  }

  /** Measures all rows of a table without failures. */
  Compared compare(Simulations valid) {
    if (valid.observations().columns() != columns) {
      throw new IllegalStateException(
          "the simulator returned "
              + valid.observations().columns()
              + " values, expected "
              + columns
              + " as before; it has to return as many for any parameters");
    }
    Samples rows = summarised(valid.observations());
    double[] distances = new double[rows.rows()];
    int chunks = (rows.rows() + CHUNK - 1) / CHUNK;
    // Threads would be given up at once by an interrupt that the simulations have ended with.
    int workers = Thread.currentThread().isInterrupted() ? 1 : threads;
    List<double[]> parts = Tasks.map(workers, chunks, chunk -> distances(rows, chunk));
    for (int chunk = 0; chunk < chunks; chunk++) {
      System.arraycopy(parts.get(chunk), 0, distances, chunk * CHUNK, parts.get(chunk).length);
    }
    return new Compared(valid.parameters(), rows, distances);
  }

  private double[] distances(Samples rows, int chunk) {
    int from = chunk * CHUNK;
    double[] result = new double[Math.min(CHUNK, rows.rows() - from)];
    for (int i = 0; i < result.length; i++) {
      result[i] = distance.applyAsDouble(rows.row(from + i));
      if (Double.isNaN(result[i])) {
        throw new IllegalStateException(
            "the distance of a simulation is NaN, expected a number; +Infinity says that it is"
                + " never to be accepted");
      }
    }
    return result;
  }

  private Samples summarised(Samples observations) {
    return summary == null ? observations : summary.of(observations);
  }
}
