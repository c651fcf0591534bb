package io.github.sbi4j.benchmarks;

import java.time.Duration;
import java.util.Optional;

/**
 * The processor time of this process, all its threads together: what work costs where other
 * programs compete for the processors.
 */
public final class CpuTime {
  private final Optional<Duration> begin = now();

  /** Starts to measure. */
  public CpuTime() {}

  /** Seconds since the start, NaN where the system does not tell. */
  public double seconds() {
    Optional<Duration> end = now();
    if (begin.isEmpty() || end.isEmpty()) {
      return Double.NaN;
    }
    return end.get().minus(begin.get()).toNanos() / 1e9;
  }

  private static Optional<Duration> now() {
    return ProcessHandle.current().info().totalCpuDuration();
  }
}
