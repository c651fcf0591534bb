package io.github.sbi4j.core.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.sbi4j.core.random.RandomStreams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is started, and settings of workers. */
class CommandTest {
  @TempDir private Path directory;

  @Test
  void programRunsWhereAndWithWhatItIsTold() throws Exception {
    Scripts.requirePython();
    Path script =
        Scripts.serving(
            directory,
            "import os, sys\ndef simulate(parameters, seed):\n    return [float(os.environ['GAIN']), float(os.path.samefile('.', sys.argv[1]))]\n");
    Command command =
        Command.python(script, directory.toString())
            .withDirectory(directory)
            .withEnvironment("GAIN", "2.5");
    assertThat(command.directory()).contains(directory);
    assertThat(command.environment()).containsEntry("GAIN", "2.5").containsKey("PYTHONPATH");
    try (ProcessSimulator simulator = ProcessSimulator.start(command)) {
      assertThat(simulator.simulate(new double[1], RandomStreams.of(1, 1))).containsExactly(2.5, 1);
    }
  }

  @Test
  void moduleBesideAScriptServesIt() throws Exception {
    Scripts.requirePython();
    Path module = PythonWorker.write(directory);
    assertThat(module).isEqualTo(directory.resolve("sbi4j_worker.py"));
    Path script = Scripts.serving(directory, "def simulate(parameters, seed):\n    return [4]\n");
    Command command = Command.of(PythonWorker.interpreter().toString(), script.toString());
    assertThat(command.environment()).isEmpty();
    try (ProcessSimulator simulator = ProcessSimulator.start(command)) {
      assertThat(simulator.simulate(new double[1], RandomStreams.of(1, 1))).containsExactly(4);
    }
  }

  @Test
  void moduleIsShort() throws IOException {
    long code =
        Files.readAllLines(PythonWorker.write(directory)).stream()
            .filter(line -> !line.isBlank())
            .count();
    assertThat(code).isLessThan(60);
  }

  @Test
  void badCommandsAreTold() {
    assertThatIllegalArgumentException()
        .isThrownBy(Command::of)
        .withMessageContaining("the command has no program");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Command.python(directory.resolve("none.py")))
        .withMessageContaining("there is no script " + directory.resolve("none.py"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Command.of("p").withDirectory(directory.resolve("none")))
        .withMessageContaining("there is no directory " + directory.resolve("none"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Command.of("p").withEnvironment("A=B", "c"))
        .withMessageContaining("'A=B' is no name of a variable");
    Assertions.assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> PythonWorker.write(directory.resolve("none")))
        .withMessageContaining("cannot write");
  }

  @Test
  void badSettingsAreTold() {
    ProcessSettings settings = ProcessSettings.defaults();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withWorkers(0))
        .withMessageContaining("workers is 0, expected at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withTimeout(Duration.ofSeconds(-1)))
        .withMessageContaining("time-out is PT-1S, expected more than zero");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withStartTimeout(Duration.ZERO))
        .withMessageContaining("start time-out is PT0S, expected more than zero");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withMaxAnswerBytes(1))
        .withMessageContaining("the longest answer is 1 bytes, expected at least 64");
    assertThat(settings.workers()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(settings.timeout()).isEmpty();
    assertThat(settings.startTimeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.maxAnswerBytes()).isEqualTo(16 << 20);
  }
}
