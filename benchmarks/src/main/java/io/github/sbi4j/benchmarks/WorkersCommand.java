package io.github.sbi4j.benchmarks;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.process.ProcessSettings;
import io.github.sbi4j.core.process.ProcessSimulator;
import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.core.simulation.Simulations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Times simulations by a Python function in worker processes. */
@Command(
    name = "workers",
    description = "Times simulations by a Python function of a given time, in processes.",
    mixinStandardHelpOptions = true)
final class WorkersCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(names = "--simulations", description = "how many", defaultValue = "2000")
  int simulations;

  @Option(names = "--workers", description = "processes and threads", defaultValue = "2")
  int workers;

  @Option(
      names = "--milliseconds",
      description = "what the function sleeps; 0 for not at all",
      defaultValue = "1")
  double milliseconds;

  @Option(names = "--repeats", description = "runs with the same workers", defaultValue = "3")
  int repeats;

  @Option(names = "--seed", description = "seed", defaultValue = "1")
  long seed;

  @Override
  public Integer call() throws IOException {
    requirePositive("--simulations", simulations);
    requirePositive("--workers", workers);
    requirePositive("--repeats", repeats);
    String sleep =
        milliseconds == 0
            ? ""
            : String.format(Locale.ROOT, "    time.sleep(%s / 1000)%n", milliseconds);
    Path script = Files.createTempFile("sleeper", ".py");
    Files.writeString(
        script,
        "import time\nfrom sbi4j_worker import serve\ndef simulate(parameters, seed):\n"
            + sleep
            + "    return parameters\nserve(simulate)\n");
    BoxUniform prior = BoxUniform.of(new double[2], new double[] {1, 1});
    double[] seconds = new double[repeats];
    // The start of the first worker counts, in the first run.
    long start = System.nanoTime();
    try (ProcessSimulator simulator =
        ProcessSimulator.start(
            io.github.sbi4j.core.process.Command.python(script),
            ProcessSettings.defaults().withWorkers(workers))) {
      for (int i = 0; i < repeats; i++) {
        SimulationSettings settings = SimulationSettings.defaults().withThreads(workers);
        Simulations.run(simulator, prior, simulations, seed, settings);
        seconds[i] = (System.nanoTime() - start) / 1e9;
        start = System.nanoTime();
      }
    } finally {
      Files.delete(script);
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("workers", workers);
    line.put("milliseconds", milliseconds);
    line.put("simulations", simulations);
    line.put("seconds", seconds);
    line.put("rows_per_second", simulations / Arrays.stream(seconds).min().orElseThrow());
    spec.commandLine().getOut().println(Json.line(line));
    return 0;
  }

  private static void requirePositive(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + " " + value + " is not positive; give 1 or more");
    }
  }
}
