package io.github.sbi4j.flows.posterior;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Region;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.flows.estimator.ConditionalDensity;
import io.github.sbi4j.flows.potential.Potential;

/**
 * A learned density at one observation, truncated to the prior where it leaks or the prior is
 * restricted; the normaliser belongs to this observation.
 */
final class Conditioned {
  private static final int NORMALISER_DRAWS = 10_000;
  private static final int FIRST_BATCH = 2_000;
  private static final int LARGEST_BATCH = 100_000;
  private static final long DRAWS_PER_SAMPLE = 1_000;

  private final ConditionalDensity density;
  private final Distribution prior;
  private final Region inside;
  private final double[] observation;
  private final long seed;
  private final boolean leaks;
  private double logAcceptance = Double.NaN;

  Conditioned(ConditionalDensity density, Distribution prior, double[] observation, long seed) {
    this.density = density;
    this.prior = prior;
    this.inside = PriorRegion.of(prior);
    this.observation = observation;
    this.seed = seed;
    this.leaks = leaks(density, prior);
  }

  double[] observation() {
    return observation.clone();
  }

  /** True if the density has mass where the prior has none. */
  static boolean leaks(ConditionalDensity density, Distribution prior) {
    return PriorRegion.isRestricted(prior)
        || !density.coordinates().support().equals(prior.support());
  }

  double[][] sample(int count, long seed) {
    if (count < 1) {
      throw new IllegalArgumentException("count is " + count + ", expected at least 1 draw");
    }
    if (!leaks) {
      return density.sample(observation, count, seed);
    }
    double[][] kept = new double[count][];
    int accepted = 0;
    long drawn = 0;
    int batch = Math.max(count, FIRST_BATCH);
    for (int round = 0; accepted < count; round++) {
      double[][] rows = density.sample(observation, batch, RandomStreams.key(seed, round));
      boolean[] in = inside.contains(rows);
      for (int i = 0; i < batch && accepted < count; i++) {
        if (in[i]) {
          kept[accepted++] = rows[i];
        }
      }
      drawn += batch;
      if (accepted < count
          && drawn >= DRAWS_PER_SAMPLE * FIRST_BATCH
          && drawn / (accepted + 1) >= DRAWS_PER_SAMPLE) {
        throw new LeakageException(accepted, drawn, count);
      }
      batch = (int) Math.min(LARGEST_BATCH, 2L * batch);
    }
    return kept;
  }

  double[] logProb(double[][] parameters) {
    if (!leaks) {
      return density.logProb(parameters, observation);
    }
    double normaliser = logAcceptance();
    double[] result = density.logProb(parameters, observation);
    boolean[] in = inside.contains(parameters);
    for (int i = 0; i < result.length; i++) {
      result[i] = in[i] ? result[i] - normaliser : Double.NEGATIVE_INFINITY;
    }
    return result;
  }

  /** The log of the density's mass inside the prior, estimated once for this observation. */
  private synchronized double logAcceptance() {
    if (Double.isNaN(logAcceptance)) {
      double[][] rows = density.sample(observation, NORMALISER_DRAWS, RandomStreams.key(seed, -1));
      int accepted = 0;
      for (boolean in : inside.contains(rows)) {
        accepted += in ? 1 : 0;
      }
      if (accepted == 0) {
        throw new LeakageException(0, NORMALISER_DRAWS, NORMALISER_DRAWS);
      }
      logAcceptance = Math.log((double) accepted / NORMALISER_DRAWS);
    }
    return logAcceptance;
  }

  MapEstimate map() {
    Potential potential = new DirectPotential(density, prior, observation);
    return new MapSearch(potential.unconstrained(), prior.bijection(), prior.support())
        .run(sample(1_000, RandomStreams.key(seed, -2)), this::logProb);
  }
}
