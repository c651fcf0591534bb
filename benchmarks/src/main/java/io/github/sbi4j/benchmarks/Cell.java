package io.github.sbi4j.benchmarks;

import io.github.sbi4j.benchmarks.algorithm.Algorithm;
import io.github.sbi4j.benchmarks.algorithm.Outcome;
import io.github.sbi4j.benchmarks.algorithm.Problem;
import io.github.sbi4j.benchmarks.algorithm.Settings;
import io.github.sbi4j.benchmarks.algorithm.Solver;
import io.github.sbi4j.benchmarks.task.Task;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.simulation.Simulations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One cell of the benchmark: an algorithm applied to one observation of one task.
 *
 * @param task the task
 * @param observation the number of the observation, from 1; 0 for one from a file
 * @param settings the algorithm and its settings
 */
record Cell(Task task, int observation, Settings settings) {
  /** The keys that tell a cell from the others of a table. */
  static final List<String> KEYS =
      List.of(
          "task",
          "algorithm",
          "estimator",
          "simulations",
          "observation",
          "rounds",
          "ensemble",
          "seed",
          "device",
          "samples");

  /**
   * Makes the algorithm ready, for this observation and any other of the same task and settings.
   *
   * @param simulations simulations to learn from in place of new ones
   * @param holdout simulations to score the posterior with
   */
  Solver prepare(Optional<Simulations> simulations, Optional<Simulations> holdout) {
    Problem problem = new Problem(task.prior(), task.simulator(), simulations, holdout);
    return Algorithm.named(settings.algorithm()).prepare(problem, settings);
  }

  /** Runs the algorithm on the observation, with a stream of its own for each observation. */
  Outcome run(Solver solver, double[] observed) {
    return solver.solve(observed, RandomStreams.key(settings.seed(), observation));
  }

  /** True if the other cell differs in its observation alone. */
  boolean sharesWorkWith(Cell other) {
    return task.name().equals(other.task.name()) && settings.equals(other.settings);
  }

  /**
   * The line of results.
   *
   * @param outcome what the run gave
   * @param c2st the C2ST against the reference, NaN without one
   */
  Map<String, @Nullable Object> results(Outcome outcome, double c2st) {
    Map<String, @Nullable Object> results = new LinkedHashMap<>(identity());
    results.put("threads", settings.threads());
    results.put("c2st", c2st);
    results.put("seconds_simulate", outcome.secondsSimulate());
    results.put("seconds_train", outcome.secondsTrain());
    results.put("seconds_sample", outcome.secondsSample());
    results.put("seconds_total", outcome.secondsTotal());
    results.put("cpu_seconds_train", outcome.cpuSecondsTrain());
    results.put("epochs", outcome.epochs());
    results.put("acceptance", outcome.acceptance());
    results.put("validation_log_prob", outcome.validationLogProb());
    results.put("holdout_log_prob", outcome.holdoutLogProb());
    return results;
  }

  /** The values of {@link #KEYS}. */
  Map<String, Object> identity() {
    Map<String, Object> identity = new LinkedHashMap<>();
    identity.put("task", task.name());
    identity.put("algorithm", settings.algorithm());
    identity.put("estimator", settings.estimator());
    identity.put("simulations", settings.simulations());
    identity.put("observation", observation);
    identity.put("rounds", settings.rounds());
    identity.put("ensemble", settings.ensemble());
    identity.put("seed", settings.seed());
    identity.put("device", settings.device());
    identity.put("samples", settings.samples());
    return identity;
  }
}
