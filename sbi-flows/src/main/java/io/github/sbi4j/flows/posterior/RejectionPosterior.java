package io.github.sbi4j.flows.posterior;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.potential.PotentialSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A posterior by rejection: draws of the prior are kept with the probability L(theta) / max L,
 * where L is the likelihood or ratio. Draws are independent; where the posterior is far narrower
 * than the prior there are too many to reject and {@link McmcPosterior} is the way.
 *
 * <p>The maximum is that of the draws seen so far and of an ascent from the best of the first 10
 * 000. If a later draw exceeds it, those kept before are thinned by the ratio of the two, so that
 * the bound that was too low leaves no bias behind but draws not seen (Caffo, Booth and Davis 2002,
 * Biometrika 89:745).
 */
public final class RejectionPosterior implements UnnormalizedPosterior {
  private static final int FIRST = 10_000;
  private static final int LARGEST_BATCH = 100_000;
  private static final int DRAWS_FOR_MAP = 1_000;

  private final AtObservation at;
  private final long proposalsPerDraw;
  private final long seed;

  private RejectionPosterior(AtObservation at, long proposalsPerDraw, long seed) {
    this.at = at;
    this.proposalsPerDraw = proposalsPerDraw;
    this.seed = seed;
  }

  /**
   * A posterior of a learned likelihood or ratio, or of a likelihood of one's own, that gives up
   * when fewer than one in 10 000 draws is kept.
   *
   * @param source what gives the density up to a constant
   * @param seed decides draws that are not given a seed
   * @return the posterior, not yet given an observation
   */
  public static RejectionPosterior of(PotentialSource source, long seed) {
    return new RejectionPosterior(AtObservation.of(source), 10_000, seed);
  }

  /**
   * {@return the same posterior with another budget}
   *
   * @param proposals how many draws of the prior may be made for each one asked for, at least 1
   */
  public RejectionPosterior withProposalsPerDraw(long proposals) {
    if (proposals < 1) {
      throw new IllegalArgumentException(
          "proposals per draw is " + proposals + ", expected at least 1");
    }
    return new RejectionPosterior(at, proposals, seed);
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
  public RejectionPosterior given(double... observation) {
    return given(new double[][] {observation});
  }

  @Override
  public RejectionPosterior given(double[][] trials) {
    return new RejectionPosterior(at.given(trials), proposalsPerDraw, seed);
  }

  @Override
  public RejectionPosterior fixing(Map<String, Double> fixed) {
    return new RejectionPosterior(at.fixing(fixed), proposalsPerDraw, seed);
  }

  @Override
  public RejectionPosterior given(double[][] trials, double[][] conditions) {
    return new RejectionPosterior(at.given(trials, conditions), proposalsPerDraw, seed);
  }

  /** A draw with the log of L / u, u being uniform: it is kept where that exceeds max L. */
  private record Kept(double[] row, double level) {}

  @Override
  public Samples sample(int count) {
    return sample(count, seed);
  }

  /**
   * Draws parameters.
   *
   * @param count the number of draws, N
   * @param seed decides the draws
   * @return N x D
   * @throws LowAcceptanceException if the budget is spent before, with what was reached
   */
  @Override
  public Samples sample(int count, long seed) {
    AtObservation.requireCount(count);
    double[][] first = prior().sample(FIRST, RandomStreams.key(seed, -1)).toArray();
    double bound = bound(first);
    List<Kept> kept = new ArrayList<>();
    long drawn = 0;
    int batch = Math.max(count, FIRST);
    long budget = Math.multiplyExact(proposalsPerDraw, (long) count);
    for (int round = 0; kept.size() < count; round++) {
      if (drawn >= Math.max(budget, FIRST)) {
        throw new LowAcceptanceException(kept.size(), drawn, count);
      }
      long stream = RandomStreams.key(seed, round);
      double[][] rows = prior().sample(batch, stream).toArray();
      double[] logs = likelihood(rows);
      RandomGenerator random = RandomStreams.of(stream, batch);
      double before = bound;
      for (int i = 0; i < batch; i++) {
        bound = Math.max(bound, logs[i]);
        double level = logs[i] + random.nextExponential();
        if (level > bound) {
          kept.add(new Kept(rows[i], level));
        }
      }
      if (bound > before) {
        double raised = bound;
        kept.removeIf(k -> k.level <= raised);
      }
      drawn += batch;
      batch = (int) Math.min(LARGEST_BATCH, 2L * batch);
    }
    double[][] rows = kept.stream().limit(count).map(Kept::row).toArray(double[][]::new);
    return Samples.copyOf(names(), rows);
  }

  private double[] likelihood(double[][] rows) {
    double[] logs = at.logProb(rows);
    for (int i = 0; i < logs.length; i++) {
      double log = logs[i] - prior().logProb(rows[i]);
      logs[i] = Double.isFinite(log) ? log : Double.NEGATIVE_INFINITY;
    }
    return logs;
  }

  /** The likelihood at the best of some draws, or where an ascent of the posterior leads. */
  private double bound(double[][] rows) {
    double best = Double.NEGATIVE_INFINITY;
    for (double log : likelihood(rows)) {
      best = Math.max(best, log);
    }
    double[] top = at.map(() -> rows).toArray();
    return Math.max(best, likelihood(new double[][] {top})[0]);
  }

  @Override
  public double[] logProb(double[][] parameters) {
    return at.logProb(parameters);
  }

  @Override
  public MapEstimate map() {
    return at.map(() -> prior().sample(10 * DRAWS_FOR_MAP, RandomStreams.key(seed, -2)).toArray());
  }
}
