package io.github.sbi4j.analysis.plot;

/**
 * A linear map from values to pixels.
 *
 * @param low the value at the first pixel
 * @param high the value at the last pixel
 * @param from the first pixel
 * @param to the last pixel; smaller than the first on an axis that points up
 */
record Axis(double low, double high, double from, double to) {
  /** The pixel of a value. */
  double at(double value) {
    return from + (value - low) / (high - low) * (to - from);
  }

  /** Whether a value lies on the axis. */
  boolean holds(double value) {
    return value >= low && value <= high;
  }

  /** The length in pixels. */
  double length() {
    return Math.abs(to - from);
  }
}
