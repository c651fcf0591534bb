package io.github.sbi4j.benchmarks.task;

import io.github.sbi4j.benchmarks.Csv;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Simulations of a task, new or from a file: D columns of parameters, then L of observation values.
 */
public final class TaskSimulations {
  private TaskSimulations() {}

  /**
   * Simulates a task, with columns named as in sbibm's files.
   *
   * @param task the task
   * @param count the number of rows
   * @param seed the seed
   * @return the simulations
   */
  public static Simulations run(Task task, int count, long seed) {
    return Simulations.run(task.simulator(), task.prior(), count, seed)
        .observationsNamed(names("data_", task.observations()));
  }

  /**
   * Reads simulations that any program wrote.
   *
   * @param task the task
   * @param file a CSV file with a header
   * @return the simulations
   * @throws IllegalArgumentException if the file has not D + L columns
   */
  public static Simulations read(Task task, Path file) {
    Samples table = Csv.read(file, task.parameters() + task.observations());
    List<String> names = table.names();
    String[] parameters = names.subList(0, task.parameters()).toArray(String[]::new);
    String[] data = names.subList(task.parameters(), names.size()).toArray(String[]::new);
    return Simulations.of(table.select(parameters), table.select(data));
  }

  /** Names as in sbibm's files: the prefix and 1, 2, and so on. */
  static String[] names(String prefix, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> prefix + i).toArray(String[]::new);
  }
}
