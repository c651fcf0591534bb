package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.BlockFunction;
import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.expression.Shape;
import java.util.Arrays;

/**
 * Vectors of K positive numbers that sum to one, by breaking a stick: with z<sub>k</sub> = 1 / (1 +
 * exp(-y<sub>k</sub> + log(K - k))), x<sub>k</sub> is the fraction z<sub>k</sub> of what is left
 * (as in Stan), so that y = 0 gives equal parts.
 *
 * @param size the number of parts, K
 */
public record Simplex(int size) implements Support {
  private static final double TOLERANCE = 1e-8;

  @Override
  public Shape free(Shape event) {
    return Shape.of(size - 1);
  }

  @Override
  public Constrained constrain(Expression free) {
    Expression all =
        Expression.blockwise(new StickBreaking(size), Shape.of(size + 1), new int[] {1}, free);
    return new Constrained(all.columns(0, size), all.column(size));
  }

  @Override
  public double[] unconstrain(double[] value, double[] bounds) {
    double[] free = new double[size - 1];
    double left = 1;
    for (int k = 0; k < free.length; k++) {
      free[k] = Math.log(value[k]) - Math.log(left - value[k]) + Math.log(size - 1.0 - k);
      left -= value[k];
    }
    return free;
  }

  @Override
  public boolean contains(double[] value) {
    return Arrays.stream(value).allMatch(x -> x >= 0)
        && Math.abs(Arrays.stream(value).sum() - 1) < TOLERANCE;
  }

  @Override
  public String toString() {
    return size + " positive numbers that sum to one";
  }

  /** K - 1 numbers to K parts and the log-determinant. */
  private record StickBreaking(int size) implements BlockFunction {
    private double share(double y, int k) {
      return 1 / (1 + (size - 1 - k) * Math.exp(-y));
    }

    @Override
    public void forward(double[][] arguments, double[] value) {
      double left = 1;
      double logLeft = 0;
      double logDeterminant = 0;
      for (int k = 0; k < size - 1; k++) {
        double share = share(arguments[0][k], k);
        double odds = arguments[0][k] - Math.log(size - 1.0 - k);
        // log(1 - share) without cancellation.
        double log1m = -Math.max(odds, 0) - Math.log1p(Math.exp(-Math.abs(odds)));
        value[k] = left * share;
        logDeterminant += odds + 2 * log1m + logLeft;
        logLeft += log1m;
        left = Math.exp(logLeft);
      }
      value[size - 1] = left;
      value[size] = logDeterminant;
    }

    @Override
    public void backward(
        double[][] arguments, double[] value, double[] adjoint, double[][] adjoints) {
      double[] left = new double[size];
      left[0] = 1;
      for (int k = 0; k < size - 1; k++) {
        left[k + 1] = left[k] * (1 - share(arguments[0][k], k));
      }
      double byLeft = adjoint[size - 1];
      for (int k = size - 2; k >= 0; k--) {
        double share = share(arguments[0][k], k);
        // Each of the size - 2 - k later logarithms of what is left has the slope -share.
        double byDeterminant = 1 - 2 * share - share * (size - 2 - k);
        adjoints[0][k] =
            (adjoint[k] - byLeft) * left[k] * share * (1 - share) + adjoint[size] * byDeterminant;
        byLeft = adjoint[k] * share + byLeft * (1 - share);
      }
    }
  }
}
