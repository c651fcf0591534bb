package io.github.sbi4j.core.simulation;

import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A simulator for models with state: each thread that simulates has one for itself meanwhile.
 *
 * <p>There are never more than have been busy at a time; one that is free is used again, by
 * whichever thread comes next. A simulation must therefore begin by setting its state back: what it
 * gives may depend on its parameters and its random stream only. One that threw is not used again,
 * as its state is unknown.
 *
 * <p>Simulators that are {@link AutoCloseable} are closed when they are not used again, at the
 * latest by {@link #close()}.
 */
public final class PerThreadSimulator implements Simulator, AutoCloseable {
  private final Supplier<? extends Simulator> factory;
  private final Deque<Simulator> free = new ConcurrentLinkedDeque<>();
  private final Set<Simulator> all = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean closed;

  PerThreadSimulator(Supplier<? extends Simulator> factory) {
    this.factory = Objects.requireNonNull(factory, "factory");
  }

  /**
   * Simulates once.
   *
   * @throws IllegalStateException if it is closed
   */
  @Override
  public double[] simulate(double[] parameters, RandomGenerator random) throws Exception {
    Simulator own = free.poll();
    if (own == null) {
      own = create();
    }
    double[] result;
    try {
      result = own.simulate(parameters, random);
    } catch (Throwable t) {
      discard(own, t);
      throw t;
    }
    // Its array may be its state, which the next thread changes.
    result = result == null ? null : result.clone();
    giveBack(own);
    return result;
  }

  private Simulator create() {
    Simulator created = Objects.requireNonNull(factory.get(), "the factory gave no simulator");
    synchronized (this) {
      if (!closed) {
        if (!all.add(created)) {
          throw new IllegalStateException(
              "the factory gave the same simulator twice; let it make a new one each time");
        }
        return created;
      }
    }
    IllegalStateException late =
        new IllegalStateException("the simulator is closed; make another by Simulator.perThread");
    end(created, late);
    throw late;
  }

  private synchronized void giveBack(Simulator own) throws Exception {
    if (!closed) {
      free.push(own);
    } else if (all.remove(own) && own instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }

  private void discard(Simulator own, Throwable reason) {
    synchronized (this) {
      all.remove(own);
    }
    end(own, reason);
  }

  private static void end(Simulator simulator, Throwable reason) {
    if (simulator instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        reason.addSuppressed(e);
      }
    }
  }

  /**
   * Closes all simulators that are free now, and others when they become free. It may be called
   * twice.
   *
   * @throws IllegalStateException if one cannot be closed; the others are
   */
  @Override
  public synchronized void close() {
    closed = true;
    IllegalStateException failure = new IllegalStateException("a simulator cannot be closed");
    for (Simulator own = free.poll(); own != null; own = free.poll()) {
      all.remove(own);
      end(own, failure);
    }
    if (failure.getSuppressed().length > 0) {
      failure.initCause(failure.getSuppressed()[0]);
      throw failure;
    }
  }
}
