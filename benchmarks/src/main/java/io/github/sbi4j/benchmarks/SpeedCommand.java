package io.github.sbi4j.benchmarks;

import io.github.sbi4j.benchmarks.speed.SpeedSettings;
import io.github.sbi4j.benchmarks.speed.Timing;
import io.github.sbi4j.benchmarks.speed.Workload;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Times one kind of work. */
@Command(
    name = "speed",
    description = "Times one kind of work; prints the median time and its spread.",
    mixinStandardHelpOptions = true)
final class SpeedCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(names = "--what", required = true, description = "for example train-maf or sample-nsf")
  String what;

  @Option(names = "--device", description = "cpu, torch or cuda", defaultValue = "cpu")
  String device;

  @Option(names = "--repeats", description = "times it is measured", defaultValue = "20")
  int repeats;

  @Option(names = "--threads", description = "threads", defaultValue = "1")
  int threads;

  @Option(names = "--seed", description = "seed", defaultValue = "1")
  long seed;

  @Override
  public Integer call() {
    Workload workload = Workload.named(what);
    Timing timing = workload.time(new SpeedSettings(device, repeats, seed, threads));
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("what", what);
    line.put("threads", threads);
    line.put("device", device);
    line.putAll(timing.results());
    spec.commandLine().getOut().println(Json.line(line));
    return 0;
  }
}
