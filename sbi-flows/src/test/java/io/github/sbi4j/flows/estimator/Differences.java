package io.github.sbi4j.flows.estimator;

import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Central differences. */
final class Differences {
  private static final double STEP = 1e-5;

  private Differences() {}

  /** The slope of a function of a point along each of its values. */
  static double[] gradient(double[] point, ToDoubleFunction<double[]> function) {
    double[] result = new double[point.length];
    for (int d = 0; d < point.length; d++) {
      double above = function.applyAsDouble(moved(point, d, STEP));
      double below = function.applyAsDouble(moved(point, d, -STEP));
      result[d] = (above - below) / (2 * STEP);
    }
    return result;
  }

  /** log |det| of the Jacobian of a map at a point. */
  static double logDeterminant(double[] point, UnaryOperator<double[]> map) {
    DMatrixRMaj jacobian = new DMatrixRMaj(point.length, point.length);
    for (int d = 0; d < point.length; d++) {
      int output = d;
      double[] row = gradient(point, at -> map.apply(at)[output]);
      for (int k = 0; k < row.length; k++) {
        jacobian.set(d, k, row[k]);
      }
    }
    return Math.log(Math.abs(CommonOps_DDRM.det(jacobian)));
  }

  /** The sum of the products of two rows. */
  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += a[d] * b[d];
    }
    return sum;
  }

  private static double[] moved(double[] point, int d, double by) {
    double[] result = point.clone();
    result[d] += by;
    return result;
  }
}
