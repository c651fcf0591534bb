package io.github.sbi4j.core.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What to start: a program, its arguments, its working directory and its environment. Immutable.
 */
public final class Command {
  private final List<String> line;
  private final @Nullable Path directory;
  private final Map<String, String> environment;

  private Command(List<String> line, @Nullable Path directory, Map<String, String> environment) {
    this.line = List.copyOf(line);
    this.directory = directory;
    this.environment = Map.copyOf(environment);
  }

  /**
   * A program and its arguments. No shell looks at them: each is one argument, whatever characters
   * it has.
   *
   * @param line the program, a path or a name to be found on the path, and its arguments
   * @return the command
   */
  public static Command of(String... line) {
    if (line.length == 0 || line[0].isBlank()) {
      throw new IllegalArgumentException(
          "the command has no program; give its path or its name, then its arguments");
    }
    return new Command(List.of(line), null, Map.of());
  }

  /**
   * A Python script that serves a simulator by {@code sbi4j_worker}, run by the python3 that is on
   * the path; for another one see {@link #withPythonWorker()}.
   *
   * @param script the script
   * @param arguments its arguments
   * @return the command
   * @throws IllegalArgumentException if there is no such script
   * @throws IllegalStateException if there is no Python
   */
  public static Command python(Path script, String... arguments) {
    if (!Files.isRegularFile(script)) {
      throw new IllegalArgumentException(
          "there is no script " + script.toAbsolutePath() + "; give the path of a Python file");
    }
    List<String> line = new ArrayList<>();
    line.add(PythonWorker.interpreter().toString());
    line.add(script.toAbsolutePath().toString());
    line.addAll(List.of(arguments));
    return new Command(line, null, Map.of()).withPythonWorker();
  }

  /**
   * Sets where the program runs; it is where this JVM runs unless this is called.
   *
   * @param directory the directory
   * @return the changed command
   */
  public Command withDirectory(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new IllegalArgumentException(
          "there is no directory " + directory.toAbsolutePath() + " to run " + line + " in");
    }
    return new Command(line, directory, environment);
  }

  /**
   * Sets a variable of the environment, which else is that of this JVM.
   *
   * @param name the name of the variable
   * @param value its value
   * @return the changed command
   */
  public Command withEnvironment(String name, String value) {
    if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "'" + name + "' is no name of a variable; give one without = that is not empty");
    }
    Map<String, String> changed = new LinkedHashMap<>(environment);
    changed.put(name, value);
    return new Command(line, directory, changed);
  }

  /**
   * Lets Python programs import {@code sbi4j_worker}, by {@code PYTHONPATH}. It is for interpreters
   * that one names: {@code Command.of("/opt/venv/bin/python", "model.py").withPythonWorker()}.
   *
   * @return the changed command
   */
  public Command withPythonWorker() {
    String path = environment.getOrDefault("PYTHONPATH", System.getenv("PYTHONPATH"));
    String module = PythonWorker.directory().toString();
    return withEnvironment(
        "PYTHONPATH", path == null || path.isEmpty() ? module : module + File.pathSeparator + path);
  }

  /** {@return the program and its arguments} */
  public List<String> line() {
    return line;
  }

  /** {@return where the program runs, unless that is where this JVM runs} */
  public Optional<Path> directory() {
    return Optional.ofNullable(directory);
  }

  /** {@return the variables that differ from the environment of this JVM} */
  public Map<String, String> environment() {
    return environment;
  }

  /** What starts the program, with arguments that may be changed. */
  ProcessBuilder builder(UnaryOperator<String> argument) {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(line.stream().map(argument).toList()));
    if (directory != null) {
      builder.directory(directory.toFile());
    }
    builder.environment().putAll(environment);
    return builder;
  }

  /** {@return the program and its arguments} */
  @Override
  public String toString() {
    return line.toString();
  }
}
