package io.github.sbi4j.core.mcmc;

import java.util.Arrays;

/** The checks of arguments that several classes share. */
final class Require {
  private Require() {}

  static int atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " is " + value + ", expected at least " + least);
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

  static double share(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(
          name + " is " + value + ", expected a number strictly between 0 and 1");
    }
    return value;
  }

  static double[] length(String name, double[] values, int expected) {
    if (values.length != expected) {
      throw new IllegalArgumentException(
          name + " has " + values.length + " numbers, expected " + expected);
    }
    return values;
  }

  /** A point at which a chain can start. */
  static void startable(String name, double[] position, double logDensity, double[] gradient) {
    if (!(logDensity > Double.NEGATIVE_INFINITY && logDensity < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the log density at "
              + name
              + " is "
              + logDensity
              + ", expected a finite one; give a point inside the target's support, for example"
              + " one from InitialPoints; the point: "
              + Arrays.toString(position));
    }
    for (int d = 0; d < gradient.length; d++) {
      if (!Double.isFinite(gradient[d])) {
        throw new IllegalArgumentException(
            "the gradient at "
                + name
                + " is "
                + gradient[d]
                + " in coordinate "
                + d
                + ", expected a finite one; check the target's gradient at "
                + Arrays.toString(position));
      }
    }
  }
}
