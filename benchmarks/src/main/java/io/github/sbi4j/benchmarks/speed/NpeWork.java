package io.github.sbi4j.benchmarks.speed;

import io.github.sbi4j.benchmarks.algorithm.Algorithm;
import io.github.sbi4j.benchmarks.algorithm.NpeFit;
import io.github.sbi4j.benchmarks.algorithm.Settings;
import io.github.sbi4j.benchmarks.task.GaussianLinear;
import io.github.sbi4j.benchmarks.task.Task;
import io.github.sbi4j.benchmarks.task.TaskSimulations;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.training.Training;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the timings of posterior estimation share: 10 000 simulations of ten parameters and ten
 * observation values.
 */
final class NpeWork {
  static final int BATCH = 200;
  private static final int SIMULATIONS = 10_000;

  private final Task task = new GaussianLinear();
  private final Settings settings;
  private final Simulations simulations;
  private final double[] observed;

  NpeWork(String estimator, SpeedSettings speed) {
    settings =
        new Settings(
            "npe",
            estimator,
            SIMULATIONS,
            1,
            1,
            speed.seed(),
            speed.device(),
            speed.threads(),
            SIMULATIONS);
    Algorithm.named(settings.algorithm()).check(settings);
    simulations = TaskSimulations.run(task, SIMULATIONS, speed.seed());
    observed = simulations.observations().row(0);
  }

  /** Trains for so many epochs. */
  NpeFit train(int epochs) {
    Training training =
        Training.defaults().withBatchSize(BATCH).withMaxEpochs(epochs).withPatience(epochs);
    return NpeFit.train(task.prior(), simulations, settings, training);
  }

  /** The observation to condition on, L values. */
  double[] observed() {
    return observed.clone();
  }

  /** The sizes, for the results. */
  Map<String, Object> details() {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("parameters", task.parameters());
    details.put("observations", task.observations());
    return details;
  }
}
