package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.BlockFunction;
import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.expression.Shape;
import java.util.Arrays;

/**
 * Cholesky factors of K x K correlation matrices, by canonical partial correlations tanh(y), row
 * after row (Lewandowski, Kurowicka and Joe 2009, J. Multivar. Anal. 100; as in Stan).
 *
 * @param size the number of rows, K
 */
public record CorrelationCholesky(int size) implements Support {
  private static final double TOLERANCE = 1e-8;

  @Override
  public Shape free(Shape event) {
    return Shape.of(size * (size - 1) / 2);
  }

  @Override
  public Constrained constrain(Expression free) {
    int n = size * size;
    Expression all = Expression.blockwise(new Map(size), Shape.of(n + 1), new int[] {1}, free);
    Shape matrix = all.shape().outer(1).append(Shape.of(size, size));
    return new Constrained(all.columns(0, n).reshape(matrix), all.column(n));
  }

  @Override
  public double[] unconstrain(double[] value, double[] bounds) {
    double[] free = new double[size * (size - 1) / 2];
    int at = 0;
    for (int i = 1; i < size; i++) {
      double left = 1;
      for (int j = 0; j < i; j++) {
        double entry = value[i * size + j];
        double partial = entry / Math.sqrt(left);
        free[at++] = 0.5 * (Math.log1p(partial) - Math.log1p(-partial));
        left -= entry * entry;
      }
    }
    return free;
  }

  @Override
  public boolean contains(double[] value) {
    for (int i = 0; i < size; i++) {
      double[] row = Arrays.copyOfRange(value, i * size, (i + 1) * size);
      double squares = Arrays.stream(row).map(x -> x * x).sum();
      boolean zeroAbove = Arrays.stream(row, i + 1, size).allMatch(x -> x == 0);
      if (!(row[i] > 0 && zeroAbove && Math.abs(squares - 1) < TOLERANCE)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return "Cholesky factors of " + size + " x " + size + " correlation matrices";
  }

  /** K (K - 1) / 2 numbers to K x K and the log-determinant. */
  private record Map(int size) implements BlockFunction {
    @Override
    public void forward(double[][] arguments, double[] value) {
      Arrays.fill(value, 0);
      double logDeterminant = 0;
      int at = 0;
      for (int i = 0; i < size; i++) {
        double logLeft = 0;
        for (int j = 0; j < i; j++) {
          double y = arguments[0][at++];
          value[i * size + j] = Math.tanh(y) * Math.exp(0.5 * logLeft);
          double log1mSquare = log1mSquaredTanh(y);
          logDeterminant += log1mSquare + 0.5 * logLeft;
          logLeft += log1mSquare;
        }
        value[i * size + i] = Math.exp(0.5 * logLeft);
      }
      value[size * size] = logDeterminant;
    }

    @Override
    public void backward(
        double[][] arguments, double[] value, double[] adjoint, double[][] adjoints) {
      double[] scale = new double[size + 1];
      for (int i = 1; i < size; i++) {
        int first = i * (i - 1) / 2;
        scale[0] = 1;
        for (int j = 0; j < i; j++) {
          scale[j + 1] = scale[j] * Math.exp(0.5 * log1mSquaredTanh(arguments[0][first + j]));
        }
        double byScale = adjoint[i * size + i];
        for (int j = i - 1; j >= 0; j--) {
          double partial = Math.tanh(arguments[0][first + j]);
          double cosine = Math.exp(0.5 * log1mSquaredTanh(arguments[0][first + j]));
          double byEntry = adjoint[i * size + j];
          // Beside its own term, -2 partial, each later one in the row brings -partial.
          double byDeterminant = -partial * (2 + i - 1 - j);
          adjoints[0][first + j] =
              scale[j] * cosine * (byEntry * cosine - byScale * partial)
                  + adjoint[size * size] * byDeterminant;
          byScale = byEntry * partial + byScale * cosine;
        }
      }
    }

    /** log(1 - tanh(y)^2) = -2 log cosh(y). */
    private static double log1mSquaredTanh(double y) {
      double a = Math.abs(y);
      return 2 * (Math.log(2) - a - Math.log1p(Math.exp(-2 * a)));
    }
  }
}
