package io.github.sbi4j.core.process;

import io.github.sbi4j.core.process.Protocol.BadLineException;
import io.github.sbi4j.core.simulation.Simulator;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A simulator that is a program to be started for each simulation: parameters are in its arguments,
 * the observation in a file that it writes.
 *
 * <pre>
 *   TemplateSimulator.of(
 *       Command.of("Rscript", "model.R", "--rate={rate}", "--seed={seed}", "{out}"), "rate")
 * </pre>
 *
 * <p>Placeholders of arguments: {@code {name}} for each parameter; {@code {seed}}, an integer in
 * [0, 2<sup>53</sup>) from which all chance must come, the same for a row of a run on any machine;
 * {@code {out}}, the file to write; {@code {dir}}, its directory, which is made for this simulation
 * and deleted after it. No shell sees the arguments.
 *
 * <p>The file is CSV, one line of L numbers or L lines of one, with a header or without; or, if its
 * name ends in {@code .json}, an array of numbers or an object with such an array named {@code
 * result}. A status other than 0, a missing or broken file and a time-out cost the row; the failure
 * has the end of what the program printed.
 *
 * <p>Immutable, and safe for use from many threads. Where starting the program takes longer than
 * the simulation, a {@link ProcessSimulator} is faster.
 */
public final class TemplateSimulator implements Simulator {
  private final Command command;
  private final List<String> names;
  private final String output;
  private final boolean ownDirectory;
  private final @Nullable Duration timeout;

  private TemplateSimulator(
      Command command,
      List<String> names,
      String output,
      boolean ownDirectory,
      @Nullable Duration timeout) {
    this.command = command;
    this.names = names;
    this.output = output;
    this.ownDirectory = ownDirectory;
    this.timeout = timeout;
  }

  /**
   * A program with placeholders in its arguments, that writes {@code out.csv}; without a time-out.
   *
   * @param command the program and its arguments, with a placeholder for each parameter and for the
   *     file to write
   * @param names the names of the D parameters, in their order
   * @return the simulator
   * @throws IllegalArgumentException if a placeholder is missing or unknown
   */
  public static TemplateSimulator of(Command command, String... names) {
    Placeholders.require(command, List.of(names));
    return new TemplateSimulator(command, List.of(names), "out.csv", false, null);
  }

  /**
   * Sets what the file to write is called; its end says what is in it.
   *
   * @param name the name of a file, ending in {@code .csv} or {@code .json}
   * @return the changed simulator
   */
  public TemplateSimulator withOutput(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!lower.endsWith(".csv") && !lower.endsWith(".json")
        || Path.of(name).getNameCount() != 1
        || Path.of(name).isAbsolute()) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' is no name for the output; give the name of a file that ends in .csv or .json");
    }
    return new TemplateSimulator(command, names, name, ownDirectory, timeout);
  }

  /**
   * Runs the program in the directory made for the simulation, for one that writes files with names
   * of its own; its other paths have to be absolute then.
   *
   * @return the changed simulator
   */
  public TemplateSimulator inOwnDirectory() {
    return new TemplateSimulator(command, names, output, true, timeout);
  }

  /**
   * Sets how long the program may run. One that takes longer is killed with all processes that it
   * started; the row is a failure of kind timed out.
   *
   * @param timeout the longest time, more than zero
   * @return the changed simulator
   */
  public TemplateSimulator withTimeout(Duration timeout) {
    ProcessSettings.requirePositive(timeout, "time-out");
    return new TemplateSimulator(command, names, output, ownDirectory, timeout);
  }

  /**
   * Runs the program once.
   *
   * @throws ProcessException if it cannot be started, ends with a status other than 0, or does not
   *     write what it should
   * @throws TimeoutException if it takes too long
   * @throws InterruptedException if the calling thread was interrupted; the program is killed
   */
  @Override
  public double[] simulate(double[] parameters, RandomGenerator random)
      throws ProcessException, TimeoutException, InterruptedException {
    if (parameters.length != names.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d parameters %s for a template with the %d names %s",
              parameters.length,
              Arrays.toString(parameters),
              names.size(),
              names));
    }
    Path directory = RunDirectory.create("sbi4j-run-");
    try {
      Path file = directory.resolve(output);
      run(values(parameters, Batch.seed(random), file), directory, file);
      return TemplateOutput.read(file);
    } catch (BadLineException e) {
      throw new ProcessException(e.getMessage(), "");
    } finally {
      RunDirectory.delete(directory);
    }
  }

  private Map<String, String> values(double[] parameters, long seed, Path file) {
    Map<String, String> values = new HashMap<>();
    for (int d = 0; d < parameters.length; d++) {
      values.put(names.get(d), Double.toString(parameters[d]));
    }
    values.put(Placeholders.SEED, Long.toString(seed));
    values.put(Placeholders.OUT, file.toString());
    values.put(Placeholders.DIR, String.valueOf(file.getParent()));
    return values;
  }

  private void run(Map<String, String> values, Path directory, Path file)
      throws ProcessException, TimeoutException, InterruptedException {
    ProcessBuilder builder = command.builder(argument -> Placeholders.fill(argument, values));
    if (ownDirectory) {
      builder.directory(directory.toFile());
      builder.command().set(0, absolute(builder.command().get(0)));
    }
    Process process;
    try {
      process = builder.redirectErrorStream(true).start();
      ProcessTree.killAtExit(process);
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new ProcessException("cannot start " + command + ": " + e.getMessage(), "");
    }
    OutputTail printed = new OutputTail(process.getInputStream(), "sbi-program-" + process.pid());
    boolean ended = false;
    try {
      ended = await(process);
    } finally {
      if (!ended) {
        ProcessTree.kill(process);
      }
    }
    printed.awaitEnd();
    if (!ended) {
      throw new TimeoutException(
          "the program took longer than "
              + timeout
              + " and was killed"
              + ProcessException.ending(printed.text()));
    }
    if (process.exitValue() != 0) {
      throw new ProcessException(
          "the program ended with status " + process.exitValue(), printed.text());
    }
    if (!file.toFile().isFile()) {
      throw new ProcessException(
          "the program ended with status 0 and did not write " + output, printed.text());
    }
  }

  private boolean await(Process process) throws InterruptedException {
    if (timeout == null) {
      process.waitFor();
      return true;
    }
    return process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** A program that is given by its path is the same one from another directory. */
  private static String absolute(String program) {
    return program.contains("/") || program.contains(File.separator)
        ? Path.of(program).toAbsolutePath().toString()
        : program;
  }

  /** {@return the command with its placeholders} */
  @Override
  public String toString() {
    return "TemplateSimulator" + command;
  }
}
