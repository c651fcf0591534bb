package io.github.sbi4j.benchmarks.algorithm;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.training.MemberReport;
import java.util.List;

/** What the neural algorithms share: simulations of the prior and the options. */
abstract class Neural implements Algorithm {
  /** The names that {@code --estimator} may have. */
  abstract List<String> estimators();

  @Override
  public void check(Settings settings) {
    checkRounds(settings);
    requireOneOf("--estimator", settings.estimator(), estimators());
    requireOneOf("--device", settings.device(), NpeFit.DEVICES);
  }

  /** Rejects numbers of rounds that do not apply. */
  void checkRounds(Settings settings) {
    if (settings.rounds() != 1) {
      throw new IllegalArgumentException(
          "--rounds %d does not apply to %s, which has one round; give --rounds 1, or take the algorithm in rounds, s%s"
              .formatted(settings.rounds(), settings.algorithm(), settings.algorithm()));
    }
  }

  static double[][] trace(MemberReport member) {
    double[][] trace = new double[member.epochs()][];
    for (int i = 0; i < trace.length; i++) {
      trace[i] = new double[] {member.seconds().get(i), -member.validationLoss().get(i)};
    }
    return trace;
  }

  static Simulations simulations(Problem problem, Settings settings) {
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
