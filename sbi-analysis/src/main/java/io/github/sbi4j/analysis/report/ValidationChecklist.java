package io.github.sbi4j.analysis.report;

import io.github.sbi4j.core.concurrent.Tasks;
import io.github.sbi4j.core.progress.ProgressListener;
import io.github.sbi4j.core.simulation.SimulationRunner;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import io.github.sbi4j.flows.posterior.Posterior;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Runs all checks of a posterior within a time budget, the quick and telling ones first.
 *
 * <pre>{@code
 * ValidationResult result =
 *     ValidationChecklist.of(posterior, observed)
 *         .simulator(simulator)
 *         .simulations(simulations)
 *         .budget(Duration.ofMinutes(5))
 *         .run();
 * result.report("My model").save(Path.of("report.html"));
 * }</pre>
 *
 * <p>In order: failures of the simulations; the observation against the simulations
 * (misspecification); the posterior against the prior's bounds; posterior predictions; then, with
 * posterior draws for many test data sets, simulation-based calibration with the data-averaged
 * posterior, expected coverage, accuracy with random points (TARP), contraction; and the local
 * classifier two-sample test at the observation. What was not reached in time, lacks something or
 * fails is a finding that says so, with the verdict unknown.
 *
 * <p>The false-alarm rate is shared by the five checks with an exact level (misspecification,
 * calibration, coverage, TARP, local test). Posterior predictions fail at 0.05, but a right
 * posterior's hardly ever do; the other verdicts are conventions.
 *
 * <p>Immutable. Results repeat for any number of threads as long as the budget cuts nothing off.
 */
public final class ValidationChecklist {
  final Posterior posterior;
  final double[] observed;
  @Nullable Simulator simulator;
  @Nullable SimulationRunner runner;
  @Nullable Simulations simulations;
  @Nullable Simulations heldOut;
  int testSimulations = 300;
  int draws = 199;
  Duration budget = Duration.ofMinutes(10);
  double falseAlarmRate = 0.05;
  long seed = 1;
  int threads = Tasks.allProcessors();
  ProgressListener listener = ProgressListener.NONE;

  private ValidationChecklist(Posterior posterior, double[] observed) {
    this.posterior = posterior;
    this.observed = observed;
  }

  /** A copy to change before anybody else sees it. */
  private ValidationChecklist copy() {
    ValidationChecklist copy = new ValidationChecklist(posterior, observed);
    copy.simulator = simulator;
    copy.runner = runner;
    copy.simulations = simulations;
    copy.heldOut = heldOut;
    copy.testSimulations = testSimulations;
    copy.draws = draws;
    copy.budget = budget;
    copy.falseAlarmRate = falseAlarmRate;
    copy.seed = seed;
    copy.threads = threads;
    copy.listener = listener;
    return copy;
  }

  /**
   * The checks of a posterior: 300 test simulations with 199 draws each, ten minutes, false-alarm
   * rate 0.05, seed 1, all processors. Give it a simulator, or simulations that were held out.
   *
   * @param posterior the posterior, with or without an observation
   * @param observed the L observed values
   * @return the list, not yet run
   * @throws IllegalArgumentException if no value is given, or one is not finite
   */
  public static ValidationChecklist of(Posterior posterior, double... observed) {
    if (observed.length == 0) {
      throw new IllegalArgumentException("got no observed values; give the real observation");
    }
    for (double value : observed) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "an observed value is " + value + ", expected finite values");
      }
    }
    return new ValidationChecklist(posterior, observed.clone());
  }

  /**
   * A copy with the simulator, for test data and posterior predictions.
   *
   * @param model the simulator
   * @return the copy
   */
  public ValidationChecklist simulator(Simulator model) {
    ValidationChecklist copy = copy();
    copy.simulator = model;
    return copy;
  }

  /**
   * A copy whose simulations are done elsewhere, on a cluster say, not on the threads of this
   * machine.
   *
   * @param simulates calls the simulator
   * @return the copy
   */
  public ValidationChecklist runner(SimulationRunner simulates) {
    ValidationChecklist copy = copy();
    copy.runner = simulates;
    return copy;
  }

  /**
   * A copy with the simulations that the posterior was learned from, which the observation is
   * compared with; without them that is done with the test simulations.
   *
   * @param table simulations with parameters from the prior
   * @return the copy
   */
  public ValidationChecklist simulations(Simulations table) {
    ValidationChecklist copy = copy();
    copy.simulations = table;
    return copy;
  }

  /**
   * A copy that tests with simulations that are there already instead of new ones.
   *
   * @param table simulations with parameters from the prior that the posterior was not learned from
   * @return the copy
   */
  public ValidationChecklist heldOut(Simulations table) {
    ValidationChecklist copy = copy();
    copy.heldOut = table;
    return copy;
  }

  /**
   * A copy with other numbers of test data sets and draws for each.
   *
   * @param dataSets the number of new test simulations, 200 to 1000 are usual
   * @param drawsEach the number of posterior draws for each, 100 to 1000 are usual
   * @return the copy
   * @throws IllegalArgumentException if a number is not positive
   */
  public ValidationChecklist tests(int dataSets, int drawsEach) {
    if (dataSets < 1 || drawsEach < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "got %d test data sets with %d draws each; give positive numbers, 300 and 199 are usual",
              dataSets,
              drawsEach));
    }
    ValidationChecklist copy = copy();
    copy.testSimulations = dataSets;
    copy.draws = drawsEach;
    return copy;
  }

  /**
   * A copy with another time budget. Where it does not suffice for all test data sets, there are
   * fewer; a check that goes on is interrupted.
   *
   * @param time how long all checks may take together, more than zero
   * @return the copy
   * @throws IllegalArgumentException if it is not more than zero
   */
  public ValidationChecklist budget(Duration time) {
    if (time.isZero() || time.isNegative()) {
      throw new IllegalArgumentException("the budget is " + time + ", expected more than zero");
    }
    ValidationChecklist copy = copy();
    copy.budget = time;
    return copy;
  }

  /**
   * A copy with another false-alarm rate.
   *
   * @param rate how often a right posterior may fail, between 0 and 1; 0.01 suits a build. Lower
   *     rates need more simulations, which the checks ask for
   * @return the copy
   * @throws IllegalArgumentException if it is not between 0 and 1
   */
  public ValidationChecklist falseAlarmRate(double rate) {
    if (!(rate > 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "the false-alarm rate is " + rate + ", expected between 0 and 1; 0.05 is usual");
    }
    ValidationChecklist copy = copy();
    copy.falseAlarmRate = rate;
    return copy;
  }

  /**
   * A copy with another seed.
   *
   * @param value decides all that is random
   * @return the copy
   */
  public ValidationChecklist seed(long value) {
    ValidationChecklist copy = copy();
    copy.seed = value;
    return copy;
  }

  /**
   * A copy that works on another number of threads.
   *
   * @param count the number of threads
   * @return the copy
   * @throws IllegalArgumentException if it is not positive
   */
  public ValidationChecklist threads(int count) {
    ValidationChecklist copy = copy();
    copy.threads = Tasks.requireThreads(count);
    return copy;
  }

  /**
   * A copy that tells how far it is.
   *
   * @param hears called before each check and once at the end
   * @return the copy
   */
  public ValidationChecklist listener(ProgressListener hears) {
    ValidationChecklist copy = copy();
    copy.listener = hears;
    return copy;
  }

  /**
   * Runs the checks.
   *
   * @return what was found
   * @throws IllegalStateException if there is neither a simulator nor a held-out table, or the
   *     calling thread is interrupted
   */
  public ValidationResult run() {
    if (simulator == null && heldOut == null) {
      throw new IllegalStateException(
          "there is nothing to test with; give a simulator, or simulations that were held out");
    }
    return new ChecklistRun(this).run();
  }
}
