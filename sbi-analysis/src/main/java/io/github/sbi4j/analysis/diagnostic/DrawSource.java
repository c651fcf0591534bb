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
   * @param limit how long one data set may take
   */
  record FromChains(int count, int run, int thinning, @Nullable Duration limit)
      implements DrawSource {
    /** Fewer draws of a chain tell too little of its convergence. */
    private static final int FEWEST_STEPS = 10;

    private static final int MOST_TIMES = 50;

    /**
     * Chains with as many steps to a draw as the posterior's own settings say.
     *
     * @param posterior a posterior that was given data
     * @param count the number of draws, L
     * @param limit how long one data set may take
     */
    static FromChains of(McmcPosterior posterior, int count, @Nullable Duration limit) {
      McmcSettings settings = posterior.settings();
      int chains = posterior.withSettings(settings.withWarmUp(0).withThin(1)).chains(1, 1).size();
      return new FromChains(count, Math.max(count, FEWEST_STEPS * chains), settings.thin(), limit);
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
      return new FromChains(count, run, thinning * times, limit);
    }

    @Override
    public Optional<DrawnSet> draw(Posterior posterior, long seed) {
      Chains chains = chains((McmcPosterior) posterior, seed);
      return chains.stopReason() == StopReason.COMPLETED
          ? Optional.of(DrawnSet.of(chains, count))
          : Optional.empty();
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
