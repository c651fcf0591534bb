package io.github.sbi4j.core.process;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a {@link ProcessSimulator} treats its workers. Immutable. */
public final class ProcessSettings {
  private static final ProcessSettings DEFAULTS =
      new ProcessSettings(0, null, Duration.ofMinutes(1), 1 << 24);

  private final int workers;
  private final @Nullable Duration timeout;
  private final Duration startTimeout;
  private final int maxAnswerBytes;

  private ProcessSettings(
      int workers, @Nullable Duration timeout, Duration startTimeout, int maxAnswerBytes) {
    this.workers = workers;
    this.timeout = timeout;
    this.startTimeout = startTimeout;
    this.maxAnswerBytes = maxAnswerBytes;
  }

  /** {@return a worker for each core, no time-out, a minute to start, answers up to 16 MiB} */
  public static ProcessSettings defaults() {
    return DEFAULTS;
  }

  /**
   * Sets how many workers there may be. Each serves one thread of a run at a time; they start when
   * they are needed.
   *
   * @param workers the number of processes, at least 1
   * @return the changed settings
   */
  public ProcessSettings withWorkers(int workers) {
    if (workers < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "workers is %d, expected at least 1", workers));
    }
    return new ProcessSettings(workers, timeout, startTimeout, maxAnswerBytes);
  }

  /**
   * Sets how long a worker may take for one simulation, not counting its start. A worker that takes
   * longer is killed with all processes that it started; the row is a failure of kind timed out.
   *
   * @param timeout the longest time, more than zero
   * @return the changed settings
   */
  public ProcessSettings withTimeout(Duration timeout) {
    return new ProcessSettings(
        workers, requirePositive(timeout, "time-out"), startTimeout, maxAnswerBytes);
  }

  /**
   * Sets how long a worker may take to start, until it says that it is ready.
   *
   * @param startTimeout the longest time, more than zero
   * @return the changed settings
   */
  public ProcessSettings withStartTimeout(Duration startTimeout) {
    return new ProcessSettings(
        workers, timeout, requirePositive(startTimeout, "start time-out"), maxAnswerBytes);
  }

  /**
   * Sets how long an answer may be; a worker whose answer is longer is killed.
   *
   * @param maxAnswerBytes the number of bytes of the longest line, at least 64
   * @return the changed settings
   */
  public ProcessSettings withMaxAnswerBytes(int maxAnswerBytes) {
    if (maxAnswerBytes < 64) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the longest answer is %d bytes, expected at least 64, about 20 for each value",
              maxAnswerBytes));
    }
    return new ProcessSettings(workers, timeout, startTimeout, maxAnswerBytes);
  }

  /** {@return how many workers there may be} */
  public int workers() {
    return workers > 0 ? workers : Runtime.getRuntime().availableProcessors();
  }

  /** {@return how long one simulation may take, if there is a limit} */
  public Optional<Duration> timeout() {
    return Optional.ofNullable(timeout);
  }

  /** {@return how long a worker may take to start} */
  public Duration startTimeout() {
    return startTimeout;
  }

  /** {@return how long an answer may be, in bytes} */
  public int maxAnswerBytes() {
    return maxAnswerBytes;
  }

  static Duration requirePositive(Duration value, String name) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(name + " is " + value + ", expected more than zero");
    }
    return value;
  }
}
