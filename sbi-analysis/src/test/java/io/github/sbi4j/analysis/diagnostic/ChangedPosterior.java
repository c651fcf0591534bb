package io.github.sbi4j.analysis.diagnostic;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.posterior.MapEstimate;
import io.github.sbi4j.flows.posterior.Posterior;
import java.util.function.Function;

/** A posterior whose draws are changed, by what it was given. */
record ChangedPosterior(Posterior posterior, double[] observed, Change change)
    implements Posterior {
  /** Draws in the place of those of a posterior. */
  interface Change {
    Samples of(double[] observed, Function<Long, Samples> draws, long seed);
  }

  static ChangedPosterior of(Posterior posterior, Change change) {
    return new ChangedPosterior(posterior, new double[0], change);
  }

  @Override
  public Distribution prior() {
    return posterior.prior();
  }

  @Override
  public Posterior given(double... observation) {
    return new ChangedPosterior(posterior.given(observation), observation, change);
  }

  @Override
  public Samples sample(int count) {
    return sample(count, 1);
  }

  @Override
  public Samples sample(int count, long seed) {
    return change.of(observed, key -> posterior.sample(count, key), seed);
  }

  @Override
  public double[] logProb(double[][] parameters) {
    return posterior.logProb(parameters);
  }

  @Override
  public MapEstimate map() {
    return posterior.map();
  }
}
