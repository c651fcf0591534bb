package io.github.sbi4j.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.core.random.RandomStreams;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No worker outlives the JVM, however that ends. */
@Timeout(60)
class ProcessLifetimeTest {
  @TempDir private Path directory;

  @BeforeAll
  static void requirePython() {
    Scripts.requirePython();
  }

  /** A program that leaves without closing its simulator; its worker is idle or hangs. */
  public static final class Leaver {
    private Leaver() {}

    /** Takes a script, whether its worker is to hang, and whether to end in order. */
    public static void main(String[] arguments) throws Exception {
      ProcessSimulator simulator = ProcessSimulator.python(Path.of(arguments[0]));
      double[] pid = simulator.simulate(new double[] {0}, RandomStreams.of(1, 1));
      if (Boolean.parseBoolean(arguments[1])) {
        Thread hung =
            new Thread(
                () -> {
                  try {
                    simulator.simulate(new double[] {1}, RandomStreams.of(1, 1));
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                });
        hung.setDaemon(true);
        hung.start();
        Thread.sleep(500);
      }
      System.out.println((long) pid[0]);
      if (Boolean.parseBoolean(arguments[2])) {
        System.exit(0);
      }
      Thread.sleep(100_000);
    }
  }

  @ParameterizedTest
  @CsvSource({"false,true", "true,true", "false,false", "true,false"})
  void endsWithTheJvm(boolean hangs, boolean inOrder) throws Exception {
    Path script =
        Scripts.serving(
            directory,
            "import os, time\ndef simulate(parameters, seed):\n    time.sleep(1000 * parameters[0])\n    return [os.getpid()]\n");
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Leaver.class.getName(),
                script.toString(),
                Boolean.toString(hangs),
                Boolean.toString(inOrder))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long worker;
    try (BufferedReader output = jvm.inputReader()) {
      worker = Long.parseLong(output.readLine());
      if (!inOrder) {
        assertThat(Scripts.isAlive(worker)).isTrue();
        jvm.destroyForcibly();
      }
      assertThat(jvm.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(Scripts.within(Duration.ofSeconds(10), () -> !Scripts.isAlive(worker))).isTrue();
  }
}
