package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;

/** A distribution of single numbers that {@link Truncated} can cut off. */
public interface Truncatable extends Distribution {
  /**
   * The log of the probability between two bounds.
   *
   * @param low the lower bound, which may be the constant -Infinity
   * @param high the upper bound, which may be the constant Infinity
   * @return log P(low &lt; x &lt; high)
   */
  Expression logProbability(Expression low, Expression high);

  /**
   * The quantile of what is left between two bounds.
   *
   * @param parameters the numbers of the parameters
   * @param low the lower bound
   * @param high the upper bound
   * @param probability between 0 and 1
   * @return x between the bounds with P(X &lt; x | low &lt; X &lt; high) = probability
   */
  double quantile(double[] parameters, double low, double high, double probability);
}
