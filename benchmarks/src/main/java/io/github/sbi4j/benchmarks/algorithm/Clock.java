package io.github.sbi4j.benchmarks.algorithm;

/** A stop watch that counts laps. */
final class Clock {
  private long last = System.nanoTime();

  /** Seconds since the last lap, or since the watch was made. */
  double lap() {
    long now = System.nanoTime();
    double seconds = (now - last) / 1e9;
    last = now;
    return seconds;
  }
}
