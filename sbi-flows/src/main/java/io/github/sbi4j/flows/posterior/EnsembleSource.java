package io.github.sbi4j.flows.posterior;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.flows.potential.Potential;
import io.github.sbi4j.flows.potential.PotentialSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The weighted mean of several likelihoods, learned separately: sum<sub>k</sub> w<sub>k</sub>
 * p<sub>k</sub>(x | theta) for each trial, so that a sampler runs once on all of them. It is what
 * {@code ensemble(K)} of one training gives.
 *
 * <p>Any sources over the same parameters can be members. A ratio learned with {@link
 * io.github.sbi4j.flows.ratio.Sre} is known up to a factor of the observation, which would count as
 * its weight: take one of the other losses for ratios to be averaged. Directly learned posteriors
 * are mixed by {@link EnsemblePosterior}.
 */
public final class EnsembleSource implements PotentialSource {
  private final List<PotentialSource> members;
  private final double[] weights;

  private EnsembleSource(List<PotentialSource> members, double[] weights) {
    this.members = members;
    this.weights = weights;
  }

  /**
   * The mean of likelihoods with equal weights.
   *
   * @param members at least one, with priors of the same names and support; the prior is that of
   *     the first, those of the others are divided out
   * @return the ensemble
   * @throws IllegalArgumentException if there is no member or one has other parameters
   */
  public static EnsembleSource of(List<? extends PotentialSource> members) {
    Members.requireAlike(members.stream().map(PotentialSource::prior).toList());
    return new EnsembleSource(List.copyOf(members), Members.equalWeights(members.size()));
  }

  /**
   * {@return the same ensemble with other weights}
   *
   * @param weights one a member, none negative, not all zero; divided by their sum
   */
  public EnsembleSource withWeights(double... weights) {
    return new EnsembleSource(members, Members.normalised(weights, members.size()));
  }

  /** {@return the weight of each member, in order; their sum is one} */
  public double[] weights() {
    return weights.clone();
  }

  /** {@return the members, in order} */
  public List<PotentialSource> members() {
    return members;
  }

  @Override
  public Distribution prior() {
    return members.get(0).prior();
  }

  @Override
  public int threads() {
    return members.stream().mapToInt(PotentialSource::threads).min().orElse(1);
  }

  @Override
  public Potential potential(double[]... trials) {
    if (trials.length == 0) {
      throw new IllegalArgumentException("no trials given, expected at least one observation");
    }
    List<List<Potential>> ofTrials =
        Arrays.stream(trials)
            .map(trial -> members.stream().map(member -> member.potential(trial)).toList())
            .toList();
    return new EnsemblePotential(prior(), ofTrials, weights);
  }

  @Override
  public Potential potential(double[][] trials, double[][] conditions) {
    if (trials.length == 0 || trials.length != conditions.length) {
      throw new IllegalArgumentException(
          trials.length
              + " trials and "
              + conditions.length
              + " rows of conditions given, expected at least one trial and a row of conditions for each");
    }
    List<List<Potential>> ofTrials =
        IntStream.range(0, trials.length)
            .mapToObj(
                m -> {
                  double[][] trial = {trials[m]};
                  double[][] condition = {conditions[m]};
                  return members.stream().map(each -> each.potential(trial, condition)).toList();
                })
            .toList();
    return new EnsemblePotential(prior(), ofTrials, weights);
  }
}
