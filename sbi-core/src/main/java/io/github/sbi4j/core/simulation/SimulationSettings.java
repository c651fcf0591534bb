package io.github.sbi4j.core.simulation;

import io.github.sbi4j.core.progress.ProgressListener;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How to run simulations; none of it changes what a simulator gives, except that a time-out may
 * cost rows.
 */
public final class SimulationSettings {
  private static final SimulationSettings DEFAULTS =
      new SimulationSettings(0, 256, null, ProgressListener.NONE);

  private final int threads;
  private final int chunkSize;
  private final @Nullable Duration timeout;
  private final ProgressListener progress;

  private SimulationSettings(
      int threads, int chunkSize, @Nullable Duration timeout, ProgressListener progress) {
    this.threads = threads;
    this.chunkSize = chunkSize;
    this.timeout = timeout;
    this.progress = progress;
  }

  /** {@return a thread for each core, no time-out, chunks of 256 rows, no progress reports} */
  public static SimulationSettings defaults() {
    return DEFAULTS;
  }

  /**
   * Sets how many threads simulate.
   *
   * @param threads the number of threads, at least 1
   * @return the changed settings
   */
  public SimulationSettings withThreads(int threads) {
    requirePositive(threads, "threads");
    return new SimulationSettings(threads, chunkSize, timeout, progress);
  }

  /**
   * Sets how many rows a thread takes at a time: the size of the batches of a {@link
   * BatchSimulator}, an upper bound for other simulators.
   *
   * @param chunkSize the number of rows, at least 1
   * @return the changed settings
   */
  public SimulationSettings withChunkSize(int chunkSize) {
    requirePositive(chunkSize, "chunk size");
    return new SimulationSettings(threads, chunkSize, timeout, progress);
  }

  /**
   * Sets how long one row may take; a batch may take as often as long as it has rows.
   *
   * <p>A simulator that takes longer is interrupted. If it does not heed that, its thread is
   * abandoned and another one goes on; a run ends with a {@link SimulationException} when more than
   * 64 abandoned threads are still running.
   *
   * @param timeout the longest time, more than zero
   * @return the changed settings
   */
  public SimulationSettings withTimeout(Duration timeout) {
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "time-out is %s, expected more than zero; leave it out for none",
              timeout));
    }
    return new SimulationSettings(threads, chunkSize, timeout, progress);
  }

  /**
   * Sets who hears how far the run is, about ten times a second and at the end, on the thread that
   * called {@code run}.
   *
   * @param progress the listener
   * @return the changed settings
   */
  public SimulationSettings withProgress(ProgressListener progress) {
    Objects.requireNonNull(progress, "progress");
    return new SimulationSettings(threads, chunkSize, timeout, progress);
  }

  /** {@return how many threads simulate} */
  public int threads() {
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }

  /** {@return how many rows a thread takes at a time} */
  public int chunkSize() {
    return chunkSize;
  }

  /** {@return how long one row may take, if there is a limit} */
  public Optional<Duration> timeout() {
    return Optional.ofNullable(timeout);
  }

  /** The time-out in nanoseconds, infinite if there is none. */
  double timeoutNanos() {
    return timeout == null
        ? Double.POSITIVE_INFINITY
        : 1e9 * timeout.getSeconds() + timeout.getNano();
  }

  /** {@return who hears how far the run is} */
  public ProgressListener progress() {
    return progress;
  }

  private static void requirePositive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s is %d, expected at least 1", name, value));
    }
  }
}
