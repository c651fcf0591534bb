package io.github.sbi4j.flows.posterior;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.ParetoSmoothing;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.potential.PotentialSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A posterior by importance sampling: draws of the prior, or of another posterior, weighted by what
 * the density is above theirs. {@link #sample} resamples by the weights; {@link #weighted} gives
 * draws and weights.
 *
 * <p>Weights are Pareto-smoothed; a warning is logged where their tail is too heavy or they are
 * worth too few draws. A directly learned posterior as proposal, with a likelihood learned from the
 * same simulations, corrects the one by the other.
 */
public final class ImportancePosterior implements UnnormalizedPosterior {
  private static final Logger LOG = LoggerFactory.getLogger(ImportancePosterior.class);
  private static final double WORST_SHAPE = 0.7;
  private static final int DRAWS_FOR_MAP = 1_000;

  private final AtObservation at;
  private final @Nullable Posterior proposal;
  private final int oversampling;
  private final long seed;

  private ImportancePosterior(
      AtObservation at, @Nullable Posterior proposal, int oversampling, long seed) {
    this.at = at;
    this.proposal = proposal;
    this.oversampling = oversampling;
    this.seed = seed;
  }

  /**
   * A posterior of a learned likelihood or ratio, or of a likelihood of one's own, with the prior
   * as proposal and 32 proposals for each draw.
   *
   * @param source what gives the density up to a constant
   * @param seed decides draws that are not given a seed
   * @return the posterior, not yet given an observation
   */
  public static ImportancePosterior of(PotentialSource source, long seed) {
    return new ImportancePosterior(AtObservation.of(source), null, 32, seed);
  }

  /**
   * {@return the same posterior with proposals from another posterior, which is given each
   * observation that this one is given afterwards}
   *
   * @param proposal a posterior over the same parameters; its density need not be normalised
   */
  public ImportancePosterior withProposal(Posterior proposal) {
    if (proposal.prior().dimension() != prior().dimension()) {
      throw new IllegalArgumentException(
          "the proposal has "
              + proposal.prior().dimension()
              + " parameters, expected "
              + prior().dimension());
    }
    return new ImportancePosterior(AtObservation.of(at.source()), proposal, oversampling, seed);
  }

  /**
   * {@return the same posterior with another number of proposals for each draw of {@link #sample}}
   *
   * @param oversampling at least 1
   */
  public ImportancePosterior withOversampling(int oversampling) {
    if (oversampling < 1) {
      throw new IllegalArgumentException(
          "oversampling is " + oversampling + ", expected at least 1 proposal a draw");
    }
    return new ImportancePosterior(at, proposal, oversampling, seed);
  }

  @Override
  public Distribution prior() {
    return at.prior();
  }

  @Override
  public Optional<double[]> observation() {
    return at.observation();
  }

  @Override
  public ImportancePosterior given(double... observation) {
    return given(new double[][] {observation});
  }

  @Override
  public ImportancePosterior given(double[][] trials) {
    Posterior proposed =
        proposal == null ? null : AtObservation.give("the proposal", proposal, trials);
    return new ImportancePosterior(at.given(trials), proposed, oversampling, seed);
  }

  @Override
  public ImportancePosterior given(double[][] trials, double[][] conditions) {
    Posterior proposed =
        proposal == null ? null : AtObservation.give("the proposal", proposal, trials, conditions);
    return new ImportancePosterior(at.given(trials, conditions), proposed, oversampling, seed);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if there is another proposal than the prior
   */
  @Override
  public ImportancePosterior fixing(Map<String, Double> fixed) {
    if (proposal != null) {
      throw new IllegalStateException(
          "the proposal is over all parameters "
              + names()
              + ": call fixing first, then withProposal with a posterior over the free ones");
    }
    return new ImportancePosterior(at.fixing(fixed), null, oversampling, seed);
  }

  /**
   * Draws proposals with their weights.
   *
   * @param count the number of proposals, N
   * @param seed decides the draws
   * @return N draws and weights, with what they are worth
   * @throws IllegalStateException if no proposal has a positive weight
   */
  public ImportanceSamples weighted(int count, long seed) {
    AtObservation.requireCount(count);
    double[] logs = new double[count];
    at.potential();
    double[][] rows = proposals(count, seed, logs);
    double[] target = at.logProb(rows);
    int usable = 0;
    for (int i = 0; i < logs.length; i++) {
      // Where the proposal itself has no density, rounding put the draw; it has no weight.
      double ratio = target[i] - logs[i];
      logs[i] = Double.isFinite(ratio) ? ratio : Double.NEGATIVE_INFINITY;
      usable += Double.isFinite(ratio) ? 1 : 0;
    }
    if (usable == 0) {
      throw new IllegalStateException(
          "none of "
              + count
              + " proposals has a positive posterior density; draw more, or take a proposal nearer to"
              + " the posterior");
    }
    ParetoSmoothing smoothed = ParetoSmoothing.of(logs);
    double max = Arrays.stream(logs).max().orElseThrow();
    double mean = Arrays.stream(logs).map(log -> Math.exp(log - max)).average().orElseThrow();
    return new ImportanceSamples(
        Samples.copyOf(names(), rows),
        Arrays.stream(smoothed.logWeights()).boxed().toList(),
        smoothed.shape(),
        smoothed.effectiveSampleSize(),
        max + Math.log(mean));
  }

  /** Draws proposals and writes their log-densities. */
  private double[][] proposals(int count, long seed, double[] logs) {
    if (proposal != null) {
      double[][] rows = proposal.sample(count, seed).toArray();
      System.arraycopy(proposal.logProb(rows), 0, logs, 0, rows.length);
      return rows;
    }
    double[][] rows = prior().sample(count, seed).toArray();
    for (int i = 0; i < count; i++) {
      logs[i] = prior().logProb(rows[i]);
    }
    return rows;
  }

  @Override
  public Samples sample(int count) {
    return sample(count, seed);
  }

  /**
   * Draws parameters: resamples proposals by their weights, systematically, so that each comes as
   * often as its weight says up to one. Draws repeat where the weights are worth fewer draws than
   * are asked for.
   *
   * @param count the number of draws, N
   * @param seed decides the draws
   * @return N x D, in random order
   */
  @Override
  public Samples sample(int count, long seed) {
    AtObservation.requireCount(count);
    ImportanceSamples pool = weighted(Math.multiplyExact(count, oversampling), seed);
    if (pool.paretoK() > WORST_SHAPE || pool.effectiveSampleSize() < count) {
      LOG.warn(
          "the weights of {} proposals are worth {} draws, {} were asked for; their tail has the shape {} (reliable"
              + " up to {}); take more proposals a draw, a proposal nearer to the posterior, or McmcPosterior",
          pool.logWeights().size(),
          Math.round(pool.effectiveSampleSize()),
          count,
          Math.round(100 * pool.paretoK()) / 100.0,
          WORST_SHAPE);
    }
    RandomGenerator random = RandomStreams.of(RandomStreams.key(seed, -1), 0);
    double[][] rows = pool.draws().toArray();
    double[][] chosen = new double[count][];
    double place = random.nextDouble();
    double sum = 0;
    int next = 0;
    for (int i = 0; i < rows.length && next < count; i++) {
      sum += count * Math.exp(pool.logWeights().get(i));
      while (next < count && place < sum) {
        chosen[next++] = rows[i];
        place++;
      }
    }
    while (next < count) {
      // Rounding left the sum a little short of the count.
      chosen[next] = chosen[next - 1];
      next++;
    }
    for (int i = count - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      double[] swapped = chosen[i];
      chosen[i] = chosen[other];
      chosen[other] = swapped;
    }
    return Samples.copyOf(names(), chosen);
  }

  @Override
  public double[] logProb(double[][] parameters) {
    return at.logProb(parameters);
  }

  @Override
  public MapEstimate map() {
    return at.map(() -> sample(DRAWS_FOR_MAP, RandomStreams.key(seed, -2)).toArray());
  }
}
