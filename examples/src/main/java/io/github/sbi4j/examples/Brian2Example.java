package io.github.sbi4j.examples;

import io.github.sbi4j.analysis.plot.PairPlot;
import io.github.sbi4j.analysis.predictive.PosteriorPredictiveCheck;
import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.process.Command;
import io.github.sbi4j.core.process.ProcessSettings;
import io.github.sbi4j.core.process.ProcessSimulator;
import io.github.sbi4j.core.process.PythonWorker;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.estimator.Nsf;
import io.github.sbi4j.flows.inference.SNPE;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Infers the conductances of a neuron that Brian2 simulates, in Python processes that this program
 * drives.
 *
 * <p>It needs Python 3 with Brian2, by one command: {@code pip install brian2 "numpy<2.4"}. The
 * model is in {@code hodgkin_huxley.py}, which is written beside the plots.
 */
@CommandLine.Command(
    name = "Brian2Example",
    mixinStandardHelpOptions = true,
    description = "Infers the conductances of a Hodgkin-Huxley neuron simulated by Brian2.")
public final class Brian2Example implements Callable<Integer> {
  static final double[] LOW = {5, 0.5, -90};
  static final double[] HIGH = {100, 15, -55};
  static final double[] TRUTH = {50, 5, -70};
  static final String INSTALL = "pip install brian2 \"numpy<2.4\"";

  private static final String SCRIPT = "hodgkin_huxley.py";

  @Mixin final ExampleOptions options = new ExampleOptions(2_000, "brian2");

  @Option(
      names = "--python",
      paramLabel = "FILE",
      description = "The Python that has Brian2; without it the python3 on the path.")
  @Nullable Path python;

  @Option(
      names = "--predictions",
      paramLabel = "N",
      description = "Simulations from the posterior (${DEFAULT-VALUE}).")
  int predictions = 200;

  /**
   * Runs the example.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    System.exit(ExampleOptions.run(new Brian2Example(), arguments));
  }

  @Override
  public Integer call() throws Exception {
    ProcessSettings settings =
        ProcessSettings.defaults()
            .withWorkers(options.threads)
            .withTimeout(Duration.ofMinutes(1))
            .withStartTimeout(Duration.ofMinutes(10)); // the first start compiles the model
    try (ProcessSimulator neuron = ProcessSimulator.start(command(), settings)) {
      infer(neuron);
      return 0;
    } catch (IllegalStateException e) {
      if (String.valueOf(e.getMessage()).contains("No module named 'brian2'")) {
        System.err.println("This example needs Brian2: " + INSTALL + ", and --python if need be.");
        return 1;
      }
      throw e;
    }
  }

  private Command command() throws Exception {
    Path script = options.file(SCRIPT);
    try (InputStream resource = Brian2Example.class.getResourceAsStream("neuron/" + SCRIPT)) {
      Files.copy(resource, script, StandardCopyOption.REPLACE_EXISTING);
    }
    Path interpreter = python == null ? PythonWorker.interpreter() : python;
    return Command.of(interpreter.toString(), script.toString()).withPythonWorker();
  }

  private void infer(ProcessSimulator neuron) throws Exception {
    // Row -1, so that no simulation shares the noise of the recording.
    double[] observed = neuron.simulate(TRUTH, RandomStreams.of(options.seed, -1));
    String[] summaries = neuron.observationNames().orElseThrow().toArray(String[]::new);
    Distribution prior = BoxUniform.of(LOW, HIGH).named("g_Na", "g_K", "E_L");
    try (ConsoleProgress progress = options.progress()) {
      Simulations simulations =
          Simulations.run(
                  neuron, prior, options.simulations, options.seed, options.simulation(progress))
              .observationsNamed(summaries);
      simulations.writeCsv(options.file("simulations.csv"));
      Samples samples =
          SNPE.with(prior)
              .densityEstimator(Nsf.defaults())
              .training(options.training())
              .device(options.device)
              .seed(options.seed)
              .progress(progress)
              .appendSimulations(simulations)
              .train()
              .buildPosterior()
              .given(observed)
              .sample(options.samples, options.seed);
      Samples some = samples.head(Math.min(predictions, samples.rows()));
      PosteriorPredictiveCheck check =
          PosteriorPredictiveCheck.of(
                  Simulations.run(neuron, some, options.seed + 1, options.simulation(progress)),
                  observed)
              .named(summaries);
      progress.close();

      System.out.println("True parameters: g_Na 50, g_K 5 mS/cm^2, E_L -70 mV");
      System.out.println(samples.summary());
      System.out.println(check.summary());
      samples.writeCsv(options.file("posterior.csv"));
      PairPlot.of(samples).truth(TRUTH).save(options.file("posterior.png"));
      check.plot().save(options.file("predictive.png"));
    }
  }
}
