package io.github.sbi4j.analysis.diagnostic;

import io.github.sbi4j.core.concurrent.Tasks;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Work that may not take longer than a limit, whether or not it heeds an interrupt. */
final class TimeLimit {
  /** So many threads that do not heed an interrupt may be left to themselves. */
  private static final int MOST_ABANDONED = 16;

  private final Duration limit;
  private final int threads;
  private final AtomicInteger running = new AtomicInteger();

  /**
   * A limit for work that is asked for from several threads.
   *
   * @param limit how long one piece may take
   * @param threads how many pieces are in work at a time
   */
  TimeLimit(Duration limit, int threads) {
    this.limit = limit;
    this.threads = threads;
  }

  /** The result of the work; none where it was not done in time, or was not begun. */
  <T> Optional<T> call(Callable<T> work) {
    if (running.get() >= threads + MOST_ABANDONED) {
      return Optional.empty();
    }
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(() -> Tasks.inThisThread(() -> run(task)), "sbi4j-draws");
    thread.setDaemon(true);
    running.incrementAndGet();
    thread.start();
    try {
      return Optional.of(task.get(limit.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      thread.interrupt();
      return Optional.empty();
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while drawing; start again", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private void run(FutureTask<?> task) {
    try {
      task.run();
    } finally {
      running.decrementAndGet();
    }
  }
}
