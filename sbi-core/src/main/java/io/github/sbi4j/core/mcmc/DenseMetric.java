package io.github.sbi4j.core.mcmc;

import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/** A metric with a full covariance matrix, for targets whose coordinates are correlated. */
public final class DenseMetric implements Metric {
  private final int dimension;
  private final double[] covariance;
  private final double[] factor;

  private DenseMetric(int dimension, double[] covariance, double[] factor) {
    this.dimension = dimension;
    this.covariance = covariance;
    this.factor = factor;
  }

  /**
   * The metric with the given inverse mass matrix.
   *
   * @param covariance D x D numbers, symmetric (the lower triangle counts) and positive definite
   * @return the metric
   * @throws IllegalArgumentException if the matrix is empty, not square or not positive definite
   */
  public static DenseMetric of(double[][] covariance) {
    int dimension = Require.atLeast("the number of rows", covariance.length, 1);
    double[] entries = new double[dimension * dimension];
    for (int i = 0; i < dimension; i++) {
      Require.length("covariance[" + i + "]", covariance[i], dimension);
      for (int j = 0; j <= i; j++) {
        entries[i * dimension + j] = covariance[i][j];
        entries[j * dimension + i] = covariance[i][j];
      }
    }
    CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(true);
    DMatrixRMaj matrix = DMatrixRMaj.wrap(dimension, dimension, entries.clone());
    if (!cholesky.decompose(matrix)) {
      throw new IllegalArgumentException(
          "the covariance is not positive definite; give a diagonal metric or add to its diagonal");
    }
    return new DenseMetric(dimension, entries, cholesky.getT(null).data);
  }

  @Override
  public int dimension() {
    return dimension;
  }

  /** Solves L^T p = noise with M^-1 = L L^T, so that p has the covariance M. */
  @Override
  public double[] momentum(RandomGenerator random) {
    double[] result = new double[dimension];
    for (int d = 0; d < dimension; d++) {
      result[d] = random.nextGaussian();
    }
    for (int i = dimension - 1; i >= 0; i--) {
      double solved = result[i] / factor[i * dimension + i];
      result[i] = solved;
      for (int j = 0; j < i; j++) {
        result[j] -= factor[i * dimension + j] * solved;
      }
    }
    return result;
  }

  @Override
  public double[] velocity(double[] momentum) {
    double[] result = new double[dimension];
    // By columns, which for a symmetric matrix are its rows: a loop that the JVM vectorises.
    for (int j = 0; j < dimension; j++) {
      double p = momentum[j];
      int row = j * dimension;
      for (int i = 0; i < dimension; i++) {
        result[i] += covariance[row + i] * p;
      }
    }
    return result;
  }

  @Override
  public double[][] inverseMass() {
    double[][] result = new double[dimension][dimension];
    for (int i = 0; i < dimension; i++) {
      System.arraycopy(covariance, i * dimension, result[i], 0, dimension);
    }
    return result;
  }
}
