package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The numbers between two bounds, which may be expressions or infinite.
 *
 * <p>With z unbounded: low + exp(z), high - exp(z), or low + (high - low) / (1 + exp(-z)).
 *
 * @param low the lower bound
 * @param high the upper bound
 */
public record Interval(Expression low, Expression high) implements Support {
  private static final Expression INFINITE = Expression.of(Double.POSITIVE_INFINITY);

  /** All real numbers. */
  public static final Interval REAL =
      new Interval(Expression.of(Double.NEGATIVE_INFINITY), INFINITE);

  /** The positive numbers. */
  public static final Interval POSITIVE = new Interval(Expression.of(0), INFINITE);

  /** The numbers between zero and one. */
  public static final Interval UNIT = new Interval(Expression.of(0), Expression.of(1));

  @Override
  public Constrained constrain(Expression free) {
    if (isInfinite(low) && isInfinite(high)) {
      return new Constrained(free, Expression.of(0));
    }
    if (isInfinite(high)) {
      return new Constrained(free.exp().plus(low), free);
    }
    if (isInfinite(low)) {
      return new Constrained(high.minus(free.exp()), free);
    }
    Expression width = high.minus(low);
    Expression value = free.sigmoid().times(width).plus(low);
    Expression slope = free.logSigmoid().plus(free.unaryMinus().logSigmoid());
    return new Constrained(value, slope.plus(width.log()));
  }

  @Override
  public List<Expression> bounds() {
    return List.of(low, high);
  }

  @Override
  public double[] unconstrain(double[] value, double[] bounds) {
    double from = bounds[0];
    double to = bounds[1];
    return Arrays.stream(value)
        .map(
            x -> {
              if (from == Double.NEGATIVE_INFINITY && to == Double.POSITIVE_INFINITY) {
                return x;
              }
              if (to == Double.POSITIVE_INFINITY) {
                return Math.log(x - from);
              }
              return from == Double.NEGATIVE_INFINITY
                  ? Math.log(to - x)
                  : Math.log(x - from) - Math.log(to - x);
            })
        .toArray();
  }

  @Override
  public boolean contains(double[] value) {
    double from = extreme(low, Double.NEGATIVE_INFINITY);
    double to = extreme(high, Double.POSITIVE_INFINITY);
    return Arrays.stream(value).allMatch(x -> x >= from && x <= to && Double.isFinite(x));
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "numbers from %s to %s", low, high);
  }

  /** Zero inside and -Infinity outside, to be added to a density whose bounds are latent. */
  Expression indicator(Expression value) {
    return Expression.elementwise(
        (rows, in, values, derivatives) -> {
          for (int i = 0; i < rows; i++) {
            boolean inside = in[0][i] >= in[1][i] && in[0][i] <= in[2][i];
            values[i] = inside ? 0 : Double.NEGATIVE_INFINITY;
          }
          for (double[] derivative : derivatives) {
            Arrays.fill(derivative, 0);
          }
        },
        value,
        low,
        high);
  }

  static boolean isInfinite(Expression bound) {
    return bound.isConstant() && Arrays.stream(bound.values()).allMatch(Double::isInfinite);
  }

  /** A bound that differs between events counts as far as it reaches. */
  private static double extreme(Expression bound, double outwards) {
    if (!bound.isConstant()) {
      return outwards;
    }
    return outwards < 0
        ? Arrays.stream(bound.values()).min().orElseThrow()
        : Arrays.stream(bound.values()).max().orElseThrow();
  }
}
