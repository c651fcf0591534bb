package io.github.sbi4j.core.distribution;

import java.util.Arrays;

/** The checks of arguments that several distributions share. */
final class Checks {
  private Checks() {}

  static double finite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " is " + value + ", expected a finite number");
    }
    return value;
  }

  static double positive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + " is " + value + ", expected a positive finite number");
    }
    return value;
  }

  /** A rate is positive and so is its inverse, the scale, which overflows for the least doubles. */
  static double rate(double rate) {
    positive("1 / rate", 1 / positive("rate", rate));
    return rate;
  }

  static double[] finite(String name, double[] values) {
    for (int d = 0; d < values.length; d++) {
      finite(name + "[" + d + "]", values[d]);
    }
    return values;
  }

  static void length(String name, double[] values, int expected) {
    if (values.length != expected) {
      throw new IllegalArgumentException(
          name + " has " + values.length + " numbers, expected " + expected);
    }
  }

  static void inside(Support support, double[] value) {
    if (!support.contains(value)) {
      throw new IllegalArgumentException(
          "the log-density has no gradient at "
              + Arrays.toString(value)
              + ", outside the support "
              + support
              + "; its value there is -Infinity");
    }
  }
}
