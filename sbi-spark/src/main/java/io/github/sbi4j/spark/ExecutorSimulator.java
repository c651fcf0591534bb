package io.github.sbi4j.spark;

import io.github.sbi4j.core.simulation.Simulator;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * A simulator that each executor makes for itself, once, and that all its tasks share: a pool of
 * worker processes, or a model that cannot be serialised.
 *
 * <pre>{@code
 * ExecutorSimulator.of(() -> ProcessSimulator.python(Path.of("/models/model.py")))
 * ExecutorSimulator.of(() -> Simulator.perThread(Walk::new)) // a model with state
 * }</pre>
 *
 * <p>Simulators that are {@link AutoCloseable}, as those of processes are, are closed on each
 * executor when no task has used them for a minute; in this JVM also by {@link #close()}. Programs
 * end with the JVM of their executor in any case.
 */
public final class ExecutorSimulator implements Simulator, Serializable, AutoCloseable {
  private static final long serialVersionUID = 1;

  private final String id = UUID.randomUUID().toString();
  private final SimulatorFactory factory;
  private final Duration idle;

  private ExecutorSimulator(SimulatorFactory factory, Duration idle) {
    this.factory = factory;
    this.idle = idle;
  }

  /**
   * A simulator that each executor makes for itself.
   *
   * @param factory makes it, called once on each executor; what it captures has to be serialisable
   * @return the simulator
   */
  public static ExecutorSimulator of(SimulatorFactory factory) {
    Objects.requireNonNull(factory, "factory");
    return new ExecutorSimulator(factory, Duration.ofMinutes(1));
  }

  /** The same with another time after which what is not used is closed. */
  ExecutorSimulator closingAfter(Duration unused) {
    return new ExecutorSimulator(factory, unused);
  }

  /** What a task holds of the simulator of its executor while it simulates. */
  SharedSimulators.Lease lease() {
    return SharedSimulators.lease(id, factory, idle);
  }

  /**
   * Simulates once, in this JVM.
   *
   * @throws IllegalStateException if the factory fails
   */
  @Override
  public double[] simulate(double[] parameters, RandomGenerator random) throws Exception {
    try (SharedSimulators.Lease lease = lease()) {
      return lease.simulator().simulate(parameters, random);
    }
  }

  /** Closes what was made in this JVM; it is made again if it is used again. */
  @Override
  public void close() {
    SharedSimulators.close(id);
  }
}
