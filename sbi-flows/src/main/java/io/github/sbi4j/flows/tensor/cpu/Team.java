package io.github.sbi4j.flows.tensor.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads that do the parts of one job after another for the thread that gives them.
 *
 * <p>Jobs are shorter than it takes to wake a thread, so a waiting thread looks out for the next
 * one for a while before it sleeps.
 */
final class Team implements AutoCloseable {
  private static final int LOOKS = 20_000;

  private final int size;
  private final List<Thread> helpers = new ArrayList<>();
  private volatile @Nullable Job job;
  private volatile boolean closed;

  /** The parts of one call, taken by whoever is free. */
  private static final class Job {
    final int parts;
    final IntConsumer work;
    final AtomicInteger next = new AtomicInteger();
    final AtomicInteger done = new AtomicInteger();
    volatile @Nullable Throwable failure;

    Job(int parts, IntConsumer work) {
      this.parts = parts;
      this.work = work;
    }

    void help() {
      for (int part = next.getAndIncrement(); part < parts; part = next.getAndIncrement()) {
        try {
          if (failure == null) {
            work.accept(part);
          }
        } catch (RuntimeException | Error e) {
          failure = e;
        } finally {
          done.incrementAndGet();
        }
      }
    }
  }

  /**
   * A team.
   *
   * @param size the number of threads, the calling one among them; others start when first needed
   */
  Team(int size) {
    this.size = size;
  }

  /** Does all parts and returns when they are done; the first failure is thrown. */
  void run(int parts, IntConsumer work) {
    Job own = new Job(parts, work);
    if (parts > 1 && size > 1) {
      start(Math.min(size, parts) - 1);
      job = own;
      helpers.forEach(LockSupport::unpark);
    }
    own.help();
    for (int looks = 0; own.done.get() < parts; looks++) {
      if (looks < LOOKS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
    job = null;
    Throwable failure = own.failure;
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }

  private void start(int count) {
    while (helpers.size() < count) {
      Thread helper = new Thread(this::help, "sbi4j-worker-" + (helpers.size() + 1));
      helper.setDaemon(true);
      helpers.add(helper);
      helper.start();
    }
  }

  private void help() {
    Job last = null;
    int looks = 0;
    while (!closed) {
      Job current = job;
      if (current != null && current != last) {
        last = current;
        looks = 0;
        current.help();
      } else if (looks < LOOKS) {
        looks++;
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
        looks = 0;
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    helpers.forEach(LockSupport::unpark);
  }
}
