package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A distribution cut off at bounds: {@link Normal}, {@link Exponential}, {@link Cauchy} or {@link
 * Laplace}, or another {@link Truncatable}.
 *
 * <p>p(x) = q(x) / Q(low &lt; X &lt; high) between the bounds, with q the density and Q the
 * probabilities of the distribution that is cut off.
 */
public final class Truncated implements Distribution {
  private final Truncatable base;
  private final Interval support;

  private Truncated(Truncatable base, Interval support) {
    this.base = base;
    this.support = support;
  }

  /**
   * The distribution between two bounds.
   *
   * @param base what is cut off
   * @param low the lower bound, or -Infinity
   * @param high the upper bound, or Infinity
   * @return the distribution
   * @throws IllegalArgumentException if known bounds leave nothing between them
   */
  public static Truncated of(Truncatable base, Number low, Number high) {
    Expression from = Expression.of(low);
    Expression to = Expression.of(high);
    if (from.isConstant() && to.isConstant()) {
      for (double width : to.minus(from).values()) {
        if (!(width > 0)) {
          throw new IllegalArgumentException(
              "the bounds are " + low + " and " + high + ", expected low < high");
        }
      }
    }
    if (base.support() instanceof Interval within && within.low().equals(Interval.POSITIVE.low())) {
      from = from.max(0);
    }
    return new Truncated(base, new Interval(from, to));
  }

  /**
   * The distribution above a bound.
   *
   * @param base what is cut off
   * @param low the lower bound
   * @return the distribution
   */
  public static Truncated above(Truncatable base, Number low) {
    return of(base, low, Double.POSITIVE_INFINITY);
  }

  /**
   * The distribution below a bound.
   *
   * @param base what is cut off
   * @param high the upper bound
   * @return the distribution
   */
  public static Truncated below(Truncatable base, Number high) {
    return of(base, Double.NEGATIVE_INFINITY, high);
  }

  @Override
  public List<Expression> parameters() {
    List<Expression> all = new ArrayList<>(base.parameters());
    all.add(support.low());
    all.add(support.high());
    return all;
  }

  @Override
  public Support support() {
    return support;
  }

  @Override
  public Expression logProb(Expression value) {
    return base.logProb(value)
        .plus(support.indicator(value))
        .minus(base.logProbability(support.low(), support.high()));
  }

  @Override
  public void sample(double[][] parameters, RandomGenerator random, double[] value) {
    int k = parameters.length - 2;
    double[] p = Arrays.stream(parameters).limit(k).mapToDouble(each -> each[0]).toArray();
    double low = parameters[k][0];
    double high = parameters[k + 1][0];
    double draw = base.quantile(p, low, high, random.nextDouble());
    value[0] = Math.min(Math.max(draw, low), high);
  }

  @Override
  public String toString() {
    return "Truncated[" + base + ", " + support + "]";
  }
}
