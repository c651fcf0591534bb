package io.github.sbi4j.benchmarks.speed;

import io.github.sbi4j.benchmarks.algorithm.NpeFit;
import java.util.Map;

/** The log-probabilities of 10 000 parameters under the posterior of one observation. */
final class PosteriorLogProb implements Workload {
  private static final int ROWS = 10_000;

  private final String estimator;

  PosteriorLogProb(String estimator) {
    this.estimator = estimator;
  }

  @Override
  public Timing time(SpeedSettings settings) {
    NpeWork work = new NpeWork(estimator, settings);
    NpeFit fit = work.train(2);
    double[] observed = work.observed();
    double[][] parameters = fit.sample(observed, ROWS, settings.seed()).toArray();
    Map<String, Object> details = work.details();
    details.put("rows", ROWS);
    return Timing.repeat(settings.repeats(), details, () -> fit.logProb(observed, parameters));
  }
}
