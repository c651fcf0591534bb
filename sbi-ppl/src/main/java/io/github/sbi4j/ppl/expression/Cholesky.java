package io.github.sbi4j.ppl.expression;

import java.util.Arrays;

/**
 * The Cholesky factor of a K x K matrix, of which the lower triangle is read. Backwards after Smith
 * (1995, J. Comput. Graph. Stat. 4): the steps of the factorisation in reverse order.
 *
 * @param size K
 */
record Cholesky(int size) implements BlockFunction {
  static Expression of(Expression matrix) {
    Shape shape = matrix.requireRank("cholesky", 2).shape().inner(2);
    int size = shape.axes().get(0).size();
    if (shape.axes().get(1).size() != size) {
      throw new IllegalArgumentException("cholesky of a matrix " + shape + ", expected a square");
    }
    return Expression.blockwise(new Cholesky(size), shape, new int[] {2}, matrix);
  }

  @Override
  public void forward(double[][] arguments, double[] l) {
    double[] a = arguments[0];
    Arrays.fill(l, 0);
    for (int j = 0; j < size; j++) {
      for (int i = j; i < size; i++) {
        double sum = a[i * size + j];
        for (int k = 0; k < j; k++) {
          sum -= l[i * size + k] * l[j * size + k];
        }
        l[i * size + j] = i == j ? Math.sqrt(sum) : sum / l[j * size + j];
      }
    }
  }

  @Override
  public void backward(double[][] arguments, double[] l, double[] adjoint, double[][] adjoints) {
    double[] result = adjoints[0];
    double[] slopes = adjoint.clone();
    for (int j = size - 1; j >= 0; j--) {
      double pivot = l[j * size + j];
      for (int i = size - 1; i >= j; i--) {
        double slope = slopes[i * size + j];
        if (i == j) {
          slope /= 2 * pivot;
        } else {
          slope /= pivot;
          slopes[j * size + j] -= slope * l[i * size + j];
        }
        result[i * size + j] = slope;
        for (int k = 0; k < j; k++) {
          slopes[i * size + k] -= slope * l[j * size + k];
          slopes[j * size + k] -= slope * l[i * size + k];
        }
      }
    }
  }
}
