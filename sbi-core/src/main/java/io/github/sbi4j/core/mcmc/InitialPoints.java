package io.github.sbi4j.core.mcmc;

import io.github.sbi4j.core.distribution.Bijection;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.random.RandomStreams;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Points at which chains can start. */
public final class InitialPoints {
  /** A stream of its own: chains use the streams from zero on. */
  private static final long STREAM = -1;

  private static final int MAX_TRIES = 100;

  private InitialPoints() {}

  /**
   * Sampling importance resampling: draws one pool of candidates from a proposal, such as the
   * prior, evaluates them in one call, and takes C of them with probabilities proportional to
   * target / proposal.
   *
   * <p>No candidate is taken twice, so that chains start apart from each other even where few
   * candidates carry all the weight (Efraimidis and Spirakis 2006).
   *
   * @param target the target over R<sup>D</sup>
   * @param proposal a distribution whose {@link Distribution#bijection} leads to the target's space
   * @param candidates the size of the pool, at least {@code chains}
   * @param chains the number of points, C
   * @param seed the seed
   * @return C different points of D numbers, in unconstrained space
   * @throws IllegalArgumentException if the dimensions differ or the pool is too small
   * @throws IllegalStateException if fewer than C candidates have a finite log density
   */
  public static double[][] resampled(
      LogDensity target, Distribution proposal, int candidates, int chains, long seed) {
    int dimension = target.dimension();
    if (proposal.dimension() != dimension) {
      throw new IllegalArgumentException(
          "the proposal has "
              + proposal.dimension()
              + " values, expected "
              + dimension
              + " as the target has");
    }
    Require.atLeast("chains", chains, 1);
    Require.atLeast("the number of candidates", candidates, chains);
    Distribution checked = proposal.checked();
    Bijection bijection = proposal.bijection();
    long pool = RandomStreams.key(seed, STREAM);
    double[] positions = new double[Math.multiplyExact(candidates, dimension)];
    double[] logProposal = new double[candidates];
    double[] point = new double[dimension];
    for (int i = 0; i < candidates; i++) {
      double[] value = checked.sample(RandomStreams.of(pool, i));
      logProposal[i] = checked.logProb(value) - bijection.forward(value, point);
      System.arraycopy(point, 0, positions, i * dimension, dimension);
    }
    double[] logDensities = new double[candidates];
    target.logDensities(candidates, positions, logDensities);
    int[] chosen = choose(logDensities, logProposal, chains, RandomStreams.of(pool, candidates));
    double[][] result = new double[chains][];
    for (int c = 0; c < chains; c++) {
      int from = chosen[c] * dimension;
      result[c] = Arrays.copyOfRange(positions, from, from + dimension);
    }
    return result;
  }

  /**
   * Points uniform on a cube around the origin at which the target is finite, as Stan starts.
   *
   * @param target the target over R<sup>D</sup>
   * @param chains the number of points, C
   * @param radius half the cube's edge; Stan's is 2
   * @param seed the seed
   * @return C points of D numbers
   * @throws IllegalArgumentException if {@code chains} or {@code radius} is not positive
   * @throws IllegalStateException if a chain finds no point in 100 tries
   */
  public static double[][] uniform(LogDensity target, int chains, double radius, long seed) {
    Require.atLeast("chains", chains, 1);
    Require.positive("radius", radius);
    long pool = RandomStreams.key(seed, STREAM);
    double[][] result = new double[chains][];
    for (int c = 0; c < chains; c++) {
      result[c] = uniform(target, radius, RandomStreams.of(pool, c));
    }
    return result;
  }

  private static double[] uniform(LogDensity target, double radius, RandomGenerator random) {
    double[] point = new double[target.dimension()];
    for (int i = 0; i < MAX_TRIES; i++) {
      for (int d = 0; d < point.length; d++) {
        point[d] = radius * (2 * random.nextDouble() - 1);
      }
      if (Double.isFinite(target.logDensity(point))) {
        return point;
      }
    }
    throw new IllegalStateException(
        "no point of "
            + MAX_TRIES
            + " within "
            + radius
            + " of the origin has a finite log density; bring a bounded target to unconstrained"
            + " space, give a smaller radius, or give points of your own");
  }

  /** The candidates with the greatest log weight + Gumbel noise. */
  private static int[] choose(
      double[] logDensities, double[] logProposal, int chains, RandomGenerator random) {
    double[] keys = new double[logDensities.length];
    int finite = 0;
    for (int i = 0; i < keys.length; i++) {
      double gumbel = -Math.log(random.nextExponential());
      boolean usable = Double.isFinite(logDensities[i]) && Double.isFinite(logProposal[i]);
      keys[i] = usable ? logDensities[i] - logProposal[i] + gumbel : Double.NEGATIVE_INFINITY;
      finite += usable ? 1 : 0;
    }
    if (finite < chains) {
      throw new IllegalStateException(
          "only "
              + finite
              + " of "
              + keys.length
              + " candidates have a finite log density, expected at least "
              + chains
              + ", one for each chain; give more candidates, or check the target at draws from the"
              + " prior");
    }
    int[] chosen = new int[chains];
    for (int c = 0; c < chains; c++) {
      int best = 0;
      for (int i = 1; i < keys.length; i++) {
        best = keys[i] > keys[best] ? i : best;
      }
      chosen[c] = best;
      keys[best] = Double.NEGATIVE_INFINITY;
    }
    return chosen;
  }
}
