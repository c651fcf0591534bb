package io.github.sbi4j.ppl.learned;

import io.github.sbi4j.ppl.distribution.Support;
import io.github.sbi4j.ppl.expression.Expression;
import java.util.function.Predicate;

/**
 * Where observations lie that a network was trained on. There is no map to it from unbounded
 * numbers: learned distributions are for what is observed.
 *
 * @param discrete whether there are only isolated values
 */
record ObservedOnly(boolean discrete, Predicate<double[]> possible, String description)
    implements Support {
  static final String REMEDY =
      "a learned likelihood or ratio stands for data; give it to observe, and sample from a"
          + " distribution in closed form";

  @Override
  public boolean isDiscrete() {
    return discrete;
  }

  @Override
  public Constrained constrain(Expression free) {
    throw new UnsupportedOperationException(REMEDY);
  }

  @Override
  public double[] unconstrain(double[] value, double[] bounds) {
    throw new UnsupportedOperationException(REMEDY);
  }

  @Override
  public boolean contains(double[] value) {
    return possible.test(value);
  }

  @Override
  public String toString() {
    return description;
  }
}
