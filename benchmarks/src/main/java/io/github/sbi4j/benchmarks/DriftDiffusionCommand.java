package io.github.sbi4j.benchmarks;

import io.github.sbi4j.benchmarks.drift.DriftDiffusionStudy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Learns the likelihood of the drift-diffusion model and compares it with the exact one. */
@Command(
    name = "drift-diffusion",
    description = "Learns the likelihood of the drift-diffusion model; prints its errors.",
    mixinStandardHelpOptions = true)
final class DriftDiffusionCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(names = "--simulations", description = "how many to learn from", defaultValue = "100000")
  int simulations;

  @Option(names = "--ensemble", description = "networks to average", defaultValue = "1")
  int ensemble;

  @Option(
      names = "--no-lower-bound",
      description = "does not tell the likelihood that reaction times are longer than the delay")
  boolean noLowerBound;

  @Option(
      names = "--trials",
      split = ",",
      description = "numbers of trials of the posteriors; none by default")
  List<Integer> trials = List.of();

  @Option(names = "--datasets", description = "posteriors of each number", defaultValue = "20")
  int dataSets;

  @Option(names = "--seed", description = "seed", defaultValue = "1")
  long seed;

  @Option(names = "--threads", description = "threads; as many as processors by default")
  int threads = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("simulations", simulations);
    line.put("ensemble", ensemble);
    line.put("lower_bound", !noLowerBound);
    line.put("seed", seed);
    line.put("threads", threads);
    line.putAll(
        new DriftDiffusionStudy(simulations, ensemble, !noLowerBound, threads, seed)
            .run(trials, dataSets));
    spec.commandLine().getOut().println(Json.line(line));
    return 0;
  }
}
