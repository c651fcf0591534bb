package io.github.sbi4j.analysis.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What an axis of a chart shows.
 *
 * @param range the part of the numbers
 * @param categories the names of 0, 1, ...; empty on an axis of numbers
 * @param whole whether only whole numbers are marked
 */
record Scale(Range range, List<String> categories, boolean whole) {
  private static final double FARTHEST = 1e300;
  private static final double SHORTEST = 1e-290;

  /** An axis of numbers. */
  static Scale of(double low, double high) {
    return new Scale(new Range(low, high, false), List.of(), false);
  }

  /** An axis of counts. */
  static Scale whole(double low, double high) {
    return new Scale(new Range(low, high, false), List.of(), true);
  }

  /** An axis of names, one unit each. */
  static Scale categories(List<String> names) {
    return new Scale(new Range(-0.5, names.size() - 0.5, false), names, false);
  }

  /** An axis that holds all values, with some room. */
  static Scale around(double[]... values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double[] some : values) {
      low = Math.min(low, Arrays.stream(some).filter(Double::isFinite).min().orElse(low));
      high = Math.max(high, Arrays.stream(some).filter(Double::isFinite).max().orElse(high));
    }
    // Further out the length of the axis would not be a number.
    low = Math.max(low, -FARTHEST);
    high = Math.min(high, FARTHEST);
    double margin = 0.05 * (high - low);
    if (!(margin > SHORTEST)) {
      margin = Math.max(0.5, 0.1 * Math.abs(low));
    }
    return of(low - margin, high + margin);
  }

  boolean isCategories() {
    return !categories.isEmpty();
  }

  /** At most so many ticks, or all names. */
  Ticks ticks(int count) {
    if (isCategories()) {
      List<Double> positions =
          IntStream.range(0, categories.size()).mapToObj(i -> (double) i).toList();
      return new Ticks(positions, categories);
    }
    Ticks ticks = Ticks.of(range.low(), range.high(), count);
    if (whole && ticks.values().stream().anyMatch(value -> value != Math.rint(value))) {
      List<Double> values = new ArrayList<>();
      for (double v = Math.ceil(range.low()); v <= range.high(); v++) {
        values.add(v);
      }
      return new Ticks(values, values.stream().map(v -> Long.toString(v.longValue())).toList());
    }
    return ticks;
  }
}
