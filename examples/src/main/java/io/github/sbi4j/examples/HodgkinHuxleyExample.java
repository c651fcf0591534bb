package io.github.sbi4j.examples;

import io.github.sbi4j.analysis.plot.PairPlot;
import io.github.sbi4j.analysis.report.InferenceReport;
import io.github.sbi4j.analysis.report.ValidationChecklist;
import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.examples.neuron.HodgkinHuxley;
import io.github.sbi4j.examples.neuron.SpikeSummary;
import io.github.sbi4j.flows.estimator.Nsf;
import io.github.sbi4j.flows.inference.SNPE;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.posterior.Posterior;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Infers the sodium and potassium conductances and the leak potential of a neuron from seven
 * summaries of one recording.
 *
 * <p>The recording is simulated at known parameters, so that the posterior can be compared with the
 * truth. The report of all checks, {@code report.html} and {@code report.json}, says whether it can
 * be trusted.
 */
@Command(
    name = "HodgkinHuxleyExample",
    mixinStandardHelpOptions = true,
    description = "Infers the conductances of a Hodgkin-Huxley neuron from its spikes.")
public final class HodgkinHuxleyExample implements Callable<Integer> {
  static final double[] LOW = {5, 0.5, -90};
  static final double[] HIGH = {100, 15, -55};
  static final double[] TRUTH = {50, 5, -70};

  /** One network alone is too sure of itself: its 90 % regions held the truth in 83 %. */
  private static final int ENSEMBLE = 3;

  @Mixin final ExampleOptions options = new ExampleOptions(10_000, "hodgkin-huxley");

  @Mixin final CheckOptions checks = new CheckOptions();

  /**
   * Runs the example.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    System.exit(ExampleOptions.run(new HodgkinHuxleyExample(), arguments));
  }

  @Override
  public Integer call() throws IOException {
    HodgkinHuxley neuron = HodgkinHuxley.defaults();
    // Row -1, so that no simulation shares the noise of the recording.
    double[] observed = neuron.simulate(TRUTH, RandomStreams.of(options.seed, -1));
    Distribution prior = BoxUniform.of(LOW, HIGH).named("g_Na", "g_K", "E_L");

    try (ConsoleProgress progress = options.progress()) {
      Simulations simulations =
          Simulations.run(
                  neuron, prior, options.simulations, options.seed, options.simulation(progress))
              .observationsNamed(SpikeSummary.names().toArray(String[]::new));
      SNPE inference =
          SNPE.with(prior)
              .densityEstimator(Nsf.defaults())
              .training(options.training())
              .ensemble(ENSEMBLE)
              .device(options.device)
              .seed(options.seed)
              .progress(progress)
              .appendSimulations(simulations)
              .train();
      DirectPosterior learned = inference.buildPosterior();
      Posterior posterior = checks.checked(learned);
      Samples samples = posterior.given(observed).sample(options.samples, options.seed);
      InferenceReport report =
          ValidationChecklist.of(posterior, observed)
              .simulator(neuron)
              .simulations(simulations)
              .budget(checks.budget())
              .seed(options.seed)
              .threads(options.threads)
              .listener(progress)
              .run()
              .report("Conductances of a Hodgkin-Huxley neuron", TRUTH)
              .training(inference.report());
      progress.close();

      System.out.println("True parameters: g_Na 50, g_K 5 mS/cm^2, E_L -70 mV");
      System.out.println(samples.summary());
      System.out.println(report.headline() + ".");
      report.save(options.file("report.html"));
      report.save(options.file("report.json"));
      samples.writeCsv(options.file("posterior.csv"));
      PairPlot.of(samples).truth(TRUTH).save(options.file("posterior.png"));
    }
    return 0;
  }
}
