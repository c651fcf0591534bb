package io.github.sbi4j.spark;

import java.util.concurrent.Callable;

/** What Spark throws, which Scala does not declare, in words. */
final class SparkErrors {
  private SparkErrors() {}

  /** Does something of Spark's. */
  static <T> T explained(Callable<T> work) {
    try {
      return work.call();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Spark was at work; start again", e);
    } catch (Exception e) {
      throw of(e);
    }
  }

  static IllegalStateException of(Exception e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new IllegalStateException("Spark cannot go on: " + root.getMessage(), e);
  }
}
