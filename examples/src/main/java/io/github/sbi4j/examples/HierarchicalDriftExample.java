package io.github.sbi4j.examples;

import io.github.sbi4j.analysis.plot.ForestPlot;
import io.github.sbi4j.core.mcmc.McmcSettings;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.examples.choice.ChoiceTrials;
import io.github.sbi4j.examples.choice.DriftGroup;
import io.github.sbi4j.examples.choice.DriftModel;
import io.github.sbi4j.flows.posterior.Likelihood;
import io.github.sbi4j.ppl.distribution.WienerFirstPassage;
import io.github.sbi4j.ppl.learned.NeuralLikelihood;
import io.github.sbi4j.ppl.model.Model;
import io.github.sbi4j.ppl.model.ModelPosterior;
import io.github.sbi4j.ppl.model.PosteriorDraws;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Infers drift, separation of the bounds, bias and delay of a group of subjects from their choices
 * and reaction times, with a learned likelihood and with the exact one.
 */
@Command(
    name = "HierarchicalDriftExample",
    mixinStandardHelpOptions = true,
    description = "Infers a hierarchical drift-diffusion model, learned beside exact likelihood.")
public final class HierarchicalDriftExample implements Callable<Integer> {
  private static final int FEW_TRIALS = 50;
  private static final int CHAINS = 4;

  @Mixin final ExampleOptions options = new ExampleOptions(100_000, "hierarchical-drift");

  @Option(names = "--subjects", paramLabel = "N", description = "Subjects (${DEFAULT-VALUE}).")
  int subjects = 20;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "Trials of each subject (${DEFAULT-VALUE}).")
  int trials = 100;

  /**
   * Runs the example.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    System.exit(ExampleOptions.run(new HierarchicalDriftExample(), arguments));
  }

  HierarchicalDriftExample() {
    options.samples = 2_000;
  }

  @Override
  public Integer call() throws IOException {
    ChoiceTrials data =
        ChoiceTrials.simulated(DriftGroup.typical(), subjects, trials, options.seed);
    Likelihood learned;
    try (ConsoleProgress progress = options.progress()) {
      learned =
          DriftModel.learn(
                  options.simulations,
                  options.simulation(progress),
                  options.training(),
                  options.seed)
              .withThreads(options.threads);
    }
    PosteriorDraws exact = posterior(data, WienerFirstPassage::of, 500).nuts();
    // An evaluation of networks costs some ten times as much, so these chains start where the
    // others ended, and need less warm-up.
    PosteriorDraws neural =
        posterior(
                data,
                (drift, separation, start, delay) ->
                    NeuralLikelihood.of(learned, drift, separation, start, delay),
                200)
            .nuts(ends(exact));
    System.out.println("exact likelihood:");
    System.out.println(exact.summary());
    System.out.println("learned likelihood:");
    System.out.println(neural.summary());
    List<String> names = IntStream.rangeClosed(1, subjects).mapToObj(s -> "subject " + s).toList();
    ForestPlot.of("exact likelihood", names, exact.get("drift_of"))
        .add("learned likelihood", neural.get("drift_of"))
        .axisLabels("drift: mean and 90 % interval", "")
        .save(options.file("drifts.png"));
    return 0;
  }

  private ModelPosterior posterior(
      ChoiceTrials data, DriftModel.TrialLikelihood likelihood, int warmUp) {
    Model model =
        trials < FEW_TRIALS
            ? DriftModel.ofFewTrials(data, likelihood)
            : DriftModel.of(data, likelihood);
    return model
        .posterior()
        .with(
            McmcSettings.defaults()
                .withWarmUp(warmUp)
                .withDraws(Math.max(1, options.samples / CHAINS))
                .withThreads(options.threads)
                .withSeed(options.seed));
  }

  private static double[][] ends(PosteriorDraws draws) {
    double[][] ends = new double[CHAINS][];
    for (int c = 0; c < CHAINS; c++) {
      Samples chain = draws.unbounded().chain(c).draws();
      ends[c] = chain.row(chain.rows() - 1);
    }
    return ends;
  }
}
