package io.github.sbi4j.benchmarks.algorithm;

import io.github.sbi4j.benchmarks.CpuTime;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.training.MemberReport;
import io.github.sbi4j.flows.training.Training;
import io.github.sbi4j.flows.training.TrainingReport;
import java.util.List;

/**
 * Neural posterior estimation: a density estimator of the parameters given the observation, trained
 * once on prior simulations.
 */
final class Npe implements Algorithm {
  @Override
  public String defaultEstimator() {
    return "nsf";
  }

  @Override
  public void check(Settings settings) {
    if (settings.rounds() != 1) {
      throw new IllegalArgumentException(
          "--rounds %d does not apply to %s, which has one round here; give --rounds 1"
              .formatted(settings.rounds(), settings.algorithm()));
    }
    requireOneOf("--estimator", settings.estimator(), NpeFit.ESTIMATORS);
    requireOneOf("--device", settings.device(), NpeFit.DEVICES);
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
          holdout);
    };
  }

  private static double[][] trace(MemberReport member) {
    double[][] trace = new double[member.epochs()][];
    for (int i = 0; i < trace.length; i++) {
      trace[i] = new double[] {member.seconds().get(i), -member.validationLoss().get(i)};
    }
    return trace;
  }

  private static Simulations simulations(Problem problem, Settings settings) {
    if (problem.simulations().isPresent()) {
      return problem.simulations().get();
    }
    return Simulations.run(
        problem.simulator(),
        problem.prior(),
        settings.simulations(),
        RandomStreams.key(settings.seed(), 1),
        SimulationSettings.defaults().withThreads(settings.threads()));
  }

  private static void requireOneOf(String option, String value, List<String> possible) {
    if (!possible.contains(value)) {
      throw new IllegalArgumentException(
          "%s %s is not one of %s".formatted(option, value, String.join(", ", possible)));
    }
  }
}
