package io.github.sbi4j.core.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of {@link ProcessSimulator} in Python: a module of about forty lines that needs
 * nothing but Python 3.
 *
 * <pre>
 *   from sbi4j_worker import serve
 *
 *   def simulate(parameters, seed):
 *       return [...]                  # numbers; a list, a tuple or an array of NumPy
 *
 *   serve(simulate)
 * </pre>
 *
 * <p>{@link Command#python(Path, String...)} lets a script import it. {@link #write} puts it beside
 * a script, for those who want to look at it or run the script without this library.
 */
public final class PythonWorker {
  private static final String FILE = "sbi4j_worker.py";
  private static @Nullable Path directory;

  private PythonWorker() {}

  /**
   * Writes the module into a directory.
   *
   * @param directory an existing directory, of one's script say
   * @return the file, {@code sbi4j_worker.py}, overwritten if there was one
   * @throws UncheckedIOException if it cannot be written
   */
  public static Path write(Path directory) {
    Path file = directory.resolve(FILE);
    try (InputStream resource = PythonWorker.class.getResourceAsStream(FILE)) {
      if (resource == null) {
        throw new IllegalStateException(
            FILE + " is missing from sbi-core's jar; keep its resources when you repack it");
      }
      Files.copy(resource, file, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** A directory of this JVM's own that has the module. */
  static synchronized Path directory() {
    Path known = directory;
    if (known == null || !Files.exists(known.resolve(FILE))) {
      known = RunDirectory.create("sbi4j-python-");
      write(known);
      Path own = known;
      Runtime.getRuntime().addShutdownHook(new Thread(() -> RunDirectory.delete(own)));
      directory = known;
    }
    return known;
  }

  /**
   * The Python that is on the path.
   *
   * @return the path of python3, or of python where there is no python3, as on Windows
   * @throws IllegalStateException if there is neither
   */
  public static Path interpreter() {
    String path = System.getenv("PATH");
    for (String name : List.of("python3", "python", "python.exe")) {
      for (String entry : path == null ? new String[0] : path.split(File.pathSeparator)) {
        Path file = Path.of(entry.isEmpty() ? "." : entry).resolve(name);
        if (Files.isRegularFile(file) && Files.isExecutable(file)) {
          return file;
        }
      }
    }
    throw new IllegalStateException(
        "there is no python3 on the path, "
            + path
            + "; install Python 3, or name an interpreter by Command.of(interpreter, script).withPythonWorker()");
  }
}
