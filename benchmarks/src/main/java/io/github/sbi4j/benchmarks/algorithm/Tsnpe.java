package io.github.sbi4j.benchmarks.algorithm;

import io.github.sbi4j.benchmarks.CpuTime;
import io.github.sbi4j.core.distribution.RestrictedPrior;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.inference.TSNPE;
import io.github.sbi4j.flows.training.Training;
import io.github.sbi4j.flows.training.TrainingReport;
import java.util.ArrayList;
import java.util.List;

/**
 * Truncated sequential neural posterior estimation: rounds for each observation, with the budget of
 * simulations shared among them evenly. The acceptance is the part of the prior that the last
 * round's parameters come from.
 */
final class Tsnpe extends Neural {
  private static final int ROUNDS = 10;

  @Override
  public String defaultEstimator() {
    return "nsf";
  }

  @Override
  List<String> estimators() {
    return NpeFit.ESTIMATORS;
  }

  @Override
  public int defaultRounds() {
    return ROUNDS;
  }

  @Override
  void checkRounds(Settings settings) {
    if (settings.simulations() < 10 * settings.rounds()) {
      throw new IllegalArgumentException(
          "--simulations %d leave less than 10 for each of --rounds %d; give more simulations or fewer rounds"
              .formatted(settings.simulations(), settings.rounds()));
    }
  }

  @Override
  public Solver prepare(Problem problem, Settings settings) {
    if (problem.simulations().isPresent()) {
      throw new IllegalArgumentException(
          "--simulations-file does not apply to tsnpe, whose rounds decide what to simulate");
    }
    return (observed, seed) -> solve(problem, settings, observed, seed);
  }

  private static Outcome solve(Problem problem, Settings settings, double[] observed, long seed) {
    TSNPE inference =
        TSNPE
            .with(problem.prior(), observed)
            .densityEstimator(NpeFit.estimator(settings.estimator()))
            .seed(seed)
            .training(Training.defaults().withThreads(settings.threads()))
            .ensemble(settings.ensemble())
            .device(NpeFit.device(settings));
    SimulationSettings threads = SimulationSettings.defaults().withThreads(settings.threads());
    double secondsSimulate = 0;
    double secondsTrain = 0;
    double cpuSecondsTrain = 0;
    int epochs = 0;
    List<Double> secondsRounds = new ArrayList<>();
    for (int round = 0; round < settings.rounds(); round++) {
      int count =
          settings.simulations() / settings.rounds()
              + (round < settings.simulations() % settings.rounds() ? 1 : 0);
      Clock clock = new Clock();
      Simulations simulations =
          Simulations.run(
              problem.simulator(),
              inference.proposal(),
              count,
              RandomStreams.key(seed, round + 1),
              threads);
      double simulated = clock.lap();
      CpuTime cpu = new CpuTime();
      inference.appendSimulations(simulations).train();
      double trained = clock.lap();
      secondsSimulate += simulated;
      secondsTrain += trained;
      secondsRounds.add(simulated + trained);
      cpuSecondsTrain += cpu.seconds();
      epochs += inference.report().epochs();
    }
    Clock sampling = new Clock();
    Samples samples = inference.buildPosterior().sample(settings.samples(), seed);
    double secondsSample = sampling.lap();
    TrainingReport report = inference.report();
    return new Outcome(
        samples,
        secondsSimulate,
        secondsTrain,
        secondsSample,
        cpuSecondsTrain,
        epochs,
        acceptance(inference),
        -report.bestValidationLoss(),
        trace(report.members().get(0)),
        Double.NaN,
        secondsRounds);
  }

  private static double acceptance(TSNPE inference) {
    return inference.buildPosterior().prior() instanceof RestrictedPrior restricted
        ? restricted.acceptance().rate()
        : 1;
  }
}
