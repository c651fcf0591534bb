package io.github.sbi4j.core.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.SimulationFailure;
import io.github.sbi4j.core.simulation.SimulationFailure.Kind;
import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.core.simulation.Simulations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pool of workers that behave, and its start and end. */
@Timeout(120)
class ProcessSimulatorTest {
  private static final Distribution PRIOR =
      BoxUniform.of(new double[] {-1, 1e-300}, new double[] {1, 2e-300});
  private static final long SEED = 3;
  private static final ProcessSettings SETTINGS = ProcessSettings.defaults().withWorkers(2);

  @TempDir private Path directory;

  @BeforeAll
  static void requirePython() {
    Scripts.requirePython();
  }

  private ProcessSimulator serving(ProcessSettings settings, String lines) {
    return ProcessSimulator.start(Command.python(Scripts.serving(directory, lines)), settings);
  }

  private static final String ECHO =
      """
      def simulate(parameters, seed):
          return [parameters[0], parameters[1], seed]
      """;

  @Test
  void passesValuesAndSeedsBitForBitForAnyWorkersAndChunks() {
    Simulations[] tables = new Simulations[3];
    for (int i = 0; i < 3; i++) {
      try (ProcessSimulator simulator =
          serving(ProcessSettings.defaults().withWorkers(i + 1), ECHO)) {
        SimulationSettings settings =
            SimulationSettings.defaults().withThreads(3).withChunkSize(i == 0 ? 1 : 100 * i);
        tables[i] = Simulations.run(simulator, PRIOR, 1000, SEED, settings);
      }
    }

    assertThat(tables[1]).isEqualTo(tables[0]);
    assertThat(tables[2]).isEqualTo(tables[0]);
    assertThat(tables[0].failures()).isEmpty();
    for (int i = 0; i < 1000; i++) {
      double[] theta = tables[0].parameters().row(i);
      double seed = RandomStreams.of(SEED, i).nextLong() >>> 11;
      assertThat(tables[0].observations().row(i)).containsExactly(theta[0], theta[1], seed);
    }
  }

  @Test
  void takesObservationsThatAPipeDoesNotHold() {
    double[][] rows = new double[40][5000];
    for (int i = 0; i < rows.length; i++) {
      Arrays.fill(rows[i], Math.PI * i);
    }
    Samples wide = Samples.copyOf(IntStream.range(0, 5000).mapToObj(i -> "p" + i).toList(), rows);
    try (ProcessSimulator simulator =
        serving(SETTINGS, "def simulate(parameters, seed):\n    return parameters * 3\n")) {
      Simulations table = Simulations.run(simulator, wide, SEED);

      assertThat(table.failures()).isEmpty();
      assertThat(table.observations().columns()).isEqualTo(15_000);
      assertThat(table.observations().get(39, 14_999)).isEqualTo(Math.PI * 39);
    }
  }

  @Test
  void simulatesOneRow() throws Exception {
    try (ProcessSimulator simulator = serving(SETTINGS, ECHO)) {
      assertThat(simulator.simulate(new double[] {1, 2}, RandomStreams.of(1, 2)))
          .containsExactly(1, 2, RandomStreams.of(1, 2).nextLong() >>> 11);
      assertThatThrownBy(() -> simulator.simulate(new double[] {1}, RandomStreams.of(1, 2)))
          .isInstanceOf(ProcessException.class)
          .hasMessageContaining("IndexError");
    }
  }

  @Test
  void timeoutOfOneRowIsATimeoutException() {
    try (ProcessSimulator simulator =
        serving(
            SETTINGS.withTimeout(Duration.ofMillis(300)),
            "import time\ndef simulate(parameters, seed):\n    time.sleep(1000)\n")) {
      assertThatThrownBy(() -> simulator.simulate(new double[] {1}, RandomStreams.of(1, 2)))
          .isInstanceOf(TimeoutException.class)
          .hasMessageContaining("took longer than PT0.3S and was killed");
    }
  }

  @Test
  void timeoutOfTheRunCostsTheRowToo() {
    double[] values = new double[20];
    values[7] = 1;
    try (ProcessSimulator simulator =
        serving(
            SETTINGS,
            "import time\ndef simulate(parameters, seed):\n    time.sleep(1000 * parameters[0])\n    return [1]\n")) {
      Simulations table =
          Simulations.run(
              simulator,
              Samples.ofRowMajor(List.of("a"), values),
              SEED,
              SimulationSettings.defaults()
                  .withThreads(2)
                  .withChunkSize(1)
                  .withTimeout(Duration.ofSeconds(5)));
      assertThat(table.failures()).extracting(SimulationFailure::row).containsExactly(7);
      assertThat(table.failures().get(0).kind()).isEqualTo(Kind.TIMED_OUT);
    }
  }

  @Test
  void interruptEndsTheRunAndKillsTheWorkers() throws InterruptedException {
    Path started = directory.resolve("started");
    try (ProcessSimulator simulator =
        serving(
            SETTINGS,
            "import os, time\ndef simulate(parameters, seed):\n    open('%s', 'w').write(str(os.getpid()) + '.')\n    time.sleep(1000)\n"
                .formatted(started))) {
      Thread caller =
          new Thread(
              () ->
                  assertThatThrownBy(() -> Simulations.run(simulator, PRIOR, 10, SEED))
                      .isInstanceOf(CancellationException.class));
      caller.start();
      assertThat(Scripts.within(Duration.ofSeconds(20), () -> pidIn(started) > 0)).isTrue();
      caller.interrupt();
      caller.join(5000);
      assertThat(caller.isAlive()).isFalse();
      long pid = pidIn(started);
      assertThat(Scripts.within(Duration.ofSeconds(5), () -> !Scripts.isAlive(pid))).isTrue();
    }
  }

  private static long pidIn(Path file) {
    try {
      String text = Files.readString(file);
      return text.endsWith(".") ? Long.parseLong(text.substring(0, text.length() - 1)) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  @Test
  void closeEndsAllWorkers() {
    Simulations table;
    try (ProcessSimulator simulator =
        serving(
            SETTINGS,
            "import os, time\ndef simulate(parameters, seed):\n    time.sleep(0.05)\n    return [os.getpid()]\n")) {
      table =
          Simulations.run(simulator, PRIOR, 40, SEED, SimulationSettings.defaults().withThreads(2));
    }
    long[] pids =
        Arrays.stream(table.observations().column(0)).mapToLong(x -> (long) x).distinct().toArray();
    assertThat(pids).hasSize(2);
    assertThat(Arrays.stream(pids)).noneMatch(Scripts::isAlive);
  }

  @Test
  void closedSimulatorSaysSo() {
    ProcessSimulator simulator = serving(SETTINGS, ECHO);
    simulator.close();
    simulator.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> simulator.simulate(new double[] {1, 2}, RandomStreams.of(1, 2)))
        .withMessageContaining("is closed; start another");
  }

  @Test
  void programThatIsMissingOrNoWorkerIsToldAtOnce() {
    assertThatIllegalStateException()
        .isThrownBy(() -> ProcessSimulator.start(Command.of("no-such-program")))
        .withMessageContaining("[no-such-program] is no worker: cannot start");
    assertThatIllegalStateException()
        .isThrownBy(() -> ProcessSimulator.python(Scripts.serving(directory, "import nowhere")))
        .withMessageContaining("ended with status 1 before it said that it is ready")
        .withMessageContaining("No module named 'nowhere'");
    Path silent = Scripts.write(directory.resolve("silent.py"), "import time\ntime.sleep(1000)\n");
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                ProcessSimulator.start(
                    Command.python(silent), SETTINGS.withStartTimeout(Duration.ofMillis(300))))
        .withMessageContaining("did not say that it is ready within PT0.3S");
    Path other = Scripts.write(directory.resolve("other.py"), "print('{\"sbi4j\": 7}')\n");
    assertThatIllegalStateException()
        .isThrownBy(() -> ProcessSimulator.python(other))
        .withMessageContaining("speaks version 7 of the protocol, expected 1");
  }
}
