package io.github.sbi4j.examples;

import io.github.sbi4j.analysis.diagnostic.Verdict;
import io.github.sbi4j.analysis.report.InferenceReport;
import io.github.sbi4j.analysis.report.ValidationChecklist;
import io.github.sbi4j.analysis.report.ValidationResult;
import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import io.github.sbi4j.flows.inference.SNPE;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.posterior.Posterior;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * A gate for a build: learns a posterior, checks it, writes the report, and ends with status 1 if
 * the posterior fails.
 */
@Command(
    name = "ValidatePosteriorExample",
    mixinStandardHelpOptions = true,
    description = "Checks a posterior; the exit status is 1 if it fails, else 0.")
public final class ValidatePosteriorExample implements Callable<Integer> {
  @Mixin final ExampleOptions options = new ExampleOptions(2_000, "validate-posterior");

  @Mixin final CheckOptions checks = new CheckOptions();

  /**
   * Runs the example.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    System.exit(ExampleOptions.run(new ValidatePosteriorExample(), arguments));
  }

  @Override
  public Integer call() throws IOException {
    Distribution prior = BoxUniform.of(new double[] {-2, -2}, new double[] {2, 2}).named("a", "b");
    Simulator simulator =
        (theta, random) ->
            new double[] {
              theta[0] + 0.3 * random.nextGaussian(),
              theta[1] + theta[0] * theta[0] + 0.3 * random.nextGaussian()
            };
    try (ConsoleProgress progress = options.progress()) {
      Simulations simulations =
          Simulations.run(
              simulator, prior, options.simulations, options.seed, options.simulation(progress));
      SNPE inference =
          SNPE.with(prior)
              .training(options.training())
              .device(options.device)
              .seed(options.seed)
              .progress(progress)
              .appendSimulations(simulations)
              .train();
      DirectPosterior learned = inference.buildPosterior();
      Posterior posterior = checks.checked(learned);
      ValidationResult result =
          ValidationChecklist.of(posterior, 0.5, 0.5)
              .simulator(simulator)
              .simulations(simulations)
              .budget(checks.budget())
              .falseAlarmRate(0.01)
              .seed(options.seed)
              .threads(options.threads)
              .listener(progress)
              .run();
      progress.close();

      System.out.println(result.summary());
      InferenceReport report = result.report("Two parameters").training(inference.report());
      report.save(options.file("report.html"));
      report.save(options.file("report.json"));
      return result.verdict() == Verdict.FAIL ? 1 : 0;
    }
  }
}
