package io.github.sbi4j.examples;

import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options that the examples share. */
final class ExampleOptions {
  @Option(
      names = "--simulations",
      paramLabel = "N",
      description = "Simulations to learn from (${DEFAULT-VALUE}).")
  int simulations;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Draws from the posterior (${DEFAULT-VALUE}).")
  int samples = 10_000;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "The seed of everything that is random (${DEFAULT-VALUE}).")
  long seed = 1;

  @Option(
      names = "--max-epochs",
      paramLabel = "N",
      description = "Epochs after which training stops in any case.")
  int maxEpochs = Training.defaults().maxEpochs();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that simulate and train (${DEFAULT-VALUE}, the cores).")
  int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--device",
      description = "Where to train: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  Device device = Device.cpu();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Directory for plots and draws (${DEFAULT-VALUE}).")
  Path output;

  @Option(names = "--no-progress", description = "Draws no progress bars.")
  boolean silent;

  /**
   * The defaults of an example: how many simulations it needs and its directory under {@code
   * target/examples}.
   */
  ExampleOptions(int simulations, String directory) {
    this.simulations = simulations;
    this.output = Path.of("target", "examples", directory);
  }

  /** Runs an example's command; returns the exit status, 0 for success. */
  static int run(Object command, String... arguments) {
    return new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments);
  }

  /** Where progress is shown. */
  ConsoleProgress progress() {
    return silent ? ConsoleProgress.silent() : new ConsoleProgress();
  }

  /** How to simulate. */
  SimulationSettings simulation(ConsoleProgress progress) {
    return SimulationSettings.defaults().withThreads(threads).withProgress(progress);
  }

  /** How to train. */
  Training training() {
    return Training.defaults().withMaxEpochs(maxEpochs).withThreads(threads);
  }

  /** A file in the output directory, which is made if there is none. */
  Path file(String name) throws IOException {
    return Files.createDirectories(output).resolve(name);
  }
}
