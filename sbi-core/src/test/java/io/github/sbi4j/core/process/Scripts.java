package io.github.sbi4j.core.process;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Python scripts for tests, and what they need. */
final class Scripts {
  private Scripts() {}

  /** Skips the test, with a message, where there is no Python 3. */
  static void requirePython() {
    boolean found = true;
    try {
      PythonWorker.interpreter();
    } catch (IllegalStateException e) {
      found = false;
    }
    assumeTrue(found, "there is no python3 on the path: simulators in processes are not tested");
  }

  /** A script that serves the function simulate which the lines define. */
  static Path serving(Path directory, String lines) {
    String script = "from sbi4j_worker import serve\n" + lines + "\nserve(simulate)\n";
    return write(directory.resolve("model.py"), script);
  }

  /** The script whose faults are chosen by a parameter. */
  static Path faults(Path directory) {
    try (InputStream resource = Scripts.class.getResourceAsStream("faults.py")) {
      return Files.write(directory.resolve("faults.py"), resource.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  /** Waits until something is so; false if it is not for long. */
  static boolean within(Duration limit, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(20);
    }
    return true;
  }
}
