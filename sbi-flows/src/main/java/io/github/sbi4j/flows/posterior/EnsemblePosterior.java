package io.github.sbi4j.flows.posterior;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The mixture of several posteriors over the same parameters, sum<sub>k</sub> w<sub>k</sub>
 * p<sub>k</sub>(theta | x): posteriors trained separately, of other estimators or methods. Networks
 * of one training are mixed by {@code ensemble(K)} already, likelihoods and ratios by {@link
 * EnsembleSource}, which a sampler runs on once.
 *
 * <p>Each draw is of a member chosen at random by the weights, so that the numbers of draws of the
 * members are multinomial and draws come in random order. Densities need members whose own are
 * normalised: where one is an {@link UnnormalizedPosterior}, the ensemble can be drawn from only.
 */
public final class EnsemblePosterior implements Posterior {
  private static final int DRAWS_FOR_MAP = 1_000;
  private static final int STARTS_FOR_MAP = 10;

  private final List<Posterior> members;
  private final double[] weights;
  private final long seed;

  private EnsemblePosterior(List<Posterior> members, double[] weights, long seed) {
    this.members = members;
    this.weights = weights;
    this.seed = seed;
  }

  /**
   * A mixture with equal weights.
   *
   * @param members at least one, with priors of the same names and support; the prior is that of
   *     the first. They may have been given an observation
   * @param seed decides draws that are not given a seed
   * @return the ensemble
   * @throws IllegalArgumentException if there is no member or one has other parameters
   */
  public static EnsemblePosterior of(List<? extends Posterior> members, long seed) {
    Members.requireAlike(members.stream().map(Posterior::prior).toList());
    return new EnsemblePosterior(List.copyOf(members), Members.equalWeights(members.size()), seed);
  }

  /**
   * {@return the same ensemble with other weights}
   *
   * @param weights one a member, none negative, not all zero; divided by their sum
   */
  public EnsemblePosterior withWeights(double... weights) {
    return new EnsemblePosterior(members, Members.normalised(weights, members.size()), seed);
  }

  /** {@return the weight of each member, in order; their sum is one} */
  public double[] weights() {
    return weights.clone();
  }

  /** {@return the members, in order} */
  public List<Posterior> members() {
    return members;
  }

  @Override
  public Distribution prior() {
    return members.get(0).prior();
  }

  @Override
  public boolean isNormalized() {
    return members.stream().allMatch(Posterior::isNormalized);
  }

  /** {@return the observation that all members were given, if it is a single one} */
  @Override
  public Optional<double[]> observation() {
    Optional<double[]> first = members.get(0).observation();
    boolean same =
        members.stream()
            .allMatch(m -> Arrays.equals(m.observation().orElse(null), first.orElse(null)));
    return same ? first : Optional.empty();
  }

  private EnsemblePosterior map(UnaryOperator<Posterior> each) {
    return new EnsemblePosterior(members.stream().map(each).toList(), weights, seed);
  }

  @Override
  public EnsemblePosterior given(double... observation) {
    return map(member -> member.given(observation));
  }

  /**
   * {@return the same ensemble for M independent trials of L values}
   *
   * @param trials M x L, M at least 1
   * @throws IllegalArgumentException if a member takes only one observation and M is not one
   */
  public EnsemblePosterior given(double[][] trials) {
    return map(member -> AtObservation.give("a member", member, trials));
  }

  /**
   * {@return the same ensemble for M independent trials of L values, each under its K conditions}
   *
   * @param trials M x L, M at least 1
   * @param conditions M x K, those of trial m in row m
   * @throws IllegalArgumentException if a member does not take conditions
   */
  public EnsemblePosterior given(double[][] trials, double[][] conditions) {
    return map(member -> AtObservation.give("a member", member, trials, conditions));
  }

  @Override
  public Samples sample(int count) {
    return sample(count, seed);
  }

  /**
   * Draws parameters; fewer than asked for only where a member's own draws ended early.
   *
   * @param count the number of draws, N
   * @param seed decides the draws
   * @return N x D, in random order
   */
  @Override
  public Samples sample(int count, long seed) {
    AtObservation.requireCount(count);
    int[] chosen = new int[count];
    int[] counts = new int[weights.length];
    RandomGenerator random = RandomStreams.of(RandomStreams.key(seed, -1), 0);
    for (int i = 0; i < count; i++) {
      chosen[i] = member(random.nextDouble());
      counts[chosen[i]]++;
    }
    double[][][] draws = new double[weights.length][0][];
    for (int k = 0; k < weights.length; k++) {
      if (counts[k] > 0) {
        draws[k] = members.get(k).sample(counts[k], RandomStreams.key(seed, k)).toArray();
      }
    }
    int[] used = new int[weights.length];
    List<double[]> rows = new ArrayList<>();
    for (int k : chosen) {
      if (used[k] < draws[k].length) {
        rows.add(draws[k][used[k]++]);
      }
    }
    return Samples.copyOf(names(), rows.toArray(double[][]::new));
  }

  private int member(double uniform) {
    double sum = weights[0];
    int k = 0;
    while (uniform >= sum && k < weights.length - 1) {
      sum += weights[++k];
    }
    return k;
  }

  /**
   * {@return the log of the mixture's density at each row}
   *
   * @param parameters N x D
   * @throws IllegalStateException if a member's density is known up to a constant only
   */
  @Override
  public double[] logProb(double[][] parameters) {
    requireNormalised();
    double[][] logs = new double[weights.length][];
    for (int k = 0; k < weights.length; k++) {
      logs[k] = members.get(k).logProb(parameters);
    }
    return Members.logMean(weights, logs);
  }

  private void requireNormalised() {
    for (Posterior member : members) {
      if (!member.isNormalized()) {
        throw new IllegalStateException(
            "the density of member "
                + members.indexOf(member)
                + ", a "
                + member.getClass().getSimpleName()
                + ", is known up to a constant only, so that of the mixture is not known; average the"
                + " likelihoods instead, McmcPosterior.of(EnsembleSource.of(likelihoods), seed), or"
                + " use the ensemble for its draws");
      }
    }
  }

  /**
   * {@return the parameters at which the mixture's density is largest, found by differences of it}
   *
   * @throws IllegalStateException if a member's density is known up to a constant only
   */
  @Override
  public MapEstimate map() {
    requireNormalised();
    double[][] draws = sample(DRAWS_FOR_MAP, RandomStreams.key(seed, -2)).toArray();
    MixtureDensity target = new MixtureDensity(this, draws);
    return new MapSearch(target, prior().bijection(), prior().support())
        .run(draws, this::logProb, STARTS_FOR_MAP);
  }
}
