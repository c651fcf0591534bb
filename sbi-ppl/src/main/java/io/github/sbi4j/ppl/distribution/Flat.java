package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The density that is one everywhere in its support: an improper prior, which gives a posterior if
 * the data determine the value. It cannot be drawn from.
 */
public final class Flat implements Distribution {
  private final Support support;

  private Flat(Support support) {
    this.support = support;
  }

  /**
   * The flat density.
   *
   * @param support where it is one, such as {@link Interval#REAL}
   * @return the density
   */
  public static Flat on(Support support) {
    return new Flat(support);
  }

  @Override
  public List<Expression> parameters() {
    return List.of();
  }

  @Override
  public Support support() {
    return support;
  }

  @Override
  public Expression logProb(Expression value) {
    return Expression.of(0);
  }

  /**
   * Is refused.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public void sample(double[][] parameters, RandomGenerator random, double[] value) {
    throw new UnsupportedOperationException(
        "a flat prior cannot be drawn from; give the site a proper prior");
  }

  @Override
  public String toString() {
    return "Flat on " + support;
  }
}
