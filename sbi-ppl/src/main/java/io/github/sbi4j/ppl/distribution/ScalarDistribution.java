package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import java.util.List;
import java.util.random.RandomGenerator;

/** What distributions of single numbers with scalar parameters share. */
abstract class ScalarDistribution implements Distribution {
  private final Support support;
  private final List<Expression> parameters;

  ScalarDistribution(Support support, Expression... parameters) {
    this.support = support;
    this.parameters = List.of(parameters);
  }

  /** One draw for the numbers of the parameters. */
  abstract double draw(double[] p, RandomGenerator random);

  final Expression parameter(int k) {
    return parameters.get(k);
  }

  @Override
  public final List<Expression> parameters() {
    return parameters;
  }

  @Override
  public final Support support() {
    return support;
  }

  @Override
  public final void sample(double[][] parameters, RandomGenerator random, double[] value) {
    double[] p = new double[parameters.length];
    for (int k = 0; k < p.length; k++) {
      p[k] = parameters[k][0];
    }
    value[0] = draw(p, random);
  }

  /** {@return the name and the parameters} */
  @Override
  public final String toString() {
    return getClass().getSimpleName() + parameters;
  }
}
