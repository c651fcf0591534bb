package io.github.sbi4j.core.abc;

import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/** A kernel fitted to a population: z + F noise, with a lower triangular F. */
final class Perturbation {
  private final PerturbationKernel kernel;
  private final int dimension;
  private final double[] factor;

  private Perturbation(PerturbationKernel kernel, int dimension, double[] factor) {
    this.kernel = kernel;
    this.dimension = dimension;
    this.factor = factor;
  }

  /** Fits a kernel to N particles of D unconstrained coordinates and N weights. */
  static Perturbation of(
      PerturbationKernel kernel,
      SmcVariant variant,
      double scale,
      double[][] particles,
      double[] weights) {
    double[][] covariance =
        variant == SmcVariant.BEAUMONT
            ? covariance(particles, weights)
            : ofRange(particles, weights);
    int dimension = covariance.length;
    // Beaumont's factor; the noise of the kernel has a variance of its own.
    double inflation =
        (variant == SmcVariant.BEAUMONT ? 2 * scale : scale) / (kernel.sd() * kernel.sd());
    DMatrixRMaj matrix = new DMatrixRMaj(covariance);
    for (int i = 0; i < matrix.data.length; i++) {
      matrix.data[i] *= inflation;
    }
    CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(true);
    if (cholesky.decompose(matrix.copy())) {
      return new Perturbation(kernel, dimension, cholesky.getT(null).data);
    }
    double[] diagonal = new double[dimension * dimension];
    for (int d = 0; d < dimension; d++) {
      // Nearly all weight on one particle, whose spread says nothing.
      double variance = matrix.get(d, d);
      diagonal[d * dimension + d] = variance > 0 ? Math.sqrt(variance) : Math.sqrt(inflation);
    }
    return new Perturbation(kernel, dimension, diagonal);
  }

  double[] move(double[] z, RandomGenerator random) {
    double[] noise = new double[dimension];
    for (int d = 0; d < dimension; d++) {
      noise[d] = kernel.noise(random);
    }
    double[] moved = z.clone();
    for (int d = 0; d < dimension; d++) {
      for (int e = 0; e <= d; e++) {
        moved[d] += factor[d * dimension + e] * noise[e];
      }
    }
    return moved;
  }

  /** F^-1 z: coordinates in which the kernel is the noise itself. */
  double[] whiten(double[] z) {
    double[] result = z.clone();
    for (int d = 0; d < dimension; d++) {
      for (int e = 0; e < d; e++) {
        result[d] -= factor[d * dimension + e] * result[e];
      }
      result[d] /= factor[d * dimension + d];
    }
    return result;
  }

  /** The log-density of a move between two whitened points, but for a constant. */
  double logDensity(double[] from, double[] to) {
    double sum = 0;
    for (int d = 0; d < dimension; d++) {
      sum += kernel.logDensity(to[d] - from[d]);
    }
    return sum;
  }

  private static double[][] covariance(double[][] particles, double[] weights) {
    int dimension = particles[0].length;
    double[] mean = new double[dimension];
    double squares = 0;
    for (int i = 0; i < particles.length; i++) {
      squares += weights[i] * weights[i];
      for (int d = 0; d < dimension; d++) {
        mean[d] += weights[i] * particles[i][d];
      }
    }
    double[][] covariance = new double[dimension][dimension];
    for (int i = 0; i < particles.length; i++) {
      for (int d = 0; d < dimension; d++) {
        double weighted = weights[i] * (particles[i][d] - mean[d]) / Math.max(1e-12, 1 - squares);
        for (int e = 0; e < dimension; e++) {
          covariance[d][e] += weighted * (particles[i][e] - mean[e]);
        }
      }
    }
    return covariance;
  }

  /** A diagonal of the variances of uniform noise over the range of the particles. */
  private static double[][] ofRange(double[][] particles, double[] weights) {
    int dimension = particles[0].length;
    double[][] covariance = new double[dimension][dimension];
    for (int d = 0; d < dimension; d++) {
      double least = Double.POSITIVE_INFINITY;
      double greatest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < particles.length; i++) {
        if (weights[i] > 0) {
          least = Math.min(least, particles[i][d]);
          greatest = Math.max(greatest, particles[i][d]);
        }
      }
      covariance[d][d] = (greatest - least) * (greatest - least) / 12;
    }
    return covariance;
  }
}
