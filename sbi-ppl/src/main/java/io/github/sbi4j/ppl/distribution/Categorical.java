package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.expression.Shape;
import java.util.List;
import java.util.random.RandomGenerator;

/** The distribution of one of K categories, numbered from 0: P(k) = probabilities<sub>k</sub>. */
public final class Categorical implements Distribution {
  private final Expression probabilities;
  private final Expression logProbabilities;
  private final int size;

  private Categorical(Expression probabilities, Expression logProbabilities) {
    this.probabilities = probabilities;
    this.logProbabilities = logProbabilities;
    this.size = probabilities.shape().inner(1).size();
  }

  /**
   * The distribution by its probabilities.
   *
   * @param probabilities K numbers that sum to one, along the last axis
   * @return the distribution
   * @throws IllegalArgumentException if they are not a vector, or known and no probabilities
   */
  public static Categorical of(Expression probabilities) {
    Parameters.ofRank("probabilities", probabilities, 1);
    Parameters.probability("a probability", probabilities);
    return new Categorical(probabilities, probabilities.log());
  }

  /**
   * The distribution by logarithms of numbers that its probabilities are proportional to.
   *
   * @param logits K numbers, along the last axis
   * @return the distribution
   * @throws IllegalArgumentException if they are not a vector
   */
  public static Categorical ofLogits(Expression logits) {
    Expression logs = Parameters.ofRank("logits", logits, 1).logSoftmax();
    return new Categorical(logs.exp(), logs);
  }

  @Override
  public List<Expression> parameters() {
    return List.of(probabilities);
  }

  @Override
  public int parameterRank(int k) {
    return 1;
  }

  @Override
  public Support support() {
    return new Integers(size - 1);
  }

  @Override
  public Expression logProb(Expression value) {
    Shape outer =
        value
            .shape()
            .meet(logProbabilities.shape().outer(1))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "categories of shape "
                            + value.shape()
                            + " do not meet probabilities of shape "
                            + logProbabilities.shape()));
    double[] categories = value.to(outer).values();
    int[] index = new int[outer.size()];
    for (int i = 0; i < index.length; i++) {
      index[i] = i * size + (int) categories[i];
    }
    return logProbabilities.to(outer.append(Shape.of(size))).gather(index, outer);
  }

  @Override
  public void sample(double[][] parameters, RandomGenerator random, double[] value) {
    value[0] = draw(parameters[0], random);
  }

  static int draw(double[] probabilities, RandomGenerator random) {
    double left = random.nextDouble();
    for (int k = 0; k < probabilities.length - 1; k++) {
      left -= probabilities[k];
      if (left < 0) {
        return k;
      }
    }
    return probabilities.length - 1;
  }

  @Override
  public String toString() {
    return "Categorical[" + probabilities + "]";
  }
}
