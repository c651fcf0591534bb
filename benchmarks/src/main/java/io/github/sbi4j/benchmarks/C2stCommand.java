package io.github.sbi4j.benchmarks;

import io.github.sbi4j.analysis.metric.C2stResult;
import io.github.sbi4j.core.sample.Samples;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two files of samples. */
@Command(
    name = "c2st",
    description = "Prints the C2ST of two files of samples (sbibm's protocol).",
    mixinStandardHelpOptions = true)
final class C2stCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(index = "0", paramLabel = "A.csv", description = "the reference samples")
  Path reference;

  @Parameters(index = "1", paramLabel = "B.csv", description = "the samples to compare")
  Path samples;

  @Option(names = "--threads", description = "threads; as many as processors by default")
  int threads = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() {
    Samples first = Csv.read(reference);
    Samples second = Csv.read(samples);
    C2stResult result = Scores.c2st(first, second, threads);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("c2st", result.median());
    line.put("c2st_of_seeds", result.values());
    line.put("classifier", result.classifier());
    line.put("rows_a", first.rows());
    line.put("rows_b", second.rows());
    spec.commandLine().getOut().println(Json.line(line));
    return 0;
  }
}
