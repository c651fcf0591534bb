package io.github.sbi4j.benchmarks.speed;

import io.github.sbi4j.benchmarks.CpuTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Repeated measurements of the same work, in milliseconds, and their median and spread. */
public final class Timing {
  private final double[] sorted;
  private final double cpuMilliseconds;
  private final Map<String, Object> details;

  private Timing(double[] sorted, double cpuMilliseconds, Map<String, Object> details) {
    this.sorted = sorted;
    this.cpuMilliseconds = cpuMilliseconds;
    this.details = details;
  }

  /**
   * Measurements.
   *
   * @param milliseconds one value per measurement
   * @param cpuMilliseconds the mean processor time of a measurement, NaN if unknown
   * @param details what was measured, printed before the times
   * @return the timing
   * @throws IllegalArgumentException if there are none
   */
  static Timing of(double[] milliseconds, double cpuMilliseconds, Map<String, Object> details) {
    if (milliseconds.length == 0) {
      throw new IllegalArgumentException("got no measurements; expected at least one");
    }
    double[] sorted = milliseconds.clone();
    Arrays.sort(sorted);
    return new Timing(sorted, cpuMilliseconds, new LinkedHashMap<>(details));
  }

  /**
   * Runs work repeatedly, after running it for a second or twice, whichever is longer, so that it
   * is compiled.
   *
   * @param repeats the number of measurements
   * @param details what is measured
   * @param work the work
   * @return the timing
   */
  static Timing repeat(int repeats, Map<String, Object> details, Runnable work) {
    long begin = System.nanoTime();
    for (int i = 0; i < 2 || System.nanoTime() - begin < 1_000_000_000L; i++) {
      work.run();
    }
    CpuTime cpu = new CpuTime();
    double[] milliseconds = new double[repeats];
    for (int i = 0; i < repeats; i++) {
      long start = System.nanoTime();
      work.run();
      milliseconds[i] = (System.nanoTime() - start) / 1e6;
    }
    return of(milliseconds, 1000 * cpu.seconds() / repeats, details);
  }

  /**
   * The times of one call where each measurement was of several.
   *
   * @param calls how many
   * @return the times divided by it
   */
  Timing each(int calls) {
    double[] shares = new double[sorted.length];
    Arrays.setAll(shares, i -> sorted[i] / calls);
    return new Timing(shares, cpuMilliseconds / calls, details);
  }

  /** The median, in milliseconds. */
  public double median() {
    return quantile(0.5);
  }

  /**
   * A quantile, interpolated linearly between the measurements.
   *
   * @param level between 0 and 1
   * @return milliseconds
   */
  public double quantile(double level) {
    double position = level * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  /** The details, the number of measurements and their spread, by name. */
  public Map<String, Object> results() {
    Map<String, Object> results = new LinkedHashMap<>(details);
    results.put("count", sorted.length);
    results.put("median_ms", median());
    results.put("min_ms", sorted[0]);
    results.put("q25_ms", quantile(0.25));
    results.put("q75_ms", quantile(0.75));
    results.put("cpu_ms", cpuMilliseconds);
    return results;
  }
}
