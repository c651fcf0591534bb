package io.github.sbi4j.benchmarks;

import io.github.sbi4j.benchmarks.algorithm.Outcome;
import io.github.sbi4j.benchmarks.task.Task;
import io.github.sbi4j.benchmarks.task.TaskFiles;
import io.github.sbi4j.benchmarks.task.TaskSimulations;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs one cell of the sbibm benchmark and prints its results. */
@Command(
    name = "sbibm",
    description = "Runs one cell: an algorithm on one observation of one task.",
    mixinStandardHelpOptions = true)
final class SbibmCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(names = "--task", required = true, description = "the task's name in sbibm")
  String task;

  @Option(names = "--algorithm", required = true, description = "npe, nle, nre, snpe, snle or snre")
  String algorithm;

  @Option(names = "--simulations", required = true, description = "the budget of simulations")
  int simulations;

  @ArgGroup(multiplicity = "1")
  Observation observation;

  @Option(names = "--data", description = "directory with the tasks' observations and references")
  @Nullable Path data;

  @Option(names = "--simulations-file", description = "learn from the first rows of this CSV file")
  @Nullable Path simulationsFile;

  @Option(names = "--holdout-file", description = "score log q(theta | x) on this CSV file")
  @Nullable Path holdoutFile;

  @Option(names = "--samples-out", description = "write the posterior samples to this CSV file")
  @Nullable Path samplesOut;

  @Option(names = "--no-c2st", description = "do not compare with the reference samples")
  boolean noC2st;

  @Option(names = "--trace", description = "print [seconds, validation] of each epoch")
  boolean trace;

  @Mixin SettingsOptions options;

  /** Where the observation comes from. */
  static final class Observation {
    @Option(names = "--observation", description = "the number of an observation under --data")
    @Nullable Integer number;

    @Option(names = "--observation-file", description = "a CSV file with one observation")
    @Nullable Path file;
  }

  @Override
  public Integer call() {
    Task named = Task.named(task);
    int number = observation.number != null ? observation.number : 0;
    Cell cell = new Cell(named, number, options.settings(algorithm, simulations));
    Optional<Simulations> given = table(simulationsFile, named).map(this::firstRows);
    Optional<TaskFiles> files = files();
    double[] observed =
        observation.file != null
            ? Csv.readRow(observation.file, named.observations())
            : files.orElseThrow().observation(named, number);
    // read before the work, so that a missing file is known at once
    Optional<Samples> reference =
        observation.file != null || noC2st
            ? Optional.empty()
            : files.map(directory -> directory.reference(named, number));

    Outcome outcome = cell.run(cell.prepare(given, table(holdoutFile, named)), observed);
    if (samplesOut != null) {
      outcome.samples().writeCsv(samplesOut);
    }
    double c2st =
        reference
            .map(rows -> Scores.c2st(rows, outcome.samples(), options.threads).median())
            .orElse(Double.NaN);
    Map<String, @Nullable Object> results = cell.results(outcome, c2st);
    if (!outcome.secondsRounds().isEmpty()) {
      results.put("seconds_rounds", outcome.secondsRounds());
    }
    if (trace) {
      results.put("trace", outcome.trace());
    }
    spec.commandLine().getOut().println(Json.line(results));
    return 0;
  }

  private Optional<TaskFiles> files() {
    if (observation.number != null && observation.number < 1) {
      throw new IllegalArgumentException(
          "--observation %d is not positive; observations count from 1"
              .formatted(observation.number));
    }
    if (observation.number != null && data == null) {
      throw new IllegalArgumentException(
          "--observation %d needs --data, the directory it is in; or give --observation-file"
              .formatted(observation.number));
    }
    return Optional.ofNullable(data).map(TaskFiles::new);
  }

  private static Optional<Simulations> table(@Nullable Path file, Task task) {
    return Optional.ofNullable(file).map(path -> TaskSimulations.read(task, path));
  }

  private Simulations firstRows(Simulations table) {
    if (table.size() < simulations) {
      throw new IllegalArgumentException(
          "--simulations %d is more than the %d rows of %s"
              .formatted(simulations, table.size(), simulationsFile));
    }
    return Simulations.of(
        table.parameters().head(simulations), table.observations().head(simulations));
  }
}
