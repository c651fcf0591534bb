package io.github.sbi4j.examples;

import io.github.sbi4j.analysis.plot.PairPlot;
import io.github.sbi4j.analysis.plot.TimeSeriesPlot;
import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.PerThreadSimulator;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import io.github.sbi4j.examples.epidemic.GridEpidemic;
import io.github.sbi4j.flows.estimator.Nsf;
import io.github.sbi4j.flows.inference.SNPE;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Infers how an epidemic spreads among agents on a grid from twelve weekly counts of cases.
 *
 * <p>The model keeps its population in fields, so each thread has a model of its own.
 */
@Command(
    name = "EpidemicExample",
    mixinStandardHelpOptions = true,
    description = "Infers an agent-based epidemic from its weekly cases.")
public final class EpidemicExample implements Callable<Integer> {
  static final double[] LOW = {0, 0.05, 0};
  static final double[] HIGH = {0.5, 0.5, 0.3};
  static final double[] TRUTH = {0.15, 0.2, 0.05};

  @Mixin final ExampleOptions options = new ExampleOptions(20_000, "epidemic");

  /**
   * Runs the example.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    System.exit(ExampleOptions.run(new EpidemicExample(), arguments));
  }

  @Override
  public Integer call() throws IOException {
    double[] observed = new GridEpidemic().simulate(TRUTH, RandomStreams.of(options.seed, -1));
    Distribution prior =
        BoxUniform.of(LOW, HIGH).named(GridEpidemic.parameterNames().toArray(String[]::new));
    try (ConsoleProgress progress = options.progress();
        PerThreadSimulator model = Simulator.perThread(GridEpidemic::new)) {
      Simulations simulations =
          Simulations.run(
              model, prior, options.simulations, options.seed, options.simulation(progress));
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
      progress.close();

      System.out.println("True parameters: infection 0.15, recovery 0.2, travel 0.05");
      System.out.println(samples.summary());
      samples.writeCsv(options.file("posterior.csv"));
      PairPlot.of(samples).truth(TRUTH).save(options.file("posterior.png"));
      Simulations predicted =
          Simulations.run(model, samples.head(Math.min(1000, samples.rows())), options.seed);
      double[] weeks = IntStream.rangeClosed(1, GridEpidemic.WEEKS).asDoubleStream().toArray();
      TimeSeriesPlot.of(weeks, predicted.valid().observations().toArray(), observed)
          .save(options.file("predictive.png"));
    }
    return 0;
  }
}
