package io.github.sbi4j.core.mcmc;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs many Markov chains on one target.
 *
 * <pre>{@code
 * LogDensity target = LogDensity.of(2, q -> -0.5 * (q[0] * q[0] + q[1] * q[1]));
 * double[][] start = InitialPoints.uniform(target, 4, 2, seed);
 * Chains chains = Mcmc.sample(target, Slice.defaults(), McmcSettings.defaults(), start);
 * }</pre>
 */
public final class Mcmc {
  private Mcmc() {}

  /**
   * Samples a target, one chain from each initial point.
   *
   * <p>Chains go on independently of each other and every evaluation of the target is one call for
   * all chains that have draws to make. The same seed gives the same draws, whatever the number of
   * threads or other chains.
   *
   * @param <T> the kind of target that the sampler needs
   * @param target the target over R<sup>D</sup>
   * @param sampler how to sample
   * @param settings for how long and from which seed
   * @param initial C initial points of D numbers; see {@link InitialPoints}
   * @return C chains of N draws; fewer, or of different lengths, where {@link Chains#stopReason}
   *     says so
   * @throws IllegalArgumentException if there is no initial point, or one does not have D numbers
   *     or a finite log density; or if the draws would not fit in an array
   */
  public static <T extends LogDensity> Chains sample(
      T target, ChainSampler<T> sampler, McmcSettings settings, double[]... initial) {
    Require.atLeast("the number of initial points", initial.length, 1);
    if ((long) settings.draws() * target.dimension() > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          settings.draws()
              + " draws of "
              + target.dimension()
              + " values do not fit in one array; thin, or run more chains of fewer draws");
    }
    List<String> names = new ArrayList<>();
    for (int d = 0; d < target.dimension(); d++) {
      names.add("theta_" + (d + 1));
    }
    return new McmcRun<>(target, sampler, settings, initial).run(List.copyOf(names));
  }
}
