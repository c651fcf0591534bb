package io.github.sbi4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sbi4j.core.process.ProcessSimulator;
import io.github.sbi4j.core.process.PythonWorker;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Simulators that executors make for themselves. */
class ExecutorSimulatorTest {
  private static final AtomicInteger MADE = new AtomicInteger();
  private static final AtomicInteger CLOSED = new AtomicInteger();
  private static SparkSession session;
  private static SparkRunner runner;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    session = Sessions.local();
    runner = SparkRunner.on(session).withPartitions(7);
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  /** Cannot be serialised, and counts. */
  private static final class Counted implements Simulator, AutoCloseable {
    private boolean closed;

    Counted() {
      MADE.incrementAndGet();
    }

    @Override
    public double[] simulate(double[] parameters, RandomGenerator random) {
      assertThat(closed).isFalse();
      return Models.noisy(parameters, random);
    }

    @Override
    public void close() {
      closed = true;
      CLOSED.incrementAndGet();
    }
  }

  @Test
  void isMadeOnceAndClosedWhenUnused() throws Exception {
    int made = MADE.get();
    int closed = CLOSED.get();
    ExecutorSimulator shared =
        ExecutorSimulator.of(Counted::new).closingAfter(Duration.ofMillis(300));
    Simulations local = Simulations.run(Models.NOISY, Models.PRIOR, 100, 1);

    assertThat(runner.run(shared, Models.PRIOR, 100, 1)).isEqualTo(local);
    assertThat(MADE.get()).isEqualTo(made + 1);
    for (int i = 0; i < 100 && CLOSED.get() == closed; i++) {
      Thread.sleep(50);
    }
    assertThat(CLOSED.get()).isEqualTo(closed + 1);
    assertThat(runner.run(shared, Models.PRIOR, 100, 1)).isEqualTo(local);
    assertThat(MADE.get()).isEqualTo(made + 2);
  }

  @Test
  void closesInThisJvm() throws Exception {
    int made = MADE.get();
    int closed = CLOSED.get();
    try (ExecutorSimulator shared = ExecutorSimulator.of(Counted::new)) {
      double[] theta = {0.5, 0.5};
      assertThat(shared.simulate(theta, RandomStreams.of(1, 0)))
          .isEqualTo(Models.noisy(theta, RandomStreams.of(1, 0)));
      assertThat(CLOSED.get()).isEqualTo(closed);
    }
    assertThat(MADE.get()).isEqualTo(made + 1);
    assertThat(CLOSED.get()).isEqualTo(closed + 1);
  }

  @Test
  void modelsWithStateAreNotShared() {
    ExecutorSimulator shared =
        ExecutorSimulator.of(() -> Simulator.perThread(Models.Stateful::new));

    assertThat(runner.run(shared, Models.PRIOR, 500, 1))
        .isEqualTo(Simulations.run(Models.NOISY, Models.PRIOR, 500, 1));
  }

  @Test
  void aFactoryThatFailsEndsTheRun() {
    ExecutorSimulator missing =
        ExecutorSimulator.of(
            () -> {
              throw new IllegalArgumentException("there is no script /models/model.py");
            });

    assertThatIllegalStateException()
        .isThrownBy(() -> runner.run(missing, Models.PRIOR, 10, 1))
        .withMessageStartingWith("Spark cannot go on: ")
        .withMessageContaining("there is no script /models/model.py");
  }

  @Test
  void programsAreTheSameAsHere() throws Exception {
    boolean found = true;
    try {
      PythonWorker.interpreter();
    } catch (IllegalStateException e) {
      found = false;
    }
    assumeTrue(found, "there is no python3 on the path: simulators in processes are not tested");
    Path script =
        Files.writeString(
            directory.resolve("model.py"),
            """
            import os, random
            from sbi4j_worker import serve

            def simulate(parameters, seed):
                if parameters[0] > 0.95:
                    os._exit(3)
                chance = random.Random(seed)
                return [chance.gauss(parameters[0], parameters[1])]

            serve(simulate)
            """);
    Simulations local;
    try (ProcessSimulator simulator = ProcessSimulator.python(script)) {
      local = Simulations.run(simulator, Models.PRIOR, 60, 1);
    }
    String name = script.toString();
    try (ExecutorSimulator shared =
        ExecutorSimulator.of(() -> ProcessSimulator.python(Path.of(name)))) {
      assertThat(local.failures()).isNotEmpty();
      assertThat(runner.run(shared, Models.PRIOR, 60, 1)).isEqualTo(local);
    }
  }
}
