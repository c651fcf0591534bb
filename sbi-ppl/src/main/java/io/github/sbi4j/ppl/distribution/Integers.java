package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import java.util.Arrays;

/**
 * The integers from zero on, or up to a greatest one.
 *
 * @param greatest the greatest, or infinity
 */
public record Integers(double greatest) implements Support {
  /** The integers from zero on. */
  public static final Integers COUNTS = new Integers(Double.POSITIVE_INFINITY);

  @Override
  public boolean isDiscrete() {
    return true;
  }

  @Override
  public Constrained constrain(Expression free) {
    throw new UnsupportedOperationException("there is no map from real numbers to " + this);
  }

  @Override
  public double[] unconstrain(double[] value, double[] bounds) {
    throw new UnsupportedOperationException("there is no map from " + this + " to real numbers");
  }

  @Override
  public boolean contains(double[] value) {
    return Arrays.stream(value)
        .allMatch(x -> x >= 0 && x <= greatest && x == Math.rint(x) && Double.isFinite(x));
  }

  @Override
  public String toString() {
    return Double.isInfinite(greatest)
        ? "integers from 0"
        : "integers from 0 to " + (long) greatest;
  }
}
