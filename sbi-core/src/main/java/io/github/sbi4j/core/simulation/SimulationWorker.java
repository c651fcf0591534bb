package io.github.sbi4j.core.simulation;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.simulation.SimulationFailure.Kind;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A thread of a run: claims rows and simulates them until none is left.
 *
 * <p>The runner looks in from outside to interrupt a call of the simulator that takes too long, and
 * to abandon the thread if that does not help. The worker's lock, taken once before and once after
 * each call, decides which of them was first: an interrupt never hits a later row, and an abandoned
 * thread that wakes up never writes into the rows.
 */
final class SimulationWorker implements Runnable {
  private final SimulationRun runner;
  private final Simulator simulator;
  private final SimulationRows rows;
  private final long seed;
  private final double rowNanos; // how long a row may take, infinite without a time-out
  private final @Nullable RowSpan first;
  private final Thread thread = new Thread(this);

  // Guarded by the lock of this worker.
  private @Nullable RowSpan call; // the rows that the simulator is busy with
  private int claimedTo; // the end of the claimed rows, of which those of the call are the next
  private long callStarted;
  private double callNanos; // how long the call may take
  private long interruptedAt;
  private boolean expired;
  private boolean abandoned;
  private int finished;

  /**
   * A worker that begins with the given rows, one by one, or with rows that it claims if there are
   * none.
   */
  SimulationWorker(
      SimulationRun runner,
      Simulator simulator,
      SimulationRows rows,
      long seed,
      SimulationSettings settings,
      @Nullable RowSpan first) {
    this.runner = runner;
    this.simulator = simulator;
    this.rows = rows;
    this.seed = seed;
    this.rowNanos = settings.timeoutNanos();
    this.first = first;
  }

  void start(String name) {
    thread.setName(name);
    thread.setDaemon(true);
    thread.start();
  }

  void interrupt() {
    thread.interrupt();
  }

  /** Waits a while for the end; true if the worker has ended or was abandoned. */
  boolean join(long millis) throws InterruptedException {
    thread.join(millis);
    synchronized (this) {
      return abandoned || !thread.isAlive();
    }
  }

  /** The number of rows that are finished, well or not. */
  synchronized int finished() {
    return finished;
  }

  /** True if the worker was abandoned and its simulator has not returned. */
  synchronized boolean isHung() {
    return abandoned && thread.isAlive();
  }

  /** Gives the worker up: what it is busy with will not be recorded. */
  synchronized void abandon() {
    abandoned = true;
  }

  /**
   * Interrupts a call that takes too long, or abandons the worker if that was in vain.
   *
   * @param graceNanos how long the simulator may take to heed the interrupt
   * @return the rows left for another worker if this one was abandoned just now, otherwise null
   */
  synchronized @Nullable RowSpan expire(long graceNanos) {
    RowSpan busy = call;
    if (busy == null || callNanos == Double.POSITIVE_INFINITY || abandoned) {
      return null;
    }
    long now = now();
    if (!expired && now - callStarted > callNanos) {
      expired = true;
      interruptedAt = now;
      thread.interrupt();
    } else if (expired && now - interruptedAt > graceNanos) {
      abandoned = true;
      if (busy.size() > 1) {
        return new RowSpan(busy.from(), claimedTo);
      }
      failTimedOut(busy.from());
      return new RowSpan(busy.to(), claimedTo);
    }
    return null;
  }

  @Override
  public void run() {
    try {
      boolean goOn = first == null || simulateSingly(first.from(), first.to());
      while (goOn) {
        RowSpan span = runner.claim();
        goOn = span != null && simulate(span);
      }
    } catch (Throwable t) { // our own mistake or no memory left: it must not end silently
      runner.abort("a run of simulations broke off: " + t, null, t);
    }
  }

  private boolean simulate(RowSpan span) {
    return simulator instanceof BatchSimulator
        ? simulate(span.from(), span.to(), span.to())
        : simulateSingly(span.from(), span.to());
  }

  private boolean simulateSingly(int from, int to) {
    for (int row = from; row < to; row++) {
      if (!simulate(row, row + 1, to)) {
        return false;
      }
    }
    return true;
  }

  /** Simulates rows from to (to - 1) in one call; false if the worker has to leave. */
  private boolean simulate(int from, int to, int claimedTo) {
    if (!begin(from, to, claimedTo)) {
      return false;
    }
    double[] @Nullable [] x = null;
    Throwable thrown = null;
    try {
      x = call(from, to);
    } catch (Throwable t) { // an assertion or a stack overflow, too, costs the row only
      thrown = t;
    }
    synchronized (this) {
      boolean late = end();
      if (abandoned) {
        return false;
      }
      if (thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError)) {
        abort(from, thrown);
        return false;
      }
      if (runner.stopped() && thrown != null) {
        return false;
      }
      if (to - from == 1) {
        record(from, late, thrown, x == null ? null : x[0]);
        return true;
      }
      if (!late && thrown == null && x != null && x.length == to - from) {
        for (int row = from; row < to; row++) {
          rows.put(row, x[row - from]);
        }
        finished += to - from;
        return true;
      }
      if (!late && thrown instanceof BatchException partial && partial.size() == to - from) {
        for (int row = from; row < to; row++) {
          record(row, false, partial.cause(row - from), partial.result(row - from));
        }
        return true;
      }
    }
    return simulateSingly(from, to);
  }

  private double[] @Nullable [] call(int from, int to) throws Exception {
    if (to - from == 1) {
      double[] x = simulator.simulate(rows.parameters(from), RandomStreams.of(seed, from));
      return new double[][] {x};
    }
    double[][] theta = new double[to - from][];
    RandomGenerator[] random = new RandomGenerator[to - from];
    for (int i = 0; i < theta.length; i++) {
      theta[i] = rows.parameters(from + i);
      random[i] = RandomStreams.of(seed, from + i);
    }
    return ((BatchSimulator) simulator).simulateBatch(theta, random);
  }

  private synchronized boolean begin(int from, int to, int claimedTo) {
    if (runner.stopped() || abandoned) {
      return false;
    }
    this.call = new RowSpan(from, to);
    this.claimedTo = claimedTo;
    callNanos = rowNanos * (to - from);
    callStarted = now();
    return true;
  }

  /** Ends the call; true if it took too long. */
  private boolean end() {
    boolean late = expired || now() - callStarted > callNanos;
    call = null;
    expired = false;
    // Neither our interrupt nor one of the simulator's own may reach the next row.
    Thread.interrupted();
    return late;
  }

  /** The time, where there is a time-out to measure. */
  private long now() {
    return rowNanos < Double.POSITIVE_INFINITY ? System.nanoTime() : 0;
  }

  private void record(int row, boolean late, @Nullable Throwable thrown, double @Nullable [] x) {
    if (late) {
      failTimedOut(row);
      return;
    }
    if (thrown instanceof TimeoutException) {
      rows.fail(row, Kind.TIMED_OUT, String.valueOf(thrown.getMessage()), thrown);
    } else if (thrown != null) {
      rows.fail(row, Kind.FAILED, thrown.toString(), thrown);
    } else {
      rows.put(row, x);
    }
    finished++;
  }

  private void failTimedOut(int row) {
    Duration limit = Duration.ofNanos((long) rowNanos);
    rows.fail(row, Kind.TIMED_OUT, "the simulator took longer than " + limit, null);
    finished++;
  }

  private void abort(int row, Throwable error) {
    SimulationFailure failure =
        new SimulationFailure(row, rows.parameters(row), Kind.FAILED, error.toString(), error);
    runner.abort(
        String.format(
            Locale.ROOT,
            "the virtual machine failed in row %d: %s; fewer threads or a larger heap (-Xmx) may help",
            row,
            error),
        failure,
        error);
  }
}
