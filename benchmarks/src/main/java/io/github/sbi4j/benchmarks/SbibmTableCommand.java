package io.github.sbi4j.benchmarks;

import io.github.sbi4j.benchmarks.algorithm.Outcome;
import io.github.sbi4j.benchmarks.algorithm.Solver;
import io.github.sbi4j.benchmarks.task.Task;
import io.github.sbi4j.benchmarks.task.TaskFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs many cells of the sbibm benchmark into a CSV file, and goes on where an earlier run stopped.
 * An amortised algorithm trains once for all observations of a task and a budget.
 */
@Command(
    name = "sbibm-table",
    description = "Runs many cells into a CSV file; cells that the file has are not run again.",
    mixinStandardHelpOptions = true)
final class SbibmTableCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(SbibmTableCommand.class);

  @Spec CommandSpec spec;

  @Option(names = "--task", split = ",", description = "tasks, separated by commas; all by default")
  List<String> tasks = Task.all().stream().map(Task::name).toList();

  @Option(names = "--algorithm", split = ",", required = true, description = "algorithms")
  List<String> algorithms;

  @Option(names = "--simulations", split = ",", required = true, description = "budgets")
  List<Integer> simulations;

  @Option(names = "--observations", description = "numbers such as 1-5", defaultValue = "1-10")
  String observations;

  @Option(names = "--data", required = true, description = "directory of the tasks' data")
  Path data;

  @Option(names = "--out", required = true, description = "the CSV file, made or extended")
  Path out;

  @Mixin SettingsOptions options;

  @Override
  public Integer call() {
    TaskFiles files = new TaskFiles(data);
    List<Cell> cells = cells();
    ResultTable table = ResultTable.open(out);
    int run = 0;
    int failed = 0;
    @Nullable Prepared prepared = null;
    for (Cell cell : cells) {
      if (table.contains(cell.identity())) {
        continue;
      }
      LOG.info("running {}", cell.identity());
      try {
        if (prepared == null || !cell.sharesWorkWith(prepared.cell())) {
          prepared = new Prepared(cell, cell.prepare(Optional.empty(), Optional.empty()));
        }
        table.append(run(cell, prepared.solver(), files));
        run++;
      } catch (IllegalArgumentException e) {
        throw e; // a mistake in the options, which no other cell would forgive
      } catch (RuntimeException e) {
        failed++;
        LOG.error("failed {}", cell.identity(), e);
      }
    }
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("out", out.toString());
    summary.put("cells", cells.size());
    summary.put("run", run);
    summary.put("failed", failed);
    spec.commandLine().getOut().println(Json.line(summary));
    return failed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private List<Cell> cells() {
    List<Integer> numbers = Ranges.parse("--observations", observations);
    List<Cell> cells = new ArrayList<>();
    for (int budget : simulations) {
      for (String algorithm : algorithms) {
        for (String task : tasks) {
          for (int number : numbers) {
            cells.add(new Cell(Task.named(task), number, options.settings(algorithm, budget)));
          }
        }
      }
    }
    return cells;
  }

  /** An algorithm made ready for a cell, which serves the cells beside it too. */
  private record Prepared(Cell cell, Solver solver) {}

  private Map<String, ?> run(Cell cell, Solver solver, TaskFiles files) {
    double[] observed = files.observation(cell.task(), cell.observation());
    Outcome outcome = cell.run(solver, observed);
    var reference = files.reference(cell.task(), cell.observation());
    double c2st = Scores.c2st(reference, outcome.samples(), options.threads).median();
    return cell.results(outcome, c2st);
  }
}
