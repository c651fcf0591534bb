package io.github.sbi4j.core.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One worker's attempt at the rows of a batch from some row on, which it answers in order.
 *
 * <p>The thread of the worker answers, the thread that wants the rows waits. Once the wait is over,
 * for whatever reason, answers that still come are refused.
 */
final class Exchange {
  /** How an attempt ends. */
  enum End {
    /** All rows are answered. */
    COMPLETE,
    /** The worker cannot go on. */
    BROKEN,
    /** The worker took too long for a row. */
    LATE
  }

  private final Batch batch;
  private final int from;

  // Guarded by this.
  private int next;
  private long progress = System.nanoTime();
  private boolean over;
  private @Nullable String breach;
  private boolean broken;

  Exchange(Batch batch, int from) {
    this.batch = batch;
    this.from = from;
    this.next = from;
  }

  Batch batch() {
    return batch;
  }

  int from() {
    return from;
  }

  /** The first row that has no answer. */
  synchronized int next() {
    return next;
  }

  /** Takes the answer to the next row; false if nobody waits any more. */
  synchronized boolean answer(double[] result) {
    if (!over) {
      batch.put(next, result);
      advance();
    }
    return !over;
  }

  /** Takes an error as the answer to the next row; false if nobody waits any more. */
  synchronized boolean fail(Exception error) {
    if (!over) {
      batch.fail(next, error);
      advance();
    }
    return !over;
  }

  private void advance() {
    next++;
    progress = System.nanoTime();
    if (next == batch.size()) {
      notifyAll();
    }
  }

  /** Ends the attempt; the reason is null if the worker ended by itself. */
  synchronized void breakOff(@Nullable String reason) {
    if (!over && !broken) {
      broken = true;
      breach = reason;
      notifyAll();
    }
  }

  /** Ends the attempt if no answer has come for so long; true if it is over. */
  synchronized boolean breakOffIfStill(Duration since) {
    if (System.nanoTime() - progress >= since.toNanos()) {
      breakOff(null);
    }
    return over || broken;
  }

  /** What the worker did wrong, or null if it ended by itself. */
  synchronized @Nullable String breach() {
    return breach;
  }

  /** Waits for the end; a row may take so many nanoseconds from the one before. */
  synchronized End await(long rowNanos) throws InterruptedException {
    try {
      while (next < batch.size() && !broken) {
        long left = rowNanos - (System.nanoTime() - progress);
        if (left <= 0) {
          return End.LATE;
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
      return next == batch.size() ? End.COMPLETE : End.BROKEN;
    } finally {
      over = true;
    }
  }
}
