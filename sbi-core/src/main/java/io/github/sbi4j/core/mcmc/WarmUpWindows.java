package io.github.sbi4j.core.mcmc;

/**
 * When the metric is learned, as in Stan: after 75 steps to find the target, in windows of 25, 50,
 * 100, ... steps, with 50 steps at the end for the step size alone; in proportion (15, 75 and 10 %)
 * for a short warm-up, and not at all in fewer than 20 steps.
 */
final class WarmUpWindows {
  private static final int INIT_BUFFER = 75;
  private static final int TERM_BUFFER = 50;
  private static final int BASE_WINDOW = 25;
  private static final int SHORTEST = 20;

  private final int begin;
  private final int end;
  private final boolean[] last;

  WarmUpWindows(int warmUp) {
    last = new boolean[warmUp];
    if (warmUp < SHORTEST) {
      begin = 0;
      end = 0;
      return;
    }
    boolean tight = INIT_BUFFER + BASE_WINDOW + TERM_BUFFER > warmUp;
    begin = tight ? (int) (0.15 * warmUp) : INIT_BUFFER;
    end = warmUp - (tight ? (int) (0.1 * warmUp) : TERM_BUFFER);
    int size = tight ? end - begin : BASE_WINDOW;
    int from = begin;
    while (from < end) {
      // A window that left too few steps for one of twice its size takes them in.
      int to = from + size + 2 * size > end ? end : from + size;
      last[to - 1] = true;
      from = to;
      size *= 2;
    }
  }

  /** Whether the metric learns from this step of the warm-up. */
  boolean contains(int step) {
    return step >= begin && step < end;
  }

  /** Whether the metric changes after this step. */
  boolean endsAt(int step) {
    return last[step];
  }
}
