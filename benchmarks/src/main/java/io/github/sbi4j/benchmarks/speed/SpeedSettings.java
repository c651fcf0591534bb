package io.github.sbi4j.benchmarks.speed;

/**
 * How work is timed.
 *
 * @param device {@code cpu}, {@code torch} or {@code cuda}
 * @param repeats how many times it is measured, after a warm-up
 * @param seed the seed
 */
public record SpeedSettings(String device, int repeats, long seed) {
  /** Checks that the count is positive. */
  public SpeedSettings {
    if (repeats < 1) {
      throw new IllegalArgumentException(
          "--repeats %d is not positive; give 1 or more".formatted(repeats));
    }
  }
}
