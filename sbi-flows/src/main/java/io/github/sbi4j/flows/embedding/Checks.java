package io.github.sbi4j.flows.embedding;

/** Checks of settings. */
final class Checks {
  private Checks() {}

  static int atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", but is " + value);
    }
    return value;
  }
}
