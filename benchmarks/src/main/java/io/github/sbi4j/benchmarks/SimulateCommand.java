package io.github.sbi4j.benchmarks;

import io.github.sbi4j.benchmarks.task.Task;
import io.github.sbi4j.benchmarks.task.TaskSimulations;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes simulations of a task, for programs that are to learn from the same rows. */
@Command(
    name = "simulate",
    description =
        "Writes simulations of a task: columns of parameters, then of observation values.",
    mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(names = "--task", required = true, description = "the task's name in sbibm")
  String task;

  @Option(names = "--simulations", required = true, description = "how many")
  int simulations;

  @Option(names = "--seed", description = "seed", defaultValue = "1")
  long seed;

  @Option(names = "--out", required = true, description = "the CSV file")
  Path out;

  @Override
  public Integer call() {
    TaskSimulations.run(Task.named(task), simulations, seed).writeCsv(out);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("task", task);
    line.put("simulations", simulations);
    line.put("seed", seed);
    line.put("out", out.toString());
    spec.commandLine().getOut().println(Json.line(line));
    return 0;
  }
}
