package io.github.sbi4j.benchmarks.algorithm;

import io.github.sbi4j.benchmarks.CpuTime;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.training.Training;
import io.github.sbi4j.flows.training.TrainingReport;
import java.util.List;

/**
 * Neural posterior estimation: a density estimator of the parameters given the observation, trained
 * once on prior simulations.
 */
final class Npe extends Neural {
  @Override
  public String defaultEstimator() {
    return "nsf";
  }

  @Override
  List<String> estimators() {
    return NpeFit.ESTIMATORS;
  }

  @Override
  public Solver prepare(Problem problem, Settings settings) {
    Clock clock = new Clock();
    Simulations simulations = simulations(problem, settings);
    double secondsSimulate = clock.lap();
    CpuTime cpu = new CpuTime();
    NpeFit fit = NpeFit.train(problem.prior(), simulations, settings, Training.defaults());
    double secondsTrain = clock.lap();
    double cpuSecondsTrain = cpu.seconds();
    double holdout = problem.holdout().map(fit::meanLogProb).orElse(Double.NaN);
    TrainingReport report = fit.report();
    return (observed, seed) -> {
      Clock sampling = new Clock();
      Samples samples = fit.sample(observed, settings.samples(), seed);
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
          holdout,
          List.of());
    };
  }
}
