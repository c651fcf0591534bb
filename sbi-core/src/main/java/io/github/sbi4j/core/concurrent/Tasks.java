package io.github.sbi4j.core.concurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Independent pieces of work on several threads.
 *
 * <p>Threads live as long as the call. Work that itself has pieces does those in its own thread, so
 * that there are never more threads at work than the outermost call asked for.
 */
public final class Tasks {
  private Tasks() {}

  /** True in a thread that works beside others; what asks for threads in it goes on in it. */
  private static final ThreadLocal<Boolean> SHARING = ThreadLocal.withInitial(() -> false);

  private static Thread worker(Runnable work) {
    Thread thread = new Thread(() -> inThisThread(work), "sbi4j-task");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Does work whose own pieces stay in the calling thread, for callers that share work among
   * threads of their own.
   *
   * @param work what to do
   */
  public static void inThisThread(Runnable work) {
    boolean before = SHARING.get();
    SHARING.set(true);
    try {
      work.run();
    } finally {
      SHARING.set(before);
    }
  }

  /** {@return the number of processors, the default number of threads} */
  public static int allProcessors() {
    return Runtime.getRuntime().availableProcessors();
  }

  /**
   * The given number of threads, if it is one.
   *
   * @param threads the number of threads
   * @return the same number
   * @throws IllegalArgumentException if it is not positive
   */
  public static int requireThreads(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "threads must be positive, got %d; give 1 for the calling thread alone",
              threads));
    }
    return threads;
  }

  /**
   * Computes the results of all tasks.
   *
   * @param <T> the type of a result
   * @param threads how many threads to work on; with one the calling thread does all
   * @param count the number of tasks
   * @param task computes the result of one task from its index
   * @return the results in the order of the tasks
   * @throws IllegalStateException if the calling thread is interrupted
   */
  public static <T> List<T> map(int threads, int count, IntFunction<T> task) {
    List<T> results = new ArrayList<>(count);
    if (threads == 1 || count <= 1 || SHARING.get()) {
      for (int i = 0; i < count; i++) {
        results.add(task.apply(i));
      }
      return results;
    }
    ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, count), Tasks::worker);
    try {
      List<Future<T>> futures = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        int index = i;
        futures.add(pool.submit(() -> task.apply(index)));
      }
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for results; start again", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }
}
