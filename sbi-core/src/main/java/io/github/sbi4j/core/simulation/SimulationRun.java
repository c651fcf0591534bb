package io.github.sbi4j.core.simulation;

import io.github.sbi4j.core.progress.Progress;
import io.github.sbi4j.core.sample.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One run on the threads of this machine. The calling thread simulates nothing: it starts the
 * workers, watches for rows that take too long, reports progress, hears interrupts and gathers the
 * table.
 */
final class SimulationRun {
  private static final int MAX_ABANDONED = 64;
  private static final long TICK_MILLIS = 100;
  private static final double MIN_GRACE_NANOS = 5e7;
  private static final double MAX_GRACE_NANOS = 1e9;

  /** Rows from to (to - 1). */
  record Span(int from, int to) {}

  private final Simulator simulator;
  private final Samples parameters;
  private final int firstRow;
  private final long seed;
  private final SimulationSettings settings;
  private final int threads;
  private final ResultTable results;
  private final AtomicInteger nextRow = new AtomicInteger();
  private final List<SimulationWorker> workers = new ArrayList<>();
  private final long started = System.nanoTime();
  private long reported;
  private volatile boolean stopped;
  private volatile @Nullable SimulationException fatal;

  /** A run whose first row has the stream of the given row, and whose other rows those after it. */
  SimulationRun(
      Simulator simulator,
      Samples parameters,
      int firstRow,
      long seed,
      SimulationSettings settings) {
    this.simulator = simulator;
    this.parameters = parameters;
    this.firstRow = firstRow;
    this.seed = seed;
    this.settings = settings;
    this.threads = Math.min(settings.threads(), parameters.rows());
    this.results = new ResultTable(parameters);
  }

  /** Runs all rows, or as many as finish before an interrupt. */
  Simulations run() {
    return results.finish(simulate());
  }

  /** Runs all rows, and leaves what they gave as the simulator left it. */
  SimulatedRows runRows() {
    if (simulate()) {
      throw new CancellationException(
          String.format(
              Locale.ROOT,
              "the run was interrupted before its rows %d to %d were finished",
              firstRow,
              firstRow + parameters.rows() - 1));
    }
    return results.toRows(firstRow);
  }

  /** Runs the rows; true if it was interrupted. */
  private boolean simulate() {
    boolean interrupted = false;
    report();
    try {
      for (int i = 0; i < threads; i++) {
        start(null);
      }
      await();
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      interrupted |= stop();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    if (fatal != null) {
      throw fatal;
    }
    report();
    return interrupted;
  }

  /** The next rows to simulate, or null when there are none. */
  @Nullable Span claim() {
    int total = parameters.rows();
    while (!stopped) {
      int from = nextRow.get();
      int left = total - from;
      if (left == 0) {
        return null;
      }
      // Batches are of one size; single rows come in smaller chunks towards the end, so that slow
      // ones finish together.
      int share =
          simulator instanceof BatchSimulator batch
              ? Math.min(Math.min(left, batch.maxBatchSize()), (total + threads - 1) / threads)
              : Math.max(1, left / (4 * threads));
      int to = from + Math.min(settings.chunkSize(), share);
      if (nextRow.compareAndSet(from, to)) {
        return new Span(from, to);
      }
    }
    return null;
  }

  /** Ends the run because of an error that is not a row's own. */
  void abort(String message, @Nullable SimulationFailure failure, @Nullable Throwable cause) {
    fatal = new SimulationException(message, failure, cause, false);
    stopped = true;
  }

  boolean stopped() {
    return stopped;
  }

  private void start(@Nullable Span first) {
    SimulationWorker worker =
        new SimulationWorker(this, simulator, parameters, firstRow, seed, settings, results, first);
    workers.add(worker);
    worker.start("sbi-simulation-" + workers.size());
  }

  private void await() throws InterruptedException {
    long tick = (long) Math.max(1, Math.min(TICK_MILLIS, settings.timeoutNanos() / 4e6));
    // The list grows while it is walked when a hung worker is replaced.
    for (int i = 0; i < workers.size(); i++) {
      while (!workers.get(i).join(tick)) {
        if (stopped) {
          return;
        }
        replaceHung();
        if (System.nanoTime() - reported >= TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS)) {
          report();
        }
      }
    }
  }

  private void replaceHung() {
    for (SimulationWorker worker : List.copyOf(workers)) {
      Span rest = worker.expire(graceNanos());
      if (rest != null) {
        start(rest);
      }
    }
    long hung = workers.stream().filter(SimulationWorker::isHung).count();
    if (hung > MAX_ABANDONED) {
      abort(
          String.format(
                  Locale.ROOT,
                  "%d simulations timed out and are still running because the simulator ignores interrupts; ",
                  hung)
              + "let it check Thread.interrupted() in its loops, or give a longer time-out",
          results.firstFailure(),
          null);
    }
  }

  /** How long an interrupted simulator has to return before its thread is abandoned. */
  private long graceNanos() {
    return (long) Math.max(MIN_GRACE_NANOS, Math.min(MAX_GRACE_NANOS, settings.timeoutNanos()));
  }

  /** Ends all workers; true if the calling thread was interrupted meanwhile. */
  private boolean stop() {
    stopped = true;
    boolean interrupted = false;
    workers.forEach(SimulationWorker::interrupt);
    long deadline = System.nanoTime() + graceNanos();
    for (SimulationWorker worker : workers) {
      boolean ended = false;
      while (!ended && System.nanoTime() < deadline) {
        try {
          ended = worker.join(10);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      worker.abandon();
    }
    return interrupted;
  }

  private void report() {
    reported = System.nanoTime();
    long done = workers.stream().mapToLong(SimulationWorker::finished).sum();
    int failed = results.failureCount();
    settings
        .progress()
        .onProgress(
            new Progress(
                "simulating",
                done,
                parameters.rows(),
                Duration.ofNanos(reported - started),
                failed == 0 ? "" : failed + " failed"));
  }
}
