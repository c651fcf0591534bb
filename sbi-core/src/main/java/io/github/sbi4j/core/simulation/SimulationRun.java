package io.github.sbi4j.core.simulation;

import io.github.sbi4j.core.progress.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run on the threads of this machine. The calling thread simulates nothing: it starts the
 * workers, watches for rows that take too long, reports progress, and hears interrupts.
 */
final class SimulationRun {
  private static final int MAX_ABANDONED = 64;
  private static final long TICK_MILLIS = 100;
  private static final double MIN_GRACE_NANOS = 5e7;
  private static final double MAX_GRACE_NANOS = 1e9;

  private final Simulator simulator;
  private final SimulationRows rows;
  private final long seed;
  private final SimulationSettings settings;
  private final int threads;
  private final int total;
  private final List<SimulationWorker> workers = new ArrayList<>();
  private final long started = System.nanoTime();
  private long reported;
  private volatile boolean stopped;
  private volatile @Nullable SimulationException fatal;

  SimulationRun(Simulator simulator, SimulationRows rows, long seed, SimulationSettings settings) {
    this.simulator = simulator;
    this.rows = rows;
    this.seed = seed;
    this.settings = settings;
    this.total = rows.left();
    this.threads = Math.min(settings.threads(), total);
  }

  /** Runs all rows, or as many as finish before an interrupt; true if there was one. */
  boolean run() {
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
  @Nullable RowSpan claim() {
    if (stopped) {
      return null;
    }
    // Batches are of one size; single rows come in smaller chunks towards the end, so that slow
    // ones finish together.
    int share =
        simulator instanceof BatchSimulator batch
            ? Math.min(batch.maxBatchSize(), (total + threads - 1) / threads)
            : Math.max(1, rows.left() / (4 * threads));
    return rows.take(Math.min(settings.chunkSize(), share));
  }

  /** Ends the run because of an error that is not a row's own. */
  void abort(String message, @Nullable SimulationFailure failure, @Nullable Throwable cause) {
    fatal = new SimulationException(message, failure, cause);
    stopped = true;
  }

  boolean stopped() {
    return stopped;
  }

  private void start(@Nullable RowSpan first) {
    SimulationWorker worker = new SimulationWorker(this, simulator, rows, seed, settings, first);
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
      RowSpan rest = worker.expire(graceNanos());
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
          rows.firstFailure(),
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
    int failed = rows.failureCount();
    settings
        .progress()
        .onProgress(
            new Progress(
                "simulating",
                done,
                total,
                Duration.ofNanos(reported - started),
                failed == 0 ? "" : failed + " failed"));
  }
}
