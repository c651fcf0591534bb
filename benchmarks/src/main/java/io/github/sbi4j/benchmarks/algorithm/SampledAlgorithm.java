package io.github.sbi4j.benchmarks.algorithm;

import io.github.sbi4j.benchmarks.CpuTime;
import io.github.sbi4j.core.mcmc.McmcSettings;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.inference.NeuralInference;
import io.github.sbi4j.flows.inference.SNLE;
import io.github.sbi4j.flows.inference.SNRE;
import io.github.sbi4j.flows.posterior.McmcPosterior;
import io.github.sbi4j.flows.ratio.Classifier;
import io.github.sbi4j.flows.ratio.Linear;
import io.github.sbi4j.flows.ratio.Mlp;
import io.github.sbi4j.flows.ratio.Resnet;
import io.github.sbi4j.flows.training.Training;
import io.github.sbi4j.flows.training.TrainingReport;
import java.util.List;

/** Neural likelihood or ratio estimation in one round, and Markov chains for each observation. */
final class SampledAlgorithm extends Neural {
  private static final List<String> CLASSIFIERS = List.of("resnet", "mlp", "linear");

  private final boolean likelihood;

  /**
   * One of the two.
   *
   * @param likelihood true to learn the likelihood, false for its ratio to the evidence
   */
  SampledAlgorithm(boolean likelihood) {
    this.likelihood = likelihood;
  }

  boolean learnsLikelihood() {
    return likelihood;
  }

  @Override
  public String defaultEstimator() {
    return likelihood ? "maf" : "resnet";
  }

  @Override
  List<String> estimators() {
    return likelihood ? NpeFit.ESTIMATORS : CLASSIFIERS;
  }

  @Override
  public Solver prepare(Problem problem, Settings settings) {
    Clock clock = new Clock();
    Simulations simulations = simulations(problem, settings);
    double secondsSimulate = clock.lap();
    CpuTime cpu = new CpuTime();
    McmcPosterior posterior;
    TrainingReport report;
    if (likelihood) {
      SNLE inference =
          SNLE.with(problem.prior()).densityEstimator(NpeFit.estimator(settings.estimator()));
      report = train(inference, simulations, settings);
      posterior = inference.buildPosterior();
    } else {
      SNRE inference = SNRE.with(problem.prior()).classifier(classifier(settings.estimator()));
      report = train(inference, simulations, settings);
      posterior = inference.buildPosterior();
    }
    double secondsTrain = clock.lap();
    double cpuSecondsTrain = cpu.seconds();
    McmcSettings chains = posterior.settings().withThreads(settings.threads());
    return (observed, seed) -> {
      Clock sampling = new Clock();
      Samples samples =
          posterior.withSettings(chains).given(observed).sample(settings.samples(), seed);
      return new Outcome(
          samples,
          secondsSimulate,
          secondsTrain,
          sampling.lap(),
          cpuSecondsTrain,
          report.epochs(),
          Double.NaN,
          -report.bestValidationLoss(),
          trace(report.members().get(0)),
          Double.NaN,
          List.of());
    };
  }

  private static TrainingReport train(
      NeuralInference<?> inference, Simulations simulations, Settings settings) {
    return inference
        .seed(settings.seed())
        .training(Training.defaults().withThreads(settings.threads()))
        .ensemble(settings.ensemble())
        .device(NpeFit.device(settings))
        .appendSimulations(simulations)
        .train()
        .report();
  }

  static Classifier classifier(String name) {
    return switch (name) {
      case "resnet" -> Resnet.defaults();
      case "mlp" -> Mlp.defaults();
      default -> Linear.defaults();
    };
  }
}
