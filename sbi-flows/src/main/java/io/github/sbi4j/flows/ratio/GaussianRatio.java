package io.github.sbi4j.flows.ratio;

import io.github.sbi4j.flows.estimator.LinearGaussian;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The log ratio log N(x | A theta + b, S) - log N(x | b, A C A' + S) of standardised parameters of
 * mean zero and covariance C and observations, as z' Q z + s' z + c of z = (theta, x), each value
 * clipped at four standard deviations: what a ratio starts to learn from.
 *
 * @param matrix Q, (D + L) x (D + L), row after row
 * @param slopes s, D + L values
 * @param constant c
 */
public record GaussianRatio(float[] matrix, float[] slopes, float constant) {
  /**
   * Standardised values further out count as this many standard deviations: there, squares would
   * say more than the few simulations that reach it.
   */
  static final double LARGEST = 4;

  private static final double LOSS_OF_ZERO = 2 * Math.log(2);

  /**
   * {@return a log ratio of zero}
   *
   * @param size the number of parameters and observed values, D + L
   */
  public static GaussianRatio zero(int size) {
    return new GaussianRatio(new float[size * size], new float[size], 0);
  }

  /**
   * The ratio of the linear regression of observations on parameters, if that of one half of the
   * rows tells pairs from chance pairs of the other half.
   *
   * @param parameters standardised, N x D
   * @param observations standardised, N x L
   * @return the ratio; zero where it cannot be computed, or says less than nothing
   */
  public static GaussianRatio fit(double[][] parameters, double[][] observations) {
    int n = parameters.length;
    int half = n / 2;
    int size = parameters[0].length + observations[0].length;
    if (half < 2) {
      return zero(size);
    }
    // Rows of several rounds are in their order, and both halves should have all of them.
    GaussianRatio ofHalf = regression(everyOther(parameters, 0), everyOther(observations, 0));
    double loss = ofHalf.loss(everyOther(parameters, 1), everyOther(observations, 1));
    return loss < LOSS_OF_ZERO ? regression(parameters, observations) : zero(size);
  }

  private static double[][] everyOther(double[][] rows, int first) {
    return IntStream.range(0, rows.length)
        .filter(i -> i % 2 == first)
        .mapToObj(i -> rows[i])
        .toArray(double[][]::new);
  }

  /** The cross-entropy of telling each row from the pair of it and one far off in the table. */
  private double loss(double[][] parameters, double[][] observations) {
    int n = parameters.length;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.log1p(Math.exp(-value(parameters[i], observations[i])));
      sum += Math.log1p(Math.exp(value(parameters[i], observations[(i + Math.max(1, n / 2)) % n])));
    }
    return sum / n;
  }

  /** The log ratio of one pair, both standardised. */
  double value(double[] theta, double[] x) {
    double[] z =
        DoubleStream.concat(Arrays.stream(theta), Arrays.stream(x))
            .map(value -> Math.min(LARGEST, Math.max(-LARGEST, value)))
            .toArray();
    double sum = constant;
    for (int i = 0; i < z.length; i++) {
      double row = slopes[i];
      for (int j = 0; j < z.length; j++) {
        row += matrix[i * z.length + j] * z[j];
      }
      sum += row * z[i];
    }
    return sum;
  }

  private static GaussianRatio regression(double[][] parameters, double[][] observations) {
    int d = parameters[0].length;
    int l = observations[0].length;
    LinearGaussian regression = LinearGaussian.fit(observations, parameters);
    DMatrixRMaj a = DMatrixRMaj.wrap(l, d, regression.slopes());
    DMatrixRMaj b = DMatrixRMaj.wrap(l, 1, regression.intercept());
    DMatrixRMaj factor = DMatrixRMaj.wrap(l, l, regression.factor());
    DMatrixRMaj theta = new DMatrixRMaj(parameters);
    DMatrixRMaj covariance = new DMatrixRMaj(d, d);
    CommonOps_DDRM.multTransA(1.0 / parameters.length, theta, theta, covariance);
    DMatrixRMaj noise = CommonOps_DDRM.multTransB(factor, factor, null);
    DMatrixRMaj all = CommonOps_DDRM.multTransB(CommonOps_DDRM.mult(a, covariance, null), a, null);
    CommonOps_DDRM.addEquals(all, noise);
    DMatrixRMaj precision = new DMatrixRMaj(l, l);
    DMatrixRMaj ofAll = new DMatrixRMaj(l, l);
    if (!CommonOps_DDRM.invert(noise, precision) || !CommonOps_DDRM.invert(all, ofAll)) {
      return zero(d + l);
    }
    DMatrixRMaj rest = CommonOps_DDRM.subtract(precision, ofAll, null);
    DMatrixRMaj cross = CommonOps_DDRM.mult(precision, a, null);
    DMatrixRMaj ofTheta = CommonOps_DDRM.multTransA(a, cross, null);
    DMatrixRMaj matrix = new DMatrixRMaj(d + l, d + l);
    CommonOps_DDRM.scale(-0.5, ofTheta);
    CommonOps_DDRM.insert(ofTheta, matrix, 0, 0);
    CommonOps_DDRM.insert(cross, matrix, d, 0);
    DMatrixRMaj ofX = rest.copy();
    CommonOps_DDRM.scale(-0.5, ofX);
    CommonOps_DDRM.insert(ofX, matrix, d, d);
    DMatrixRMaj slopes = new DMatrixRMaj(d + l, 1);
    DMatrixRMaj slopeOfTheta = CommonOps_DDRM.multTransA(cross, b, null);
    CommonOps_DDRM.scale(-1, slopeOfTheta);
    DMatrixRMaj slopeOfX = CommonOps_DDRM.mult(rest, b, null);
    CommonOps_DDRM.insert(slopeOfTheta, slopes, 0, 0);
    CommonOps_DDRM.insert(slopeOfX, slopes, d, 0);
    double constant =
        -0.5 * CommonOps_DDRM.dot(b, slopeOfX)
            - 0.5 * Math.log(CommonOps_DDRM.det(noise) / CommonOps_DDRM.det(all));
    GaussianRatio result =
        new GaussianRatio(floats(matrix.getData()), floats(slopes.getData()), (float) constant);
    return result.isFinite() ? result : zero(d + l);
  }

  private static float[] floats(double[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }

  private boolean isFinite() {
    double sum = constant;
    for (float value : matrix) {
      sum += value;
    }
    for (float value : slopes) {
      sum += value;
    }
    return Double.isFinite(sum);
  }
}
