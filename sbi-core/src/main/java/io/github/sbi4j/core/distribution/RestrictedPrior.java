package io.github.sbi4j.core.distribution;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A prior restricted to a region A: p(v) 1[v in A] / P(A).
 *
 * <p>It is the prior itself but for a constant wherever it is not zero, so what is inferred with it
 * is what is inferred with the prior, as long as the region leaves nothing out that the data allow.
 * Restricting it again restricts the same prior to the intersection.
 *
 * <p>Draws are those of the prior that lie in the region; of a uniform prior only the {@linkplain
 * Region#bounds box around the region} is searched. Where the region is far smaller than the prior
 * {@link #resampledFrom} finds draws too. Names, support and bijection are the prior's.
 */
public final class RestrictedPrior implements Distribution, Region {
  private static final long DEFAULT_PROPOSALS = 10_000;
  private static final int DRAWS_FOR_MOMENTS = 2_000;
  private static final long SEED = 0x5EED;

  private final Distribution prior;
  private final List<String> names;
  private final Region region;
  private final long proposalsPerDraw;
  private final @Nullable Resampling resampling;
  private @Nullable Acceptance acceptance;
  private @Nullable Samples draws;

  private RestrictedPrior(
      Distribution prior,
      List<String> names,
      Region region,
      long proposalsPerDraw,
      @Nullable Resampling resampling) {
    this.prior = prior;
    this.names = names;
    this.region = region;
    this.proposalsPerDraw = proposalsPerDraw;
    this.resampling = resampling;
  }

  /**
   * Restricts a prior.
   *
   * @param prior a prior of D values, restricted or not
   * @param region where its density stays positive; asked only of values in the prior's support
   * @return the restricted prior, which draws by rejection and gives up when fewer than one in 10
   *     000 draws of the prior lies in the region
   */
  public static RestrictedPrior of(Distribution prior, Region region) {
    Distribution whole = prior.checked();
    Region all = region;
    if (prior.unwrapped() instanceof RestrictedPrior restricted) {
      whole = restricted.prior;
      all = region.and(restricted.region);
    }
    return new RestrictedPrior(whole, List.copyOf(prior.names()), all, DEFAULT_PROPOSALS, null);
  }

  /**
   * {@return the same restricted prior with another budget for rejection}
   *
   * @param proposals how many draws of the prior may be made for each one asked for, at least 1
   */
  public RestrictedPrior withProposalsPerDraw(long proposals) {
    if (proposals < 1) {
      throw new IllegalArgumentException(
          "proposals per draw is " + proposals + ", expected at least 1");
    }
    return new RestrictedPrior(prior, names, region, proposals, resampling);
  }

  /**
   * The same restricted prior, drawn by sampling importance resampling: for each draw candidates
   * come from another distribution, those outside of the region are dropped, and one of the others
   * is chosen with a probability in proportion to p(v) / q(v).
   *
   * <p>Every draw lies in the region. How they are distributed there is right up to the number of
   * candidates: they tend to where the candidates are, the more so the fewer candidates are worth
   * something. A warning says when these are few.
   *
   * @param candidates a distribution q that is near to the region and covers it
   * @param each the number of candidates for each draw, at least 2; a thousand is a usual number
   * @return the restricted prior
   * @throws IllegalArgumentException if the candidates are of another dimension or too few
   */
  public RestrictedPrior resampledFrom(Proposal candidates, int each) {
    if (candidates.dimension() != prior.dimension()) {
      throw new IllegalArgumentException(
          "the candidates have "
              + candidates.dimension()
              + " values, "
              + candidates.names()
              + ", but the prior has "
              + prior.dimension());
    }
    return new RestrictedPrior(
        prior, names, region, proposalsPerDraw, new Resampling(candidates, each));
  }

  /** {@return the prior without any restriction} */
  public Distribution prior() {
    return prior;
  }

  @Override
  public Optional<Distribution> restrictionOf() {
    return Optional.of(prior);
  }

  @Override
  public Optional<double[]> observation() {
    return region.observation();
  }

  /** {@return the region, the intersection of all if the prior was restricted several times} */
  public Region region() {
    return region;
  }

  /** {@return true if the value lies in the prior's support and in the region} */
  @Override
  public boolean contains(double[] value) {
    return prior.support().contains(value) && region.contains(value);
  }

  @Override
  public boolean[] contains(double[][] values) {
    return ((Region) prior.support()::contains).and(region).contains(values);
  }

  @Override
  public Optional<Support> bounds() {
    return region.bounds();
  }

  /**
   * The probability of the region under the prior, by which the density is divided.
   *
   * <p>It is estimated at the first call, by draws of the prior until its standard error is half a
   * per cent of it or a million are drawn; or by 50 000 candidates where there are any and their
   * density is normalised.
   *
   * @return the estimate with its standard error; the integral of the density is off by as much
   * @throws RestrictionException if none of the draws lies in the region
   */
  public synchronized Acceptance acceptance() {
    if (acceptance == null) {
      acceptance =
          resampling == null || !resampling.candidates().isNormalized()
              ? rejection().acceptance(SEED)
              : resampling.acceptance(prior, region, SEED);
    }
    return acceptance;
  }

  private Rejection rejection() {
    Narrowing narrowing =
        region.bounds().map(box -> Narrowing.of(prior, box)).orElse(new Narrowing(prior, 1));
    return new Rejection(narrowing, region);
  }

  @Override
  public int dimension() {
    return prior.dimension();
  }

  /**
   * Draws once.
   *
   * @param random the source of chance
   * @return D values
   * @throws RestrictionException if the budget is spent before one lies in the region
   */
  @Override
  public double[] sample(RandomGenerator random) {
    return rows(new RandomGenerator[] {random})[0];
  }

  /**
   * Draws a table; row i uses the random stream (seed, i).
   *
   * @param count the number of rows, N
   * @param seed the seed
   * @return N rows of D values
   * @throws RestrictionException if the budget is spent before as many lie in the region
   */
  @Override
  public Samples sample(int count, long seed) {
    if (count < 0) {
      throw new IllegalArgumentException("count is " + count + ", expected zero or more rows");
    }
    RandomGenerator[] streams = new RandomGenerator[count];
    Arrays.setAll(streams, i -> RandomStreams.of(seed, i));
    return Samples.copyOf(names, rows(streams));
  }

  private double[][] rows(RandomGenerator[] streams) {
    return resampling == null
        ? rejection().sample(streams, proposalsPerDraw)
        : resampling.sample(prior, region, streams);
  }

  /**
   * The log of the density.
   *
   * @param value D values
   * @return log p(value) - log P(A) in the region, -Infinity elsewhere; P(A) is {@linkplain
   *     #acceptance estimated}
   */
  @Override
  public double logProb(double[] value) {
    return contains(value)
        ? prior.logProb(value) - Math.log(acceptance().rate())
        : Double.NEGATIVE_INFINITY;
  }

  @Override
  public double[] logProb(double[][] values) {
    boolean[] inside = contains(values);
    double[] logs = new double[values.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] =
          inside[i]
              ? prior.logProb(values[i]) - Math.log(acceptance().rate())
              : Double.NEGATIVE_INFINITY;
    }
    return logs;
  }

  @Override
  public double[] logProbGradient(double[] value) {
    if (!contains(value)) {
      throw new IllegalArgumentException(
          "the log-density has no gradient at "
              + Arrays.toString(value)
              + ", outside of the region that the prior is restricted to; its value there is -Infinity");
    }
    return prior.logProbGradient(value);
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public Support support() {
    return prior.support();
  }

  /** {@return the mean of each value, of 2 000 draws made at the first call} */
  @Override
  public double[] mean() {
    return draws().mean();
  }

  /** {@return the variance of each value, of 2 000 draws made at the first call} */
  @Override
  public double[] variance() {
    return Arrays.stream(draws().sd()).map(sd -> sd * sd).toArray();
  }

  private synchronized Samples draws() {
    if (draws == null) {
      draws = sample(DRAWS_FOR_MOMENTS, SEED);
    }
    return draws;
  }

  @Override
  public Bijection bijection() {
    return prior.bijection();
  }

  @Override
  public String toString() {
    return prior + " restricted to " + region;
  }
}
