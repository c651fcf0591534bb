package io.github.sbi4j.flows.ratio;

/** Checks of settings. */
final class Checks {
  private Checks() {}

  static int atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", but is " + value);
    }
    return value;
  }

  static double positive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be positive and finite, but is " + value);
    }
    return value;
  }
}
