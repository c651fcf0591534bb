package io.github.sbi4j.spark;

import io.github.sbi4j.core.simulation.Simulator;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The simulators of this JVM that its tasks share, each by the identifier that came with it. */
final class SharedSimulators {
  private static final Logger LOG = LoggerFactory.getLogger(SharedSimulators.class);
  private static final Map<String, Shared> ALL = new HashMap<>(); // guarded by itself
  private static final ScheduledExecutorService LATER =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "sbi-shared-simulators");
            thread.setDaemon(true);
            return thread;
          });

  private SharedSimulators() {}

  /** Holds the simulator of an identifier, which is made if there is none. */
  static Lease lease(String id, SimulatorFactory factory, Duration idle) {
    Shared shared;
    synchronized (ALL) {
      shared = ALL.computeIfAbsent(id, key -> new Shared(id, factory, idle));
      shared.holders++;
    }
    Lease lease = new Lease(shared);
    try {
      shared.make();
    } catch (Exception e) {
      lease.close();
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new IllegalStateException("the factory of the simulator failed: " + e, e);
    }
    return lease;
  }

  /** Closes the simulator of an identifier, or lets its last holder do so. */
  static void close(String id) {
    Shared shared;
    synchronized (ALL) {
      shared = ALL.remove(id);
      if (shared == null || shared.holders > 0) {
        return;
      }
    }
    shared.end();
  }

  /** The right to use a simulator until it is closed. */
  static final class Lease implements AutoCloseable {
    private final Shared shared;

    private Lease(Shared shared) {
      this.shared = shared;
    }

    Simulator simulator() {
      return Objects.requireNonNull(shared.simulator);
    }

    @Override
    public void close() {
      shared.release();
    }
  }

  private static final class Shared {
    private final String id;
    private final SimulatorFactory factory;
    private final Duration idle;
    private int holders; // guarded by ALL
    private long uses; // guarded by ALL
    private volatile @Nullable Simulator simulator;

    Shared(String id, SimulatorFactory factory, Duration idle) {
      this.id = id;
      this.factory = factory;
      this.idle = idle;
    }

    /** Makes the simulator if there is none; others wait for it meanwhile. */
    synchronized void make() throws Exception {
      if (simulator == null) {
        simulator = Objects.requireNonNull(factory.create(), "the factory gave no simulator");
      }
    }

    void release() {
      boolean unwanted;
      synchronized (ALL) {
        holders--;
        uses++;
        unwanted = holders == 0 && ALL.get(id) != this;
        if (holders == 0 && !unwanted) {
          long now = uses;
          LATER.schedule(() -> endIfUnused(now), idle.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
      if (unwanted) {
        end();
      }
    }

    private void endIfUnused(long since) {
      synchronized (ALL) {
        if (holders > 0 || uses != since || !ALL.remove(id, this)) {
          return;
        }
      }
      end();
    }

    synchronized void end() {
      if (simulator instanceof AutoCloseable closeable) {
        try {
          closeable.close();
        } catch (Exception e) {
          LOG.warn("a simulator cannot be closed", e);
        }
      }
      simulator = null;
    }
  }
}
