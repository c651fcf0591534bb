package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * The binomial distribution: how many of several trials succeed.
 *
 * <p>P(k) = C(trials, k) probability<sup>k</sup> (1 - probability)<sup>trials - k</sup> for k = 0,
 * ..., trials.
 */
public final class Binomial extends ScalarDistribution {
  private Binomial(Expression trials, Expression probability) {
    super(support(trials), trials, probability);
  }

  /**
   * The distribution with parameters that are numbers or expressions.
   *
   * @param trials the number of trials, known
   * @param probability the probability of success
   * @return the distribution
   * @throws IllegalArgumentException if a known parameter is out of its range
   */
  public static Binomial of(Number trials, Number probability) {
    return new Binomial(
        Parameters.finite("trials", trials), Parameters.probability("probability", probability));
  }

  @Override
  public Expression logProb(Expression value) {
    Expression trials = parameter(0);
    Expression failures = trials.minus(value);
    Expression p = parameter(1);
    return trials
        .plus(1)
        .logGamma()
        .minus(value.plus(1).logGamma())
        .minus(failures.plus(1).logGamma())
        .plus(value.times(p.log()).plus(failures.times(p.log1m())));
  }

  @Override
  double draw(double[] p, RandomGenerator random) {
    return BinomialDistribution.of((int) p[0], p[1]).createSampler(random::nextLong).sample();
  }

  /**
   * The distribution by the log odds of success; precise where the probability is next to 0 or 1.
   *
   * @param trials the number of trials, known
   * @param logit log(probability / (1 - probability))
   * @return the distribution
   * @throws IllegalArgumentException if a number of trials is not a count
   */
  public static Binomial ofLogit(Number trials, Number logit) {
    return of(trials, Expression.of(logit).sigmoid());
  }

  private static Integers support(Expression trials) {
    double[] counts = trials.values();
    if (!Integers.COUNTS.contains(counts)) {
      throw new IllegalArgumentException(
          "trials are " + Arrays.toString(counts) + ", expected " + Integers.COUNTS);
    }
    return new Integers(Arrays.stream(counts).max().orElseThrow());
  }
}
