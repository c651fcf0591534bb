package io.github.sbi4j.flows.posterior;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.mcmc.ChainSampler;
import io.github.sbi4j.core.mcmc.Chains;
import io.github.sbi4j.core.mcmc.DifferentiableLogDensity;
import io.github.sbi4j.core.mcmc.DifferentialSlice;
import io.github.sbi4j.core.mcmc.InitialPoints;
import io.github.sbi4j.core.mcmc.Mcmc;
import io.github.sbi4j.core.mcmc.McmcSettings;
import io.github.sbi4j.core.mcmc.StopReason;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.potential.PotentialSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A posterior sampled by Markov chains, many at a time: the learned networks are asked for all
 * chains and all trials in one call.
 *
 * <p>Chains run in unconstrained space and start at points resampled from one pool of draws of the
 * prior. Every call draws anew for the observation given; nothing is kept from another one. A
 * warning is logged where the chains have not converged, and {@link #chains} tells all.
 */
public final class McmcPosterior implements UnnormalizedPosterior {
  private static final Logger LOG = LoggerFactory.getLogger(McmcPosterior.class);
  private static final int DRAWS_FOR_MAP = 1_000;

  private final AtObservation at;

  /** Without one, slices along differences, whose pools the chains find. */
  private final @Nullable ChainSampler<? super DifferentiableLogDensity> sampler;

  private final int chains;
  private final int candidates;
  private final McmcSettings settings;

  private McmcPosterior(
      AtObservation at,
      @Nullable ChainSampler<? super DifferentiableLogDensity> sampler,
      int chains,
      int candidates,
      McmcSettings settings) {
    this.at = at;
    this.sampler = sampler;
    this.chains = chains;
    this.candidates = candidates;
    this.settings = settings;
  }

  /**
   * A posterior of a learned likelihood, ratio or posterior, or of a likelihood of one's own: 100
   * chains of slice sampling along differences, 60 steps of warm-up, started from a pool of 10 000
   * draws of the prior. See {@link DifferentialSlice#sample}. The chains are shared among {@link
   * PotentialSource#threads()} threads, on which the draws do not depend.
   *
   * @param source what gives the density up to a constant
   * @param seed decides draws that are not given a seed
   * @return the posterior, not yet given an observation
   */
  public static McmcPosterior of(PotentialSource source, long seed) {
    return new McmcPosterior(
        AtObservation.of(source),
        null,
        100,
        10_000,
        McmcSettings.defaults().withWarmUp(60).withThreads(source.threads()).withSeed(seed));
  }

  /**
   * {@return the same posterior with another sampler, such as {@link
   * io.github.sbi4j.core.mcmc.Nuts#defaults()}}
   *
   * @param sampler its settings
   */
  public McmcPosterior withSampler(ChainSampler<? super DifferentiableLogDensity> sampler) {
    return new McmcPosterior(at, sampler, chains, candidates, settings);
  }

  /**
   * {@return the same posterior with another number of chains, C}
   *
   * @param chains at least 1; the networks are asked for all in one call, so many cost little
   */
  public McmcPosterior withChains(int chains) {
    requirePositive("chains", chains);
    return new McmcPosterior(at, sampler, chains, Math.max(candidates, chains), settings);
  }

  /**
   * {@return the same posterior with another pool of draws of the prior to start from}
   *
   * @param candidates at least the number of chains; more where the posterior is far narrower than
   *     the prior
   */
  public McmcPosterior withCandidates(int candidates) {
    requirePositive("candidates", candidates);
    if (candidates < chains) {
      throw new IllegalArgumentException(
          "a pool of " + candidates + " candidates is too small for " + chains + " chains");
    }
    return new McmcPosterior(at, sampler, chains, candidates, settings);
  }

  /**
   * {@return the same posterior with other settings of its runs}
   *
   * @param settings warm-up, thinning, time budget, threads, progress, and the seed of draws that
   *     are not given one; the number of draws is that asked for
   */
  public McmcPosterior withSettings(McmcSettings settings) {
    return new McmcPosterior(at, sampler, chains, candidates, settings);
  }

  /** {@return the settings of its runs} */
  public McmcSettings settings() {
    return settings;
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ", expected at least 1");
    }
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
  public McmcPosterior given(double... observation) {
    return given(new double[][] {observation});
  }

  @Override
  public McmcPosterior given(double[][] trials) {
    return new McmcPosterior(at.given(trials), sampler, chains, candidates, settings);
  }

  @Override
  public McmcPosterior fixing(Map<String, Double> fixed) {
    return new McmcPosterior(at.fixing(fixed), sampler, chains, candidates, settings);
  }

  @Override
  public McmcPosterior given(double[][] trials, double[][] conditions) {
    return new McmcPosterior(at.given(trials, conditions), sampler, chains, candidates, settings);
  }

  /**
   * Draws, with the chains kept apart.
   *
   * @param count the number of draws of all chains together, rounded up to a multiple of C
   * @param seed decides the draws
   * @return C chains, with their diagnostics; fewer draws where the time budget or an interrupt
   *     ended the run, which they tell
   */
  public Chains chains(int count, long seed) {
    AtObservation.requireCount(count);
    DifferentiableLogDensity target = at.potential().unconstrained();
    int draws = (count + chains - 1) / chains;
    double[][] start =
        InitialPoints.resampled(target, prior(), candidates, chains, RandomStreams.key(seed, -1));
    McmcSettings run = settings.withDraws(draws).withSeed(seed);
    Chains result =
        sampler == null
            ? DifferentialSlice.sample(target, run, start)
            : Mcmc.sample(target, sampler, run, start);
    List<String> names = names();
    return result.constrained(prior().bijection()).named(names.toArray(String[]::new));
  }

  @Override
  public Samples sample(int count) {
    return sample(count, settings.seed());
  }

  /**
   * Draws parameters; fewer than asked for, with a warning, where the time budget or an interrupt
   * ended the run.
   *
   * @param count the number of draws, N
   * @param seed decides the draws
   * @return N x D, those of each chain in succession; where N is no multiple of C, draws are left
   *     out evenly
   */
  @Override
  public Samples sample(int count, long seed) {
    Chains result = chains(count, seed);
    if (result.stopReason() != StopReason.COMPLETED) {
      LOG.warn(
          "sampling ended early ({}): {} draws of each of {} chains instead of {} in all",
          result.stopReason(),
          result.draws(),
          result.size(),
          count);
    }
    result.diagnostics().warnings().forEach(warning -> LOG.warn("{}", warning));
    return Samples.copyOf(names(), spread(result.toSamples().toArray(), count));
  }

  /** As many rows as asked for, from all of the table, so that no chain is left out. */
  private static double[][] spread(double[][] rows, int count) {
    double[][] result = new double[Math.min(rows.length, count)][];
    Arrays.setAll(result, i -> rows[(int) ((long) i * rows.length / result.length)]);
    return result;
  }

  /**
   * {@return the log of prior times likelihood at each row, not normalised}
   *
   * @param parameters N x D
   */
  @Override
  public double[] logProb(double[][] parameters) {
    return at.logProb(parameters);
  }

  @Override
  public MapEstimate map() {
    long seed = RandomStreams.key(settings.seed(), -2);
    return at.map(() -> chains(DRAWS_FOR_MAP, seed).toSamples().toArray());
  }
}
