package io.github.sbi4j.benchmarks;

import io.github.sbi4j.core.campaign.Campaign;
import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Times simulations by a trivial Java function, into memory or into a store. */
@Command(
    name = "throughput",
    description = "Times simulations by a trivial Java function, into memory or into a store.",
    mixinStandardHelpOptions = true)
final class ThroughputCommand implements Callable<Integer> {
  private static final Simulator TRIVIAL =
      (theta, random) -> {
        double[] x = new double[theta.length];
        for (int d = 0; d < x.length; d++) {
          x[d] = theta[d] + random.nextDouble();
        }
        return x;
      };

  /** Where the rows go. */
  enum Target {
    /** The functions are called in a loop, and nothing is kept: what the others cost more. */
    LOOP,
    /** A table in memory. */
    MEMORY,
    /** A campaign. */
    STORE
  }

  @Spec CommandSpec spec;

  @Option(names = "--into", description = "loop, memory or store", defaultValue = "memory")
  Target into;

  @Option(names = "--simulations", description = "how many", defaultValue = "1000000")
  int simulations;

  @Option(names = "--values", description = "parameters, and observed values", defaultValue = "2")
  int values;

  @Option(names = "--threads", description = "threads", defaultValue = "2")
  int threads;

  @Option(names = "--repeats", description = "runs in the same JVM", defaultValue = "5")
  int repeats;

  @Option(names = "--directory", description = "where stores are made; the system's if not given")
  @Nullable Path directory;

  @Override
  public Integer call() throws Exception {
    requirePositive("--simulations", simulations);
    requirePositive("--values", values);
    requirePositive("--threads", threads);
    requirePositive("--repeats", repeats);
    double[] ones = new double[values];
    Arrays.fill(ones, 1);
    BoxUniform prior = BoxUniform.of(new double[ones.length], ones);
    double[] seconds = new double[repeats];
    double[] cpuSeconds = new double[repeats];
    for (int i = 0; i < repeats; i++) {
      CpuTime cpu = new CpuTime();
      long start = System.nanoTime();
      switch (into) {
        case LOOP -> loop(prior, i);
        case MEMORY -> Simulations.run(TRIVIAL, prior, simulations, i, settings());
        case STORE -> store(prior, i);
      }
      seconds[i] = (System.nanoTime() - start) / 1e9;
      cpuSeconds[i] = cpu.seconds();
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("into", into.name());
    line.put("values", values);
    line.put("threads", threads);
    line.put("simulations", simulations);
    line.put("seconds", seconds);
    line.put("cpu_seconds", cpuSeconds);
    line.put("rows_per_second", simulations / Arrays.stream(seconds).min().orElseThrow());
    spec.commandLine().getOut().println(Json.line(line));
    return 0;
  }

  private SimulationSettings settings() {
    return SimulationSettings.defaults().withThreads(threads);
  }

  private void loop(BoxUniform prior, long seed) throws Exception {
    double sum = 0;
    for (int row = 0; row < simulations; row++) {
      double[] theta = prior.sample(RandomStreams.of(-seed - 1, row));
      sum += TRIVIAL.simulate(theta, RandomStreams.of(seed, row))[0];
    }
    if (Double.isNaN(sum)) {
      throw new IllegalStateException("the sum of finite values is NaN");
    }
  }

  private void store(BoxUniform prior, long seed) throws IOException {
    Path made =
        directory == null
            ? Files.createTempDirectory("campaign")
            : Files.createTempDirectory(directory, "campaign");
    Campaign.open(made, "trivial", prior, seed).run(TRIVIAL, simulations, settings());
    List<Path> files;
    try (Stream<Path> walked = Files.walk(made)) {
      files = walked.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }

  private static void requirePositive(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + " " + value + " is not positive; give 1 or more");
    }
  }
}
