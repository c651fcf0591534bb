package io.github.sbi4j.benchmarks.speed;

import io.github.sbi4j.benchmarks.algorithm.NpeFit;
import java.util.Map;

/** 10 000 draws from the posterior of one observation. */
final class PosteriorSampling implements Workload {
  private static final int DRAWS = 10_000;

  private final String estimator;

  PosteriorSampling(String estimator) {
    this.estimator = estimator;
  }

  @Override
  public Timing time(SpeedSettings settings) {
    NpeWork work = new NpeWork(estimator, settings);
    NpeFit fit = work.train(2);
    double[] observed = work.observed();
    Map<String, Object> details = work.details();
    details.put("draws", DRAWS);
    return Timing.repeat(
        settings.repeats(), details, () -> fit.sample(observed, DRAWS, settings.seed()));
  }
}
