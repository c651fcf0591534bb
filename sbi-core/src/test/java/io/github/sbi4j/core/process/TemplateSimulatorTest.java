package io.github.sbi4j.core.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.SimulationFailure;
import io.github.sbi4j.core.simulation.Simulations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs that are started for each simulation. */
@Timeout(60)
class TemplateSimulatorTest {
  private static final String[] NAMES = {"a", "b"};

  @TempDir private Path directory;

  @BeforeAll
  static void requirePython() {
    Scripts.requirePython();
  }

  /** A program that gets a, b, the seed and its output, as sys.argv[1] and so on. */
  private TemplateSimulator program(String lines) {
    Path script =
        Scripts.write(
            directory.resolve("program.py"),
            "import os, sys, time\na, b, seed, out = float(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), sys.argv[4]\n"
                + lines);
    return TemplateSimulator.of(Command.python(script, "{a}", "{b}", "{seed}", "{out}"), NAMES);
  }

  private static double[] simulate(TemplateSimulator simulator) throws Exception {
    return simulator.simulate(new double[] {0.1, -2e-300}, RandomStreams.of(1, 2));
  }

  private static final String WRITE = "open(out, 'w').write(f'%s')\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {a},{b},{seed}
          {a}, {b} , {seed}\\n
          {a}\\n{b}\\n\\n{seed}\\n
          x,y,z\\n{a},{b},{seed}
          "x"\\n{a}\\n{b}\\n{seed}
          """)
  void readsCsv(String text) throws Exception {
    assertThat(simulate(program(WRITE.formatted(text))))
        .containsExactly(0.1, -2e-300, RandomStreams.of(1, 2).nextLong() >>> 11);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [{a}, {b}, {seed}]
          {{"names": ["x", "y", "z"], "result": [{a}, {b}, {seed}]}}
          """)
  void readsJson(String text) throws Exception {
    assertThat(simulate(program(WRITE.formatted(text)).withOutput("x.json")))
        .containsExactly(0.1, -2e-300, RandomStreams.of(1, 2).nextLong() >>> 11);
  }

  @Test
  void readsWhatOtherLanguagesCallNotANumberOrInfinite() throws Exception {
    assertThat(simulate(program(WRITE.formatted("NA,nan,Inf,-inf"))))
        .containsExactly(
            Double.NaN, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
  }

  @Test
  void argumentsReachTheProgramAsTheyAre() throws Exception {
    Path script =
        Scripts.write(
            directory.resolve("arguments.py"),
            "import sys\nopen(sys.argv[1], 'w').write(str(int(sys.argv[2:] == ['$(touch hacked)', '*', '; \"', '{ x }', '--a=1.5'])))\n");
    TemplateSimulator simulator =
        TemplateSimulator.of(
            Command.python(script, "{out}", "$(touch hacked)", "*", "; \"", "{ x }", "--a={a}"),
            "a");
    assertThat(simulator.simulate(new double[] {1.5}, RandomStreams.of(1, 2))).containsExactly(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          print('too stiff'); sys.exit(7)        | ended with status 7; it printed:\\ntoo stiff
          print('nothing')                       | ended with status 0 and did not write out.csv; it printed:\\nnothing
          open(out, 'w')                         | out.csv begins with ''; expected numbers
          open(out, 'w').write('x,y')            | out.csv begins with 'x,y'; 'x' is not a number
          open(out, 'w').write('x,y\\n1,b')      | 'b' is not a number
          open(out, 'wb').write(b'\\xff\\x00')   | is not a number
          os.truncate(os.open(out, 65), 1 << 27) | has 134217728 bytes, expected at most 67108864
          """)
  void brokenRunCostsTheRow(String lines, String message) {
    TemplateSimulator simulator =
        program("if a == 0.1:\n    " + lines + "\n    sys.exit(0)\n" + WRITE.formatted("{a}"));
    Samples rows = Samples.copyOf(List.of(NAMES), new double[][] {{1, 1}, {0.1, 1}, {2, 1}});
    Simulations table = Simulations.run(simulator, rows, 1);

    assertThat(table.failures()).extracting(SimulationFailure::row).containsExactly(1);
    assertThat(table.failures().get(0).message()).contains(message.replace("\\n", "\n"));
    assertThat(table.valid().observations().column(0)).containsExactly(1, 2);
  }

  @Test
  void brokenJsonSaysWhatIsExpected() {
    assertThatExceptionOfType(ProcessException.class)
        .isThrownBy(() -> simulate(program(WRITE.formatted("[1, 2] 3")).withOutput("x.json")))
        .withMessage(
            "x.json begins with '[1, 2] 3'; expected nothing after the first object or array");
    assertThatExceptionOfType(ProcessException.class)
        .isThrownBy(
            () -> simulate(program(WRITE.formatted("{{\"results\": [1]}}")).withOutput("x.json")))
        .withMessageContaining("or an object with such an array named result");
  }

  @Test
  void programThatTakesTooLongIsKilledWithWhatItStarted() throws Exception {
    Path pids = directory.resolve("pids");
    Command command =
        Command.of(
            "sh", "-c", "sleep 1000 & echo $$ $! > '" + pids + "'; echo slow; wait", "{a}{b}{out}");
    TemplateSimulator slow =
        TemplateSimulator.of(command, NAMES).withTimeout(Duration.ofSeconds(2));
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() -> simulate(slow))
        .withMessage("the program took longer than PT2S and was killed; it printed:\nslow");
    for (String pid : Files.readString(pids).trim().split(" ")) {
      long id = Long.parseLong(pid);
      assertThat(Scripts.within(Duration.ofSeconds(5), () -> !Scripts.isAlive(id))).isTrue();
    }
  }

  @Test
  void directoryIsDeleted() throws Exception {
    TemplateSimulator simulator =
        program(
                "os.mkdir('d')\nopen('d/own.txt', 'w').write('1')\nopen(out, 'w').write(str(len(os.listdir('.'))))\nopen('%s', 'w').write(os.getcwd())\n"
                    .formatted(directory.resolve("where")))
            .inOwnDirectory();
    assertThat(simulate(simulator)).containsExactly(2); // d and the output
    assertThat(Path.of(Files.readString(directory.resolve("where")))).doesNotExist();
  }

  @Test
  void missingProgramCostsTheRow() {
    assertThatExceptionOfType(ProcessException.class)
        .isThrownBy(
            () -> simulate(TemplateSimulator.of(Command.of("no-such", "{a}{b}{out}"), NAMES)))
        .withMessageContaining("cannot start [no-such, {a}{b}{out}]");
  }

  @Test
  void badTemplatesAreTold() {
    assertBad("[p, {a}, {out}] has no {b}", "p", "{a}", "{out}");
    assertBad("[p, {a}, {b}] has no {out} or {dir}", "p", "{a}", "{b}");
    assertBad("nothing is known of the placeholders [c]", "p", "{a}", "{b}", "{c}", "{out}");
    Command good = Command.of("p", "{a}", "{b}", "{out}", "{seed}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TemplateSimulator.of(good, "a", "b", "seed"))
        .withMessageContaining("'seed' cannot be the name of a parameter in a template");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TemplateSimulator.of(good, "a", "a"))
        .withMessageContaining("two parameters are named 'a'");
    TemplateSimulator simulator = TemplateSimulator.of(good, NAMES);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> simulator.withOutput("../x.csv"))
        .withMessageContaining("'../x.csv' is no name for the output");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> simulator.withOutput("x.txt"))
        .withMessageContaining("ends in .csv or .json");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> simulator.withTimeout(Duration.ZERO))
        .withMessageContaining("time-out is PT0S, expected more than zero");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> simulator.simulate(new double[1], RandomStreams.of(1, 1)))
        .withMessageContaining("1 parameters [0.0] for a template with the 2 names [a, b]");
  }

  private static void assertBad(String message, String... line) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TemplateSimulator.of(Command.of(line), NAMES))
        .withMessageContaining(message);
  }

  @Test
  void nothingIsLeftBehind() throws Exception {
    Path place = Path.of(System.getProperty("java.io.tmpdir"));
    simulate(program(WRITE.formatted("{a}")));
    try (Stream<Path> files = Files.list(place)) {
      assertThat(files.filter(TemplateSimulatorTest::isNonEmptyRun)).isEmpty();
    }
  }

  /** Other tests may be running programs of their own, in directories that are open now. */
  private static boolean isNonEmptyRun(Path path) {
    return path.getFileName().toString().startsWith("sbi4j-run-")
        && Files.exists(path.resolve("out.csv"));
  }
}
