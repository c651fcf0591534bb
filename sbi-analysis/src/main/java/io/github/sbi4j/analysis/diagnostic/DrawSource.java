package io.github.sbi4j.analysis.diagnostic;

import io.github.sbi4j.core.mcmc.Chains;
import io.github.sbi4j.core.mcmc.McmcSettings;
import io.github.sbi4j.core.mcmc.StopReason;
import io.github.sbi4j.flows.posterior.McmcPosterior;
import io.github.sbi4j.flows.posterior.Posterior;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What draws L times from a posterior that was given a data set. */
sealed interface DrawSource {
  /**
   * Draws for one data set.
   *
   * @param posterior a posterior that was given the data
   * @param seed decides the draws
   * @return the draws; none if they took too long
   */
  Optional<DrawnSet> draw(Posterior posterior, long seed);

  /** {@return how many steps of chains there are to a draw; zero for independent draws} */
  int thinning();

  /** Draws that are independent. */
  record Independent(int count, @Nullable TimeLimit limit) implements DrawSource {
    @Override
    public Optional<DrawnSet> draw(Posterior posterior, long seed) {
      return limit == null
          ? Optional.of(sample(posterior, seed))
          : limit.call(() -> sample(posterior, seed));
    }

    private DrawnSet sample(Posterior posterior, long seed) {
      return DrawnSet.of(posterior.sample(count, seed));
    }

    @Override
    public int thinning() {
      return 0;
    }
  }

  /**
   * Draws of Markov chains, so far apart in them that they are nearly independent.
   *
   * @param count the number of draws, L
   * @param run how many draws the chains make in all; more than L where there are so many chains
   *     that their agreement could not be told
   * @param thinning the number of steps to a draw
   * @param largestRHat up to which chains agree
   * @param limit how long one data set may take
   */
  record FromChains(int count, int run, int thinning, double largestRHat, @Nullable Duration limit)
      implements DrawSource {
    /** Fewer draws of a chain tell too little of its convergence. */
    private static final int FEWEST_STEPS = 10;

    private static final int MOST_TIMES = 50;

    /** Chains that do not meet are run anew, each time so many times longer. */
    private static final int TIMES_LONGER = 4;

    private static final int ATTEMPTS = 3;

    /**
     * Chains with as many steps to a draw as the posterior's own settings say.
     *
     * @param posterior a posterior that was given data
     * @param count the number of draws, L
     * @param largestRHat up to which chains agree
     * @param limit how long one data set may take
     */
    static FromChains of(
        McmcPosterior posterior, int count, double largestRHat, @Nullable Duration limit) {
      McmcSettings settings = posterior.settings();
      int chains = posterior.withSettings(settings.withWarmUp(0).withThin(1)).chains(1, 1).size();
      int run = Math.max(count, FEWEST_STEPS * chains);
      return new FromChains(count, run, settings.thin(), largestRHat, limit);
    }

    /** How many draws there are for each that the chains are worth. */
    double drawsPerEffectiveDraw(Posterior posterior, long seed) {
      Chains chains = chains((McmcPosterior) posterior, seed);
      double effective = Arrays.stream(chains.diagnostics().essBulk()).min().orElseThrow();
      return effective > 0 ? count / effective : 1;
    }

    /** The same with so many times the steps to a draw. */
    FromChains thinned(double factor) {
      int times = (int) Math.min(MOST_TIMES, Math.max(1, Math.ceil(factor - 0.5)));
      return new FromChains(count, run, thinning * times, largestRHat, limit);
    }

    /**
     * Draws; anew from longer chains where those were too short to meet, or to be worth half of
     * what is asked for.
     */
    @Override
    public Optional<DrawnSet> draw(Posterior posterior, long seed) {
      long started = System.nanoTime();
      FromChains longer = this;
      DrawnSet drawn = null;
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        Chains chains = longer.chains((McmcPosterior) posterior, seed);
        if (chains.stopReason() != StopReason.COMPLETED) {
          return Optional.empty();
        }
        drawn = DrawnSet.of(chains, count);
        if (!(drawn.rHat() > largestRHat) && drawn.effective() >= count / 2.0) {
          break;
        }
        longer = longer.lengthened(Duration.ofNanos(System.nanoTime() - started));
      }
      return Optional.ofNullable(drawn);
    }

    /** Four times as long, in what is left of the time. */
    private FromChains lengthened(Duration spent) {
      Duration left = limit == null ? null : limit.minus(spent);
      if (left != null && (left.isZero() || left.isNegative())) {
        left = Duration.ofNanos(1);
      }
      return new FromChains(count, run, TIMES_LONGER * thinning, largestRHat, left);
    }

    private Chains chains(McmcPosterior posterior, long seed) {
      McmcSettings settings = posterior.settings().withThreads(1).withThin(thinning);
      Duration own = settings.timeBudget().orElse(limit);
      if (limit != null && own != null) {
        settings = settings.withTimeBudget(own.compareTo(limit) < 0 ? own : limit);
      }
      return posterior.withSettings(settings).chains(run, seed);
    }
  }
}
