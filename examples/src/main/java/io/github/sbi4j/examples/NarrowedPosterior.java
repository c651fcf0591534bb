package io.github.sbi4j.examples;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.posterior.MapEstimate;
import io.github.sbi4j.flows.posterior.Posterior;

/**
 * A posterior spoilt on purpose, to see whether checks notice: each draw is moved towards the mean
 * of all draws.
 *
 * <p>The density is left as it is; checks that ask for densities see that draws and density do not
 * go together.
 *
 * @param posterior the posterior to spoil
 * @param factor by what the distances from the mean are multiplied
 */
record NarrowedPosterior(Posterior posterior, double factor) implements Posterior {
  @Override
  public Distribution prior() {
    return posterior.prior();
  }

  @Override
  public Posterior given(double... observation) {
    return new NarrowedPosterior(posterior.given(observation), factor);
  }

  @Override
  public Samples sample(int count) {
    return sample(count, 1);
  }

  @Override
  public Samples sample(int count, long seed) {
    Samples draws = posterior.sample(count, seed);
    double[] mean = draws.mean();
    double[] values = draws.toRowMajorArray();
    for (int i = 0; i < values.length; i++) {
      double centre = mean[i % mean.length];
      values[i] = centre + factor * (values[i] - centre);
    }
    return Samples.ofRowMajor(draws.names(), values);
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
