package io.github.sbi4j.core.process;

import io.github.sbi4j.core.simulation.BatchException;
import io.github.sbi4j.core.simulation.BatchSimulator;
import java.nio.file.Path;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A simulator in another process, in any language, served by a pool of long-lived workers.
 *
 * <p>A worker is a program that speaks this protocol, one line of JSON (UTF-8) at a time, flushed
 * after each:
 *
 * <pre>
 *   worker   {"sbi4j": 1, "names": ["mean", "sd"]}                       when it is ready; names if it likes
 *   request  {"id": 0, "parameters": [0.5, 2.0], "seed": 8675309}        on its standard input
 *   answer   {"id": 0, "result": [0.1, 2.2]}                             on its standard output
 *   answer   {"id": 1, "error": "the step size is too large"}            in place of a result
 * </pre>
 *
 * <p>Requests are answered in their order; several may wait. The seed is an integer in [0,
 * 2<sup>53</sup>), from which all chance must come: it depends on the seed of the run and the row
 * alone, so results are the same for any number of workers. NaN, Infinity and null (NaN) may stand
 * for numbers. Lines before the first are ignored. When its standard input ends, a worker ends.
 * {@link PythonWorker} does all this for functions in Python.
 *
 * <p>A worker that takes longer than the time-out, ends, or answers anything else costs the row
 * that was to be answered next. It is killed, with all processes it started, and another one takes
 * over the rows after that. An error costs its row and leaves the worker. The failure has the end
 * of what the worker had printed on standard error.
 *
 * <p>No worker outlives {@link #close()} or a JVM that ends in order. Should the JVM be killed,
 * workers end with their standard input.
 *
 * <p>Safe for use from many threads; each that simulates has a worker for itself meanwhile, and
 * waits if there is none.
 */
public final class ProcessSimulator implements BatchSimulator, AutoCloseable {
  private static final long GOOD_BATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int MAX_BATCH = 4096;
  private static final long MAX_END_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Command command;
  private final ProcessSettings settings;
  private final Semaphore free;
  private final Deque<WorkerProcess> idle = new ConcurrentLinkedDeque<>();
  private final Set<WorkerProcess> living = ConcurrentHashMap.newKeySet();
  private @Nullable List<String> names;
  private volatile boolean closed;
  private volatile double rowNanos; // 0 as long as nothing is known

  private ProcessSimulator(Command command, ProcessSettings settings) {
    this.command = command;
    this.settings = settings;
    this.free = new Semaphore(settings.workers(), true);
  }

  /**
   * Starts a worker for each core, as they are needed; the first at once.
   *
   * @param command how to start a worker
   * @return the simulator, to be closed after use
   * @throws IllegalStateException if the first worker cannot be started or does not say that it is
   *     ready
   */
  public static ProcessSimulator start(Command command) {
    return start(command, ProcessSettings.defaults());
  }

  /**
   * Starts workers as they are needed; the first at once.
   *
   * @param command how to start a worker
   * @param settings how many, and what they may do
   * @return the simulator, to be closed after use
   * @throws IllegalStateException if the first worker cannot be started or does not say that it is
   *     ready
   */
  public static ProcessSimulator start(Command command, ProcessSettings settings) {
    ProcessSimulator simulator = new ProcessSimulator(command, settings);
    try {
      WorkerProcess first = simulator.startWorker();
      simulator.names = first.names();
      simulator.idle.push(first);
    } catch (ProcessException e) {
      simulator.close();
      throw new IllegalStateException(command + " is no worker: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      simulator.close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + command + " was starting", e);
    }
    return simulator;
  }

  /**
   * Starts workers that run a Python script which calls {@code serve} of {@code sbi4j_worker}; see
   * {@link PythonWorker}.
   *
   * @param script the script
   * @return the simulator, to be closed after use
   * @throws IllegalArgumentException if there is no such script
   * @throws IllegalStateException if there is no Python, or the first worker does not say that it
   *     is ready
   */
  public static ProcessSimulator python(Path script) {
    return start(Command.python(script));
  }

  /** {@return the names of the L observed values, if the worker gave any} */
  public Optional<List<String>> observationNames() {
    return Optional.ofNullable(names);
  }

  /**
   * Simulates one row.
   *
   * @throws ProcessException if the worker ended, answered with an error or not as it should
   * @throws TimeoutException if it took too long
   * @throws IllegalStateException if the simulator is closed
   */
  @Override
  public double[] simulate(double[] parameters, RandomGenerator random) throws Exception {
    return BatchSimulator.super.simulate(parameters, random);
  }

  /**
   * Simulates B rows with one worker, which is sent several requests ahead.
   *
   * @throws BatchException if some rows failed
   * @throws IllegalStateException if the simulator is closed
   * @throws InterruptedException if the calling thread was interrupted; the worker is killed
   */
  @Override
  public double[][] simulateBatch(double[][] parameters, RandomGenerator[] random)
      throws BatchException, InterruptedException {
    Batch batch = new Batch(parameters, random);
    free.acquire();
    try {
      int next = 0;
      while (next < batch.size()) {
        next = simulateFrom(batch, next);
      }
    } finally {
      free.release();
    }
    return batch.results();
  }

  /** As many rows as take a tenth of a second, so that none of a run's threads is late. */
  @Override
  public int maxBatchSize() {
    double nanos = rowNanos;
    return nanos == 0 ? 1 : (int) Math.max(1, Math.min(MAX_BATCH, GOOD_BATCH_NANOS / nanos));
  }

  /** Simulates rows until one costs the worker; returns the row to go on with. */
  private int simulateFrom(Batch batch, int from) throws InterruptedException {
    Exchange exchange = null;
    WorkerProcess worker = null;
    try {
      worker = borrow();
      exchange = new Exchange(batch, from); // its clock begins here, when the worker has started
      long started = System.nanoTime();
      worker.run(exchange, settings.timeout().orElse(null));
      learn((double) (System.nanoTime() - started) / (batch.size() - from));
      idle.push(worker);
      worker = null;
      if (closed) {
        killAll();
      }
      return batch.size();
    } catch (ProcessException | TimeoutException e) {
      requireOpen();
      int failed = exchange == null ? from : exchange.next();
      batch.fail(failed, e);
      return failed + 1;
    } finally {
      if (worker != null) {
        discard(worker);
      }
    }
  }

  private void learn(double nanos) {
    double before = rowNanos;
    rowNanos = before == 0 ? nanos : (before + nanos) / 2;
  }

  private WorkerProcess borrow() throws ProcessException, InterruptedException {
    requireOpen();
    for (WorkerProcess worker = idle.poll(); worker != null; worker = idle.poll()) {
      if (worker.isAlive()) {
        return worker;
      }
      discard(worker);
    }
    return startWorker();
  }

  private WorkerProcess startWorker() throws ProcessException, InterruptedException {
    WorkerProcess worker = WorkerProcess.start(command, settings.maxAnswerBytes());
    living.add(worker);
    boolean ready = false;
    try {
      worker.awaitReady(settings.startTimeout());
      requireOpen();
      ready = true;
    } finally {
      if (!ready) {
        discard(worker);
      }
    }
    return worker;
  }

  private void discard(WorkerProcess worker) {
    worker.kill();
    living.remove(worker);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          "the simulator "
              + command
              + " is closed; start another, and close it after the last run");
    }
  }

  /**
   * Ends all workers. Idle ones have a second to end by themselves; others are killed, and who
   * waits for them gets an {@link IllegalStateException}.
   */
  @Override
  public void close() {
    closed = true;
    idle.forEach(WorkerProcess::endInput);
    long deadline = System.nanoTime() + MAX_END_NANOS;
    try {
      for (WorkerProcess worker : idle) {
        worker.process().waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    killAll();
  }

  private void killAll() {
    living.forEach(WorkerProcess::kill);
  }

  /** {@return the command} */
  @Override
  public String toString() {
    return "ProcessSimulator" + command;
  }
}
