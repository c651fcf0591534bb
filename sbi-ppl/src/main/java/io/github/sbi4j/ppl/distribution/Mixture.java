package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.expression.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A mixture of K distributions: the sum over a latent category, taken exactly.
 *
 * <p>p(x) = sum<sub>k</sub> weights<sub>k</sub> p<sub>k</sub>(x).
 */
public final class Mixture implements Distribution {
  private final Expression weights;
  private final List<Distribution> components;

  private Mixture(Expression weights, List<Distribution> components) {
    this.weights = weights;
    this.components = components;
  }

  /**
   * The mixture of components over one support.
   *
   * @param weights K probabilities that sum to one, along the last axis
   * @param components K distributions of the same support and event
   * @return the mixture
   * @throws IllegalArgumentException if numbers, supports or events differ
   */
  public static Mixture of(Expression weights, Distribution... components) {
    Parameters.ofRank("weights", weights, 1);
    Parameters.probability("a weight", weights);
    int size = weights.shape().inner(1).size();
    if (components.length != size) {
      throw new IllegalArgumentException(
          size + " weights for " + components.length + " components, expected one for each");
    }
    for (Distribution component : components) {
      boolean alike =
          component.event().equals(components[0].event())
              && component.support().equals(components[0].support());
      if (!alike) {
        throw new IllegalArgumentException(
            component
                + " lies in "
                + component.support()
                + ", expected "
                + components[0].support()
                + " as of "
                + components[0]);
      }
    }
    return new Mixture(weights, List.of(components));
  }

  @Override
  public List<Expression> parameters() {
    List<Expression> all = new ArrayList<>(List.of(weights));
    components.forEach(component -> all.addAll(component.parameters()));
    return all;
  }

  @Override
  public int parameterRank(int k) {
    int left = k - 1;
    for (Distribution component : components) {
      int count = component.parameters().size();
      if (left >= 0 && left < count) {
        return component.parameterRank(left);
      }
      left -= count;
    }
    return 1;
  }

  @Override
  public Shape event() {
    return components.get(0).event();
  }

  @Override
  public Support support() {
    return components.get(0).support();
  }

  @Override
  public Expression logProb(Expression value) {
    Expression[] logs =
        components.stream().map(each -> each.logProb(value)).toArray(Expression[]::new);
    return Expression.stack((Number[]) logs).plus(weights.log()).logSumExp();
  }

  @Override
  public void sample(double[][] parameters, RandomGenerator random, double[] value) {
    int chosen = Categorical.draw(parameters[0], random);
    int from = 1;
    for (Distribution component : components.subList(0, chosen)) {
      from += component.parameters().size();
    }
    Distribution component = components.get(chosen);
    double[][] own = Arrays.copyOfRange(parameters, from, from + component.parameters().size());
    component.sample(own, random, value);
  }

  @Override
  public String toString() {
    return "Mixture" + components;
  }
}
