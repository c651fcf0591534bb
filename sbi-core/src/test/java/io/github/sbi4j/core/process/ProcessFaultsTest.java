package io.github.sbi4j.core.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.BatchException;
import io.github.sbi4j.core.simulation.SimulationFailure;
import io.github.sbi4j.core.simulation.SimulationFailure.Kind;
import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.core.simulation.Simulations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a worker does costs its row and nothing else. */
@Timeout(120)
class ProcessFaultsTest {
  private static final long SEED = 11;
  private static final int ROWS = 300;
  private static final int FAULTY = 137;
  private static final ProcessSettings SETTINGS =
      ProcessSettings.defaults()
          .withWorkers(2)
          .withTimeout(Duration.ofSeconds(5))
          .withMaxAnswerBytes(100_000);

  @TempDir private Path directory;

  @BeforeAll
  static void requirePython() {
    Scripts.requirePython();
  }

  /** Rows of a fault and a value; all are well but two. */
  private static Samples rows(int fault) {
    double[][] rows = new double[ROWS][];
    for (int i = 0; i < ROWS; i++) {
      rows[i] = new double[] {i == FAULTY || i == ROWS - 1 ? fault : 0, i / 7.0};
    }
    return Samples.copyOf(List.of("fault", "value"), rows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1  | TIMED_OUT  | took longer than PT5S and was killed; it printed
          2  | FAILED     | ended with status 3 in this simulation; it printed
          3  | FAILED     | ended with status 137 in this simulation; it printed
          4  | FAILED     | MemoryError
          5  | FAILED     | the simulation failed: the step size is too large
          6  | NON_FINITE | value 1 of 2 is NaN
          7  | FAILED     | the simulator returned 3 values, expected 2 as in row 0
          8  | FAILED     | answered 'Iteration 1: converged'; expected an object of JSON
          9  | FAILED     | answers come in the order of the requests
          10 | FAILED     | answered with more than 100000 bytes
          11 | FAILED     | answered with more than 100000 bytes
          12 | FAILED     | closed its standard input or output in this simulation; it printed
          13 | FAILED     | RuntimeError: chatty
          14 | FAILED     | numbers in its result
          15 | FAILED     | ended with status 4 in this simulation
          """)
  void costsItsRow(int fault, Kind kind, String message) {
    Samples rows = rows(fault);
    SimulationSettings two = SimulationSettings.defaults().withThreads(2);
    Simulations table;
    try (ProcessSimulator simulator =
        ProcessSimulator.start(Command.python(Scripts.faults(directory)), SETTINGS)) {
      table = Simulations.run(simulator, rows, SEED, two);
    }

    assertThat(table.failures())
        .extracting(SimulationFailure::row)
        .containsExactly(FAULTY, ROWS - 1);
    assertThat(table.failures()).extracting(SimulationFailure::kind).containsOnly(kind);
    assertThat(table.failures()).allMatch(failure -> failure.message().contains(message));
    for (int i = 0; i < ROWS; i++) {
      if (i != FAULTY && i != ROWS - 1) {
        long seed = RandomStreams.of(SEED, i).nextLong() >>> 11;
        assertThat(table.observations().row(i)).containsExactly(i / 7.0, seed);
      }
    }
  }

  @Test
  void tellsWhatTheWorkerPrinted() {
    try (ProcessSimulator simulator =
        ProcessSimulator.start(Command.python(Scripts.faults(directory)), SETTINGS)) {
      Simulations table = Simulations.run(simulator, rows(13), SEED);
      SimulationFailure failure = table.failures().get(0);

      assertThat(failure.message())
          .contains("it printed:\n...eee")
          .contains("eeethe end\nTraceback");
      assertThat(failure.message()).hasSizeLessThan(OutputTail.KEPT + 300);
      assertThat(failure.cause())
          .isInstanceOfSatisfying(
              ProcessException.class,
              e -> assertThat(e.standardError()).endsWith("RuntimeError: chatty"));
    }
  }

  @Test
  void killsWhatTheWorkerStarted() throws InterruptedException {
    try (ProcessSimulator simulator =
        ProcessSimulator.start(
            Command.python(Scripts.faults(directory)),
            SETTINGS.withTimeout(Duration.ofSeconds(4)))) {
      Simulations table = Simulations.run(simulator, rows(1), SEED);
      Matcher pids =
          Pattern.compile("child (\\d+) of (\\d+)").matcher(table.failures().get(0).message());

      assertThat(pids.find()).isTrue();
      long child = Long.parseLong(pids.group(1));
      long worker = Long.parseLong(pids.group(2));
      assertThat(Scripts.within(Duration.ofSeconds(5), () -> !Scripts.isAlive(worker))).isTrue();
      assertThat(Scripts.within(Duration.ofSeconds(5), () -> !Scripts.isAlive(child))).isTrue();
    }
  }

  @Test
  void answersOfAWorkerThatHasEndedAreRead() {
    // It answers all that was sent ahead at once, when nothing more can be sent, and ends.
    Path script =
        Scripts.write(
            directory.resolve("parting.py"),
            """
            import json, os, select
            os.write(1, b'{"sbi4j": 1}\\n')
            requests = b""
            while not requests or select.select([0], [], [], 0.5)[0]:
                more = os.read(0, 1 << 16)
                if not more:
                    break
                requests += more
            os.close(0)
            for line in requests.splitlines():
                request = json.loads(line)
                os.write(1, (json.dumps({"id": request["id"], "result": request["parameters"]}) + "\\n").encode())
            os._exit(6)
            """);
    double[][] parameters = new double[ROWS][];
    RandomGenerator[] random = new RandomGenerator[ROWS];
    for (int i = 0; i < ROWS; i++) {
      parameters[i] = new double[] {i};
      random[i] = RandomStreams.of(SEED, i);
    }
    try (ProcessSimulator simulator =
        ProcessSimulator.start(Command.python(script), SETTINGS.withWorkers(1))) {
      BatchException e =
          catchThrowableOfType(
              BatchException.class, () -> simulator.simulateBatch(parameters, random));

      // Each life of the worker answers what fits ahead, about 80 requests, and costs one row.
      int failures = 0;
      for (int i = 0; i < ROWS; i++) {
        if (e.cause(i) == null) {
          assertThat(e.result(i)).containsExactly(i);
        } else {
          assertThat(e.cause(i)).hasMessageContaining("ended with status 6");
          failures++;
        }
      }
      assertThat(failures).isBetween(3, 4);
    }
  }

  @Test
  void exceptionOfAFunctionLeavesTheWorker() {
    Path script =
        Scripts.serving(
            directory,
            """
            import os
            def simulate(parameters, seed):
                print("what is printed does not mix with answers")
                if parameters[0] == 13:
                    raise ValueError("bad parameter")
                if parameters[0] == 14:
                    return 5
                return [os.getpid()]
            """);
    double[] values = new double[100];
    values[40] = 13;
    values[41] = 14;
    try (ProcessSimulator simulator =
        ProcessSimulator.start(Command.python(script), SETTINGS.withWorkers(1))) {
      Simulations table =
          Simulations.run(simulator, Samples.ofRowMajor(List.of("a"), values), SEED);

      assertThat(table.failures()).extracting(SimulationFailure::row).containsExactly(40, 41);
      assertThat(table.failures().get(0).message())
          .contains("the simulation failed: Traceback")
          .endsWith("ValueError: bad parameter");
      assertThat(table.failures().get(1).message()).contains("TypeError");
      double[] pids = table.valid().observations().column(0);
      assertThat(pids).containsOnly(pids[0]);
    }
  }

  @Test
  void namesOfTheWorkerSayHowManyValuesThereAre() {
    Path script =
        Scripts.write(
            directory.resolve("named.py"),
            """
            from sbi4j_worker import serve
            serve(lambda parameters, seed: [1.0] * int(parameters[0]), names=["mean", "sd"])
            """);
    Samples rows = Samples.ofRowMajor(List.of("a"), new double[] {1, 2, 3, 2});
    try (ProcessSimulator simulator = ProcessSimulator.start(Command.python(script), SETTINGS)) {
      assertThat(simulator.observationNames()).contains(List.of("mean", "sd"));
      Simulations table = Simulations.run(simulator, rows, SEED);

      assertThat(table.failures()).extracting(SimulationFailure::row).containsExactly(0, 2);
      assertThat(table.failures().get(0).message())
          .contains("answered with 1 values, expected 2 for its names [mean, sd]");
    }
  }
}
