package io.github.sbi4j.benchmarks.speed;

/**
 * How work is timed.
 *
 * @param device {@code cpu}, {@code torch} or {@code cuda}
 * @param repeats how many times it is measured, after a warm-up
 * @param seed the seed
 * @param threads how many threads the work may take
 */
public record SpeedSettings(String device, int repeats, long seed, int threads) {
  /** Checks that the counts are positive. */
  public SpeedSettings {
    if (repeats < 1) {
      throw new IllegalArgumentException(
          "--repeats %d is not positive; give 1 or more".formatted(repeats));
    }
    if (threads < 1) {
      throw new IllegalArgumentException(
          "--threads %d is not positive; give 1 or more".formatted(threads));
    }
  }
}
