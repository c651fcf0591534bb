package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import java.util.random.RandomGenerator;

/**
 * The Bernoulli distribution: 1 with a probability, else 0.
 *
 * <p>P(1) = probability, P(0) = 1 - probability.
 */
public final class Bernoulli extends ScalarDistribution {
  private Bernoulli(Expression probability) {
    super(new Integers(1), probability);
  }

  /**
   * The distribution with parameters that are numbers or expressions.
   *
   * @param probability the probability of 1
   * @return the distribution
   * @throws IllegalArgumentException if a known parameter is out of its range
   */
  public static Bernoulli of(Number probability) {
    return new Bernoulli(Parameters.probability("probability", probability));
  }

  @Override
  public Expression logProb(Expression value) {
    Expression p = parameter(0);
    return Expression.where(value, p.log(), p.log1m());
  }

  @Override
  double draw(double[] p, RandomGenerator random) {
    return random.nextDouble() < p[0] ? 1 : 0;
  }

  /**
   * The distribution by its log odds; precise where the probability is next to 0 or 1.
   *
   * @param logit log(probability / (1 - probability))
   * @return the distribution
   */
  public static Bernoulli ofLogit(Number logit) {
    return of(Expression.of(logit).sigmoid());
  }
}
