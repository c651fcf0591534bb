package io.github.sbi4j.core.distribution;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.apache.commons.rng.sampling.distribution.NormalizedGaussianSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;

/**
 * The normal distribution of several correlated values.
 *
 * <p>p(v) = exp(-(v - mean)<sup>T</sup> covariance<sup>-1</sup> (v - mean) / 2) / sqrt(det(2 pi
 * covariance)) on R<sup>D</sup>.
 */
public final class MultivariateNormal implements Distribution {
  private static final double LOG_2_PI = Math.log(2 * Math.PI);

  private final double[] mean;
  private final double[][] covariance;

  /** The lower triangular L with L L<sup>T</sup> = covariance, D x D, row after row. */
  private final double[] factor;

  private final double logNormalizer;
  private final Support support;

  private MultivariateNormal(double[] mean, double[][] covariance, double[] factor) {
    this.mean = mean;
    this.covariance = covariance;
    this.factor = factor;
    double logDeterminant = 0;
    for (int d = 0; d < mean.length; d++) {
      logDeterminant += 2 * Math.log(factor[d * mean.length + d]);
    }
    this.logNormalizer = -0.5 * (mean.length * LOG_2_PI + logDeterminant);
    this.support = Support.real(mean.length);
  }

  /**
   * The normal distribution with a mean and a covariance.
   *
   * @param mean D means
   * @param covariance D x D covariances, symmetric and positive definite
   * @return the distribution
   * @throws IllegalArgumentException if the mean is empty, the sizes differ, a number is not
   *     finite, or the covariance is not symmetric (to 1e-10 of the standard deviations) or not
   *     positive definite
   */
  public static MultivariateNormal of(double[] mean, double[][] covariance) {
    if (mean.length == 0) {
      throw new IllegalArgumentException("mean is empty, expected at least 1 number");
    }
    double[] means = Checks.finite("mean", mean.clone());
    double[] factor = Covariance.cholesky(covariance, means.length);
    return new MultivariateNormal(means, copy(covariance), factor);
  }

  private static double[][] copy(double[][] matrix) {
    return Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
  }

  /** {@return the D x D covariances} */
  public double[][] covariance() {
    return copy(covariance);
  }

  @Override
  public int dimension() {
    return mean.length;
  }

  @Override
  public double[] sample(RandomGenerator random) {
    NormalizedGaussianSampler normal = ZigguratSampler.NormalizedGaussian.of(random::nextLong);
    double[] draw = mean.clone();
    for (int column = 0; column < mean.length; column++) {
      double z = normal.sample();
      for (int row = column; row < mean.length; row++) {
        draw[row] += factor[row * mean.length + column] * z;
      }
    }
    return draw;
  }

  @Override
  public double logProb(double[] value) {
    if (!support.contains(value)) {
      return Double.NEGATIVE_INFINITY;
    }
    double[] z = whitened(value);
    double squaredDistance = 0;
    for (double coordinate : z) {
      squaredDistance += coordinate * coordinate;
    }
    // NaN: so far out that the solution overflowed on its way.
    return Double.isNaN(squaredDistance)
        ? Double.NEGATIVE_INFINITY
        : logNormalizer - 0.5 * squaredDistance;
  }

  /** L<sup>-1</sup> (value - mean). */
  private double[] whitened(double[] value) {
    double[] z = value.clone();
    for (int d = 0; d < z.length; d++) {
      z[d] -= mean[d];
    }
    TriangularSolver_DDRM.solveL(factor, z, z.length);
    return z;
  }

  @Override
  public double[] logProbGradient(double[] value) {
    Checks.inside(support, value);
    double[] gradient = whitened(value);
    TriangularSolver_DDRM.solveTranL(factor, gradient, gradient.length);
    for (int d = 0; d < gradient.length; d++) {
      gradient[d] = -gradient[d];
    }
    return gradient;
  }

  @Override
  public Support support() {
    return support;
  }

  @Override
  public double[] mean() {
    return mean.clone();
  }

  @Override
  public double[] variance() {
    double[] variance = new double[mean.length];
    Arrays.setAll(variance, d -> covariance[d][d]);
    return variance;
  }

  @Override
  public String toString() {
    return "MultivariateNormal(mean=" + Arrays.toString(mean) + ")";
  }
}
