package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.expression.Shape;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The Dirichlet distribution of K positive numbers that sum to one.
 *
 * <p>p(x) = Gamma(sum a) prod<sub>k</sub> x<sub>k</sub><sup>a<sub>k</sub> - 1</sup> /
 * Gamma(a<sub>k</sub>) with a = concentration, as a density of the first K - 1 of them.
 */
public final class Dirichlet implements Distribution {
  private final Expression concentration;
  private final int size;

  private Dirichlet(Expression concentration) {
    this.concentration = concentration;
    this.size = concentration.shape().inner(1).size();
  }

  /**
   * The distribution with a vector of concentrations.
   *
   * @param concentration K positive numbers, along the last axis
   * @return the distribution
   * @throws IllegalArgumentException if they are not a vector of two or more, or known and not
   *     positive
   */
  public static Dirichlet of(Expression concentration) {
    Parameters.ofRank("concentration", concentration, 1);
    Parameters.positive("a concentration", concentration);
    if (concentration.shape().inner(1).size() < 2) {
      throw new IllegalArgumentException(
          "concentration has the shape " + concentration.shape() + ", expected two or more parts");
    }
    return new Dirichlet(concentration);
  }

  @Override
  public List<Expression> parameters() {
    return List.of(concentration);
  }

  @Override
  public int parameterRank(int k) {
    return 1;
  }

  @Override
  public Shape event() {
    return Shape.of(size);
  }

  @Override
  public Support support() {
    return new Simplex(size);
  }

  @Override
  public Expression logProb(Expression value) {
    return concentration
        .minus(1)
        .times(value.log())
        .sumLast()
        .plus(concentration.sumLast().logGamma().minus(concentration.logGamma().sumLast()));
  }

  @Override
  public void sample(double[][] parameters, RandomGenerator random, double[] value) {
    double sum = 0;
    for (int k = 0; k < size; k++) {
      value[k] = Gamma.draw(parameters[0][k], 1, random);
      sum += value[k];
    }
    for (int k = 0; k < size; k++) {
      value[k] /= sum;
    }
  }

  @Override
  public String toString() {
    return "Dirichlet[" + concentration + "]";
  }
}
