package io.github.sbi4j.flows.posterior;

import io.github.sbi4j.core.distribution.Region;
import io.github.sbi4j.core.distribution.Support;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The parameters that a posterior holds for possible: where its density at the observation given is
 * above that of all but a small share of its mass (Deistler, Goncalves and Macke 2022).
 *
 * <p>The threshold is the k-th smallest log-density of n draws, k being the largest number with k
 * &le; excluded (n + 1): the mass below it is then k / (n + 1) on average, whatever the posterior.
 * Where the draws end the region ends too, a tenth of their range further on, so that most values
 * of a wide prior need no network.
 */
public final class HighestDensityRegion implements Region {
  private static final double USUAL_EXCLUDED_MASS = 1e-4;
  private static final int DRAWS_BELOW = 5;
  private static final int FEWEST_DRAWS = 1_000;
  private static final double MARGIN = 0.1;

  private final Posterior posterior;
  private final double excludedMass;
  private final double logThreshold;
  private final Support bounds;

  private HighestDensityRegion(
      Posterior posterior, double excludedMass, double logThreshold, Support bounds) {
    this.posterior = posterior;
    this.excludedMass = excludedMass;
    this.logThreshold = logThreshold;
    this.bounds = bounds;
  }

  /**
   * The region without a ten-thousandth of the posterior's mass, from 50 000 draws.
   *
   * @param posterior a posterior given an observation; what it is given later changes nothing here
   * @param seed decides the draws
   * @return the region
   * @throws IllegalStateException if the posterior was not given an observation
   */
  public static HighestDensityRegion of(Posterior posterior, long seed) {
    return of(posterior, USUAL_EXCLUDED_MASS, seed);
  }

  /**
   * The region without a given share of the posterior's mass, from five times as many draws as are
   * needed to have one outside of it, but at least a thousand.
   *
   * @param posterior a posterior given an observation
   * @param excludedMass the share left out, between 0 and 1, exclusive
   * @param seed decides the draws
   * @return the region
   * @throws IllegalArgumentException if the share is none, or so small that 100 million draws would
   *     be needed
   * @throws IllegalStateException if the posterior was not given an observation
   */
  public static HighestDensityRegion of(Posterior posterior, double excludedMass, long seed) {
    double draws = Math.ceil(DRAWS_BELOW / excludedMass);
    return of(posterior, excludedMass, (int) Math.max(FEWEST_DRAWS, Math.min(1e8, draws)), seed);
  }

  /**
   * The region without a given share of the posterior's mass.
   *
   * @param posterior a posterior given an observation
   * @param excludedMass the share left out, between 0 and 1, exclusive
   * @param draws the number of draws that find the threshold, n
   * @param seed decides the draws
   * @return the region
   * @throws IllegalArgumentException if the share is none, or there are too few draws for it
   * @throws IllegalStateException if the posterior was not given an observation
   */
  public static HighestDensityRegion of(
      Posterior posterior, double excludedMass, int draws, long seed) {
    if (!(excludedMass > 0 && excludedMass < 1)) {
      throw new IllegalArgumentException(
          "excluded mass is " + excludedMass + ", expected a share between 0 and 1, exclusive");
    }
    int below = (int) Math.floor(excludedMass * (draws + 1.0));
    if (below < 1) {
      throw new IllegalArgumentException(
          draws
              + " draws do not reach beyond an excluded mass of "
              + excludedMass
              + "; draw at least "
              + (long) Math.ceil(1 / excludedMass));
    }
    double[][] rows = posterior.sample(draws, seed).toArray();
    double[] logs = posterior.logProb(rows);
    double[] sorted = logs.clone();
    Arrays.sort(sorted);
    double threshold = sorted[below - 1];
    return new HighestDensityRegion(
        posterior, excludedMass, threshold, bounds(posterior, rows, logs, threshold));
  }

  /** The range of the draws above the threshold, and a tenth more on each side. */
  private static Support bounds(
      Posterior posterior, double[][] rows, double[] logs, double threshold) {
    Support prior = posterior.prior().support();
    double[] low = prior.upper();
    double[] high = prior.lower();
    for (int i = 0; i < rows.length; i++) {
      for (int d = 0; d < low.length && logs[i] >= threshold; d++) {
        low[d] = Math.min(low[d], rows[i][d]);
        high[d] = Math.max(high[d], rows[i][d]);
      }
    }
    for (int d = 0; d < low.length; d++) {
      double margin = MARGIN * (high[d] - low[d]);
      low[d] = Math.max(prior.lower()[d], low[d] - margin);
      high[d] = Math.min(prior.upper()[d], high[d] + margin);
    }
    return Support.box(low, high);
  }

  /** {@return the posterior, at the observation that the region belongs to} */
  public Posterior posterior() {
    return posterior;
  }

  /** {@return the share of the posterior's mass that lies outside} */
  public double excludedMass() {
    return excludedMass;
  }

  /** {@return the log-density that parameters inside have at least} */
  public double logThreshold() {
    return logThreshold;
  }

  @Override
  public boolean contains(double[] parameters) {
    return bounds.contains(parameters) && posterior.logProb(parameters) >= logThreshold;
  }

  @Override
  public boolean[] contains(double[][] parameters) {
    int[] near =
        IntStream.range(0, parameters.length).filter(i -> bounds.contains(parameters[i])).toArray();
    boolean[] inside = new boolean[parameters.length];
    if (near.length > 0) {
      double[][] rows = Arrays.stream(near).mapToObj(i -> parameters[i]).toArray(double[][]::new);
      double[] logs = posterior.logProb(rows);
      for (int k = 0; k < near.length; k++) {
        inside[near[k]] = logs[k] >= logThreshold;
      }
    }
    return inside;
  }

  @Override
  public Optional<Support> bounds() {
    return Optional.of(bounds);
  }

  @Override
  public Optional<double[]> observation() {
    return posterior.observation();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "the %s highest-density region of a posterior", 1 - excludedMass);
  }
}
