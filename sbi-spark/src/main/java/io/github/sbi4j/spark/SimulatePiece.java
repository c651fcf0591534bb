package io.github.sbi4j.spark;

import io.github.sbi4j.core.simulation.SimulatedRows;
import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.core.simulation.Simulator;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.jspecify.annotations.Nullable;

/** What a task does. It is sent to the executors with the simulator. */
final class SimulatePiece implements Function<Piece, SimulatedRows> {
  private static final long serialVersionUID = 1;

  private final Simulator simulator;
  private final long seed;
  private final int chunkSize;
  private final @Nullable Duration timeout;

  /** Requires a simulator that can be sent. */
  SimulatePiece(Simulator simulator, long seed, SimulationSettings settings) {
    requireSerializable(simulator);
    this.simulator = simulator;
    this.seed = seed;
    this.chunkSize = settings.chunkSize();
    this.timeout = settings.timeout().orElse(null);
  }

  @Override
  public SimulatedRows call(Piece piece) {
    TaskContext task = TaskContext.get();
    SimulationSettings settings =
        SimulationSettings.defaults()
            .withThreads(task == null ? 1 : task.cpus())
            .withChunkSize(chunkSize);
    if (timeout != null) {
      settings = settings.withTimeout(timeout);
    }
    if (simulator instanceof ExecutorSimulator shared) {
      try (SharedSimulators.Lease lease = shared.lease()) {
        return simulate(lease.simulator(), piece, settings);
      }
    }
    return simulate(simulator, piece, settings);
  }

  private SimulatedRows simulate(Simulator one, Piece piece, SimulationSettings settings) {
    return SimulatedRows.simulate(one, piece.parameters(), piece.firstRow(), seed, settings);
  }

  private static void requireSerializable(Simulator simulator) {
    try (ObjectOutputStream stream = new ObjectOutputStream(OutputStream.nullOutputStream())) {
      stream.writeObject(simulator);
    } catch (NotSerializableException e) {
      throw new IllegalArgumentException(
          "the simulator, a "
              + simulator.getClass().getName()
              + ", cannot be sent to executors: "
              + e.getMessage()
              + " is not serialisable. Declare a lambda as a SerializableSimulator, or let the class implement"
              + " Serializable; models with state and programs are made there, by ExecutorSimulator.of(() -> ...)",
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the simulator, a "
              + simulator.getClass().getName()
              + ", cannot be serialised to be sent to executors: "
              + e.getMessage(),
          e);
    }
  }
}
