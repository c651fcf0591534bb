package io.github.sbi4j.flows.estimator;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The linear Gaussian part of a conditional density, known in closed form: v = F<sup>-1</sup> (u -
 * A c - b) for standardised targets u and contexts c, with F the lower Cholesky factor of the
 * residuals' covariance.
 *
 * <p>Networks learn the density of v, what is left after the linear regression. Where the posterior
 * is close to linear and Gaussian they have almost nothing to learn, so that a thousand simulations
 * do what otherwise takes ten thousand. A is a ridge regression whose penalty minimises the
 * leave-one-out error, so that useless contexts do no harm, and the residuals are the leave-one-out
 * ones.
 */
public final class LinearGaussian implements GaussianPart {
  private static final double[] PENALTIES = {1e-6, 1e-4, 1e-3, 1e-2, 3e-2, 0.1, 0.3, 1, 3, 10, 100};

  /** More rows than these add nothing. */
  static final int MOST_ROWS = 20_000;

  private static final double SMALLEST_VARIANCE = 1e-12;

  private final int targets;
  private final int contexts;
  private final double[] slopes;
  private final double[] intercept;
  private final double[] factor;
  private final double logDeterminant;

  private LinearGaussian(
      int targets, int contexts, double[] slopes, double[] intercept, double[] factor) {
    this.targets = targets;
    this.contexts = contexts;
    this.slopes = slopes;
    this.intercept = intercept;
    this.factor = factor;
    double sum = 0;
    for (int d = 0; d < targets; d++) {
      sum -= Math.log(factor[d * targets + d]);
    }
    this.logDeterminant = sum;
  }

  /**
   * No change: v = u.
   *
   * @param targets the number of target values, D
   * @param contexts the number of context values, L
   * @return the map that changes nothing
   */
  public static LinearGaussian identity(int targets, int contexts) {
    double[] factor = new double[targets * targets];
    for (int d = 0; d < targets; d++) {
      factor[d * targets + d] = 1;
    }
    return new LinearGaussian(
        targets, contexts, new double[targets * contexts], new double[targets], factor);
  }

  /**
   * Restores a saved one.
   *
   * @param slopes A, D x L, row after row
   * @param intercept b, D values
   * @param factor F, D x D, lower triangular with a positive diagonal, row after row
   * @return the regression
   * @throws IllegalArgumentException if the sizes do not fit or a value is not finite
   */
  public static LinearGaussian of(double[] slopes, double[] intercept, double[] factor) {
    int targets = intercept.length;
    boolean sizes =
        targets > 0 && factor.length == targets * targets && slopes.length % targets == 0;
    boolean finite =
        Arrays.stream(slopes).allMatch(Double::isFinite)
            && Arrays.stream(intercept).allMatch(Double::isFinite)
            && Arrays.stream(factor).allMatch(Double::isFinite);
    boolean positive = sizes;
    for (int d = 0; positive && d < targets; d++) {
      positive = factor[d * targets + d] > 0;
    }
    if (!sizes || !finite || !positive) {
      throw new IllegalArgumentException(
          "a regression of "
              + targets
              + " values needs finite slopes, a multiple of "
              + targets
              + " of them, and a factor of "
              + targets * targets
              + " values with a positive diagonal, but has "
              + slopes.length
              + " slopes and "
              + factor.length
              + " values");
    }
    return new LinearGaussian(
        targets, slopes.length / targets, slopes.clone(), intercept.clone(), factor.clone());
  }

  /**
   * Fits to rows.
   *
   * @param targets standardised targets, N x D
   * @param contexts standardised contexts, N x L
   * @return the regression; the identity where it cannot be computed
   */
  public static LinearGaussian fit(double[][] targets, double[][] contexts) {
    int n = Math.min(MOST_ROWS, targets.length);
    int d = targets[0].length;
    int l = contexts[0].length;
    double[] targetMean = mean(targets, n);
    double[] contextMean = mean(contexts, n);
    DMatrixRMaj u = centred(targets, targetMean, n);
    DMatrixRMaj c = centred(contexts, contextMean, n);

    DMatrixRMaj gram = new DMatrixRMaj(l, l);
    CommonOps_DDRM.multTransA(1.0 / n, c, c, gram);
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(l, true, true);
    if (!eigen.decompose(gram)) {
      return identity(d, l);
    }
    DMatrixRMaj basis = new DMatrixRMaj(l, l);
    double[] values = new double[l];
    for (int j = 0; j < l; j++) {
      values[j] = Math.max(0, eigen.getEigenvalue(j).getReal());
      CommonOps_DDRM.insert(eigen.getEigenVector(j), basis, 0, j);
    }
    DMatrixRMaj rotated = new DMatrixRMaj(n, l);
    CommonOps_DDRM.mult(c, basis, rotated);
    DMatrixRMaj moments = new DMatrixRMaj(l, d);
    CommonOps_DDRM.multTransA(1.0 / n, rotated, u, moments);

    double bestError = Double.POSITIVE_INFINITY;
    DMatrixRMaj bestResiduals = u;
    DMatrixRMaj bestCoefficients = new DMatrixRMaj(l, d);
    for (double penalty : PENALTIES) {
      DMatrixRMaj coefficients = moments.copy();
      for (int j = 0; j < l; j++) {
        for (int k = 0; k < d; k++) {
          coefficients.set(j, k, moments.get(j, k) / (values[j] + penalty));
        }
      }
      DMatrixRMaj residuals = leaveOneOut(u, rotated, values, penalty, coefficients);
      double error = NormOps_DDRM.normF(residuals);
      if (error < bestError) {
        bestError = error;
        bestResiduals = residuals;
        bestCoefficients = coefficients;
      }
    }
    DMatrixRMaj slopes = new DMatrixRMaj(d, l);
    CommonOps_DDRM.multTransAB(bestCoefficients, basis, slopes);
    double[] intercept = new double[d];
    for (int k = 0; k < d; k++) {
      intercept[k] = targetMean[k];
      for (int j = 0; j < l; j++) {
        intercept[k] -= slopes.get(k, j) * contextMean[j];
      }
    }
    DMatrixRMaj covariance = new DMatrixRMaj(d, d);
    CommonOps_DDRM.multTransA(1.0 / n, bestResiduals, bestResiduals, covariance);
    for (int k = 0; k < d; k++) {
      covariance.add(k, k, SMALLEST_VARIANCE + 1e-6 * covariance.get(k, k));
    }
    CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(d, true);
    if (!cholesky.decompose(covariance)) {
      return identity(d, l);
    }
    DMatrixRMaj lower = cholesky.getT(null);
    return new LinearGaussian(d, l, slopes.data.clone(), intercept, lower.data.clone());
  }

  /** The mean of each column of the first n rows. */
  static double[] mean(double[][] rows, int n) {
    double[] mean = new double[rows[0].length];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += rows[i][j] / n;
      }
    }
    return mean;
  }

  /** The first n rows without their mean. */
  static DMatrixRMaj centred(double[][] rows, double[] mean, int n) {
    DMatrixRMaj matrix = new DMatrixRMaj(n, mean.length);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < mean.length; j++) {
        matrix.set(i, j, rows[i][j] - mean[j]);
      }
    }
    return matrix;
  }

  /**
   * Residuals of each row under the regression of the other rows: e_i / (1 - h_i), h the diagonal
   * of the hat matrix.
   */
  private static DMatrixRMaj leaveOneOut(
      DMatrixRMaj u,
      DMatrixRMaj rotated,
      double[] values,
      double penalty,
      DMatrixRMaj coefficients) {
    int n = u.numRows;
    DMatrixRMaj residuals = u.copy();
    CommonOps_DDRM.multAdd(-1, rotated, coefficients, residuals);
    for (int i = 0; i < n; i++) {
      double leverage = 1.0 / n;
      for (int j = 0; j < values.length; j++) {
        double r = rotated.get(i, j);
        leverage += r * r / (n * (values[j] + penalty));
      }
      double shrink = 1 / Math.max(1e-3, 1 - leverage);
      for (int k = 0; k < u.numCols; k++) {
        residuals.set(i, k, residuals.get(i, k) * shrink);
      }
    }
    return residuals;
  }

  @Override
  public int targets() {
    return targets;
  }

  @Override
  public int contexts() {
    return contexts;
  }

  /** {@return A, D x L, row after row} */
  public double[] slopes() {
    return slopes.clone();
  }

  /** {@return b, D values} */
  public double[] intercept() {
    return intercept.clone();
  }

  /** {@return F, D x D, lower triangular, row after row} */
  public double[] factor() {
    return factor.clone();
  }

  @Override
  public double[] mean(double[] context) {
    double[] mean = intercept.clone();
    for (int k = 0; k < targets; k++) {
      for (int j = 0; j < contexts; j++) {
        mean[k] += slopes[k * contexts + j] * context[j];
      }
    }
    return mean;
  }

  @Override
  public double forward(double[] target, double[] mean) {
    for (int k = 0; k < targets; k++) {
      double value = target[k] - mean[k];
      for (int j = 0; j < k; j++) {
        value -= factor[k * targets + j] * target[j];
      }
      target[k] = value / factor[k * targets + k];
    }
    return logDeterminant;
  }

  @Override
  public void inverse(double[] residual, double[] mean) {
    for (int k = targets - 1; k >= 0; k--) {
      double value = mean[k];
      for (int j = 0; j <= k; j++) {
        value += factor[k * targets + j] * residual[j];
      }
      residual[k] = value;
    }
  }

  @Override
  public void pullBack(double[] target, double[] mean, double[] gradient) {
    pullBack(gradient);
  }

  /**
   * Adds what a function of v owes to the context by way of the mean: -A<sup>T</sup> F<sup>-T</sup>
   * g.
   *
   * @param gradient g with respect to v, D values; overwritten
   * @param ofContext added to, L values
   */
  public void pullBackContext(double[] gradient, double[] ofContext) {
    pullBack(gradient);
    for (int k = 0; k < targets; k++) {
      for (int j = 0; j < contexts; j++) {
        ofContext[j] -= slopes[k * contexts + j] * gradient[k];
      }
    }
  }

  /**
   * Turns the gradient of a function of v into that of the same function of u: F<sup>-T</sup> g.
   *
   * @param gradient with respect to v, D values; receives the result
   */
  public void pullBack(double[] gradient) {
    for (int k = targets - 1; k >= 0; k--) {
      double value = gradient[k];
      for (int j = k + 1; j < targets; j++) {
        value -= factor[j * targets + k] * gradient[j];
      }
      gradient[k] = value / factor[k * targets + k];
    }
  }
}
