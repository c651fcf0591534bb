package io.github.sbi4j.flows.variational;

import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.estimator.Nsf;

/** The densities q over R<sup>D</sup> among which the approximation is sought. */
public sealed interface VariationalFamily {
  /** {@return Gaussians with any covariance} */
  static VariationalFamily gaussian() {
    return new Gaussian(true);
  }

  /** {@return Gaussians with independent coordinates, the mean field} */
  static VariationalFamily diagonalGaussian() {
    return new Gaussian(false);
  }

  /**
   * {@return flows over a Gaussian with any covariance}
   *
   * @param estimator a {@link Maf} or an {@link Nsf}; its context is constant
   */
  static VariationalFamily flow(DensityEstimator estimator) {
    return new Flow(estimator);
  }

  /**
   * Gaussians.
   *
   * @param correlated false for independent coordinates
   */
  record Gaussian(boolean correlated) implements VariationalFamily {}

  /**
   * Flows over a Gaussian with any covariance, which is fitted first.
   *
   * @param estimator a {@link Maf} or an {@link Nsf}
   */
  record Flow(DensityEstimator estimator) implements VariationalFamily {
    /**
     * Checks the estimator.
     *
     * @param estimator a {@link Maf} or an {@link Nsf}
     * @throws IllegalArgumentException if it is neither
     */
    public Flow {
      if (!(estimator instanceof Maf || estimator instanceof Nsf)) {
        throw new IllegalArgumentException(
            "the family is "
                + estimator
                + ", whose draws have no derivatives; expected a Maf or an Nsf, or"
                + " VariationalFamily.gaussian()");
      }
    }
  }
}
