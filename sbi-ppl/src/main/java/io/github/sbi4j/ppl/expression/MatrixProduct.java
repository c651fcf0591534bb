package io.github.sbi4j.ppl.expression;

/**
 * The product of an R x K and a K x M matrix.
 *
 * @param rows R
 * @param inner K
 * @param columns M
 */
record MatrixProduct(int rows, int inner, int columns) implements BlockFunction {
  static Expression of(Expression left, Expression right) {
    Shape matrix = left.requireRank("matmul", 2).shape().inner(2);
    // A vector, or a vector for each plate, but with two axes without a plate a matrix.
    Shape all = right.requireRank("matmul", 1).shape();
    int rank = all.rank() > 1 && all.axes().get(all.rank() - 2).name().isEmpty() ? 2 : 1;
    Shape other = all.inner(rank);
    int k = matrix.axes().get(1).size();
    if (other.axes().get(0).size() != k) {
      throw new IllegalArgumentException(
          "matmul: a matrix "
              + matrix
              + " times "
              + other
              + ", expected ["
              + k
              + "] or ["
              + k
              + ", M]");
    }
    int columns = rank == 1 ? 1 : other.axes().get(1).size();
    Axis first = matrix.axes().get(0);
    Shape value =
        rank == 1
            ? Shape.of(java.util.List.of(first))
            : Shape.of(java.util.List.of(first, other.axes().get(1)));
    return Expression.blockwise(
        new MatrixProduct(first.size(), k, columns), value, new int[] {2, rank}, left, right);
  }

  @Override
  public void forward(double[][] arguments, double[] value) {
    double[] a = arguments[0];
    double[] b = arguments[1];
    for (int r = 0; r < rows; r++) {
      for (int m = 0; m < columns; m++) {
        double sum = 0;
        for (int k = 0; k < inner; k++) {
          sum += a[r * inner + k] * b[k * columns + m];
        }
        value[r * columns + m] = sum;
      }
    }
  }

  @Override
  public void backward(
      double[][] arguments, double[] value, double[] adjoint, double[][] adjoints) {
    double[] a = arguments[0];
    double[] b = arguments[1];
    for (int r = 0; r < rows; r++) {
      for (int m = 0; m < columns; m++) {
        double slope = adjoint[r * columns + m];
        for (int k = 0; k < inner; k++) {
          adjoints[0][r * inner + k] += slope * b[k * columns + m];
          adjoints[1][k * columns + m] += slope * a[r * inner + k];
        }
      }
    }
  }
}
