package io.github.sbi4j.core.abc;

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

  /** A copy of an observation without NaN and infinities. */
  static double[] observation(double[] observed) {
    if (observed.length == 0) {
      throw new IllegalArgumentException("the observation is empty, expected at least 1 value");
    }
    for (int l = 0; l < observed.length; l++) {
      if (!Double.isFinite(observed[l])) {
        throw new IllegalArgumentException(
            "observed[" + l + "] is " + observed[l] + ", expected a finite number");
      }
    }
    return observed.clone();
  }

  /** As many observed values as simulated ones. */
  static void sameLength(double[] observed, int simulated) {
    if (observed.length != simulated) {
      throw new IllegalArgumentException(
          "the observation has "
              + observed.length
              + " values, but the simulations have "
              + simulated
              + "; give both in the same form");
    }
  }
}
