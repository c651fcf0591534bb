package io.github.sbi4j.benchmarks.task;

import io.github.sbi4j.benchmarks.Csv;
import io.github.sbi4j.core.sample.Samples;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory with the tasks' observations, true parameters and reference posterior samples.
 *
 * <p>Its layout is {@code <task>/observation_<k>.csv}, {@code <task>/true_parameters_<k>.csv} and
 * {@code <task>/reference_<k>.csv.gz}, each with a header row.
 */
public final class TaskFiles {
  private final Path directory;

  /**
   * The files in a directory.
   *
   * @param directory the directory with one folder per task
   * @throws IllegalArgumentException if there is no such directory
   */
  public TaskFiles(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new IllegalArgumentException(
          "no directory %s; expected one with <task>/observation_<k>.csv".formatted(directory));
    }
    this.directory = directory;
  }

  /**
   * An observation.
   *
   * @param task the task
   * @param number the number of the observation, from 1
   * @return L values
   */
  public double[] observation(Task task, int number) {
    return single(task, "observation_" + number + ".csv", task.observations());
  }

  /**
   * The parameters that made an observation.
   *
   * @param task the task
   * @param number the number of the observation, from 1
   * @return D values
   */
  public double[] trueParameters(Task task, int number) {
    return single(task, "true_parameters_" + number + ".csv", task.parameters());
  }

  /**
   * The reference samples of the posterior of an observation.
   *
   * @param task the task
   * @param number the number of the observation, from 1
   * @return rows of D values
   */
  public Samples reference(Task task, int number) {
    return Csv.read(file(task, "reference_" + number + ".csv.gz"), task.parameters());
  }

  private double[] single(Task task, String name, int columns) {
    return Csv.readRow(file(task, name), columns);
  }

  private Path file(Task task, String name) {
    Path file = directory.resolve(task.name()).resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "no file %s; is %s the directory of the tasks' data?".formatted(file, directory));
    }
    return file;
  }
}
