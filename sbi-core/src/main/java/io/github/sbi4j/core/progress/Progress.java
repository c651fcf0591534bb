package io.github.sbi4j.core.progress;

import java.time.Duration;

/**
 * How far a piece of work is.
 *
 * @param task what is being done, for example {@code "simulating"}
 * @param done units finished
 * @param total units in all, or -1 where nobody knows
 * @param elapsed time since the work began
 * @param detail what else a person may want to see, for example the loss; may be empty
 */
public record Progress(String task, long done, long total, Duration elapsed, String detail) {
  /** {@return units per second so far; zero before the first} */
  public double rate() {
    double seconds = elapsed.toNanos() / 1e9;
    return seconds > 0 ? done / seconds : 0;
  }

  /** {@return time left at the rate so far; zero where the total or the rate is unknown} */
  public Duration remaining() {
    double rate = rate();
    if (total < 0 || rate == 0) {
      return Duration.ZERO;
    }
    return Duration.ofMillis((long) (1000 * Math.max(0, total - done) / rate));
  }

  /** {@return true once nothing is left to do} */
  public boolean finished() {
    return total >= 0 && done >= total;
  }
}
