package io.github.sbi4j.analysis.plot;

import java.util.Arrays;

/**
 * The part of a column that a panel shows.
 *
 * @param low the lower end
 * @param high the upper end
 * @param given whether the user gave the ends, which then may be bounds of the distribution
 */
record Range(double low, double high, boolean given) {
  /** A range that holds nearly all values and all marked ones, with some room. */
  static Range around(double[] values, double[] marked) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    double inner = sorted[(int) Math.round(0.001 * last)];
    double outer = sorted[(int) Math.round(0.999 * last)];
    double room = 0.15 * (outer - inner);
    double low = Math.max(sorted[0], inner - room);
    double high = Math.min(sorted[last], outer + room);
    for (double value : marked) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    double margin = 0.04 * (high - low);
    if (!(margin > 0)) {
      margin = Math.max(0.5, 0.1 * Math.abs(low));
    }
    return new Range(low - margin, high + margin, false);
  }

  /**
   * Whether the values may be taken to end at these ends: the user gave them and all lie inside.
   */
  boolean bounds(double[] values) {
    return given && Arrays.stream(values).allMatch(v -> v >= low && v <= high);
  }
}
