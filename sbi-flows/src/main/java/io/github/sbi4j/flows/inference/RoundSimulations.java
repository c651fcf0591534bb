package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.distribution.Proposal;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.SimulationException;
import io.github.sbi4j.core.simulation.SimulationRunner;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The simulations of a round, in chunks with seeds of their own: read where the folder has them,
 * simulated and saved where not. Observations have so many values.
 */
record RoundSimulations(
    Simulator simulator,
    SimulationRunner runner,
    int observed,
    int chunkSize,
    @Nullable RoundsFolder folder) {

  Simulations of(int round, Proposal proposal, int count, long seed) {
    Samples parameters = parameters(round, proposal, count, seed);
    @Nullable Simulations all = null;
    int chunks = (parameters.rows() + chunkSize - 1) / chunkSize;
    for (int c = 0; c < chunks; c++) {
      Simulations chunk = chunk(round, c, parameters, seed);
      all = all == null ? chunk : all.append(chunk);
    }
    Simulations table = Objects.requireNonNull(all);
    if (table.failures().size() == table.size()) {
      throw new IllegalStateException(
          "all "
              + count
              + " simulations of round "
              + round
              + " failed; the first: "
              + table.failures().get(0));
    }
    return table;
  }

  private Samples nothing(int rows) {
    double[] values = new double[rows * observed];
    Arrays.fill(values, Double.NaN);
    List<String> names = IntStream.rangeClosed(1, observed).mapToObj(i -> "x_" + i).toList();
    return Samples.ofRowMajor(names, values);
  }

  private Samples parameters(int round, Proposal proposal, int count, long seed) {
    Optional<Samples> found = folder == null ? Optional.empty() : folder.parameters(round);
    if (found.isPresent()) {
      return found.get();
    }
    Samples drawn = proposal.sample(count, Simulations.parameterSeed(seed));
    if (folder != null) {
      folder.save(round, drawn);
    }
    return drawn;
  }

  private Simulations chunk(int round, int chunk, Samples parameters, long seed) {
    Optional<Simulations> found =
        folder == null ? Optional.empty() : folder.chunk(round, chunk, parameters.names());
    if (found.isPresent()) {
      return found.get();
    }
    int from = chunk * chunkSize;
    Samples rows = parameters.slice(from, Math.min(parameters.rows(), from + chunkSize));
    Simulations done;
    try {
      done = runner.run(simulator, rows, RandomStreams.key(seed, chunk));
    } catch (SimulationException e) {
      if (!e.everyRowFailed() || rows.rows() == parameters.rows()) {
        throw e;
      }
      // Rows of other chunks may be valid. It is not saved: run again, they are tried again.
      return Simulations.of(rows, nothing(rows.rows()), e.failures());
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException(
          "interrupted while simulating round "
              + round
              + (folder == null ? "" : "; run again to go on from what is saved"));
    }
    if (folder != null) {
      folder.save(round, chunk, done);
    }
    return done;
  }
}
