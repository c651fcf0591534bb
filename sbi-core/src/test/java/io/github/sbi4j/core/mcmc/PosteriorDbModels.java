package io.github.sbi4j.core.mcmc;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Log densities of posteriordb's models, up to constants. Positive values v are given as log v,
 * with the log-determinant added.
 */
final class PosteriorDbModels {
  private PosteriorDbModels() {}

  /** z_1 ... z_J, mu, log tau. */
  static DifferentiableLogDensity eightSchools(double[] y, double[] sigma) {
    int j = y.length;
    return DifferentiableLogDensity.of(
        j + 2,
        (q, g) -> {
          double mu = q[j];
          double tau = Math.exp(q[j + 1]);
          double sum = -0.5 * mu * mu / 25 - Math.log1p(tau * tau / 25) + q[j + 1];
          g[j] = -mu / 25;
          g[j + 1] = 1 - 2 * tau * tau / (25 + tau * tau);
          for (int i = 0; i < j; i++) {
            double residual = (y[i] - mu - tau * q[i]) / sigma[i];
            sum += -0.5 * q[i] * q[i] - 0.5 * residual * residual;
            double slope = residual / sigma[i];
            g[i] = -q[i] + slope * tau;
            g[j] += slope;
            g[j + 1] += slope * tau * q[i];
          }
          return sum;
        });
  }

  /**
   * A linear regression: alpha, beta, log sigma; normal priors, or flat ones where sd is infinite.
   */
  static DifferentiableLogDensity regression(
      double[] x, double[] y, double[] mean, double[] sd, double sigmaScale) {
    return DifferentiableLogDensity.of(
        3,
        (q, g) -> {
          double sigma = Math.exp(q[2]);
          // A half-Cauchy prior, flat if its scale is infinite.
          double ratio = sigma / sigmaScale;
          double sum = q[2] - Math.log1p(ratio * ratio) - y.length * q[2];
          g[2] = 1 - 2 * ratio * ratio / (1 + ratio * ratio) - y.length;
          for (int k = 0; k < 2; k++) {
            double score = (q[k] - mean[k]) / sd[k];
            sum -= 0.5 * score * score;
            g[k] = -score / sd[k];
          }
          for (int i = 0; i < y.length; i++) {
            double residual = (y[i] - q[0] - q[1] * x[i]) / sigma;
            sum -= 0.5 * residual * residual;
            g[0] += residual / sigma;
            g[1] += residual / sigma * x[i];
            g[2] += residual * residual;
          }
          return sum;
        });
  }

  /** log rho, log alpha, log sigma of a Gaussian process with a squared exponential kernel. */
  static DifferentiableLogDensity gaussianProcess(double[] x, double[] y) {
    int n = x.length;
    return DifferentiableLogDensity.of(
        3,
        (q, g) -> {
          double rho = Math.exp(q[0]);
          double alpha = Math.exp(q[1]);
          double sigma = Math.exp(q[2]);
          DMatrixRMaj covariance = new DMatrixRMaj(n, n);
          DMatrixRMaj byLogRho = new DMatrixRMaj(n, n);
          DMatrixRMaj byLogAlpha = new DMatrixRMaj(n, n);
          for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
              double distance = (x[i] - x[k]) * (x[i] - x[k]) / (rho * rho);
              double value = alpha * alpha * Math.exp(-0.5 * distance);
              covariance.set(i, k, value + (i == k ? sigma : 0));
              byLogRho.set(i, k, value * distance);
              byLogAlpha.set(i, k, 2 * value);
            }
          }
          DMatrixRMaj inverse = new DMatrixRMaj(n, n);
          double determinant = CommonOps_DDRM.det(covariance);
          CommonOps_DDRM.invert(covariance, inverse);
          DMatrixRMaj weights = new DMatrixRMaj(n, 1);
          CommonOps_DDRM.mult(inverse, DMatrixRMaj.wrap(n, 1, y.clone()), weights);
          double sum = -0.5 * CommonOps_DDRM.dot(weights, DMatrixRMaj.wrap(n, 1, y.clone()));
          sum -= 0.5 * Math.log(determinant);
          // (w^T K' w - tr(K^-1 K')) / 2
          for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
              double factor = 0.5 * (weights.get(i) * weights.get(k) - inverse.get(i, k));
              g[0] += factor * byLogRho.get(i, k);
              g[1] += factor * byLogAlpha.get(i, k);
              g[2] += i == k ? factor * sigma : 0;
            }
          }
          g[0] += 25 - 4 * rho;
          g[1] += 1 - alpha * alpha / 4;
          g[2] += 1 - sigma * sigma;
          return sum
              + (25 * q[0] - 4 * rho)
              + (q[1] - alpha * alpha / 8)
              + (q[2] - sigma * sigma / 2);
        });
  }

  /** mu_1, log(mu_2 - mu_1), log sigma_1, log sigma_2, logit theta of a mixture of two normals. */
  static DifferentiableLogDensity mixture(double[] y) {
    return DifferentiableLogDensity.of(
        5,
        (q, g) -> {
          double gap = Math.exp(q[1]);
          double[] mu = {q[0], q[0] + gap};
          double[] sigma = {Math.exp(q[2]), Math.exp(q[3])};
          double theta = 1 / (1 + Math.exp(-q[4]));
          double[] byMu = {-mu[0] / 4, -mu[1] / 4};
          double[] byLogSigma = {1 - sigma[0] * sigma[0] / 4, 1 - sigma[1] * sigma[1] / 4};
          // Beta(5, 5) and the log-determinant theta (1 - theta).
          double sum = 5 * Math.log(theta) + 5 * Math.log1p(-theta) + q[1] + q[2] + q[3];
          double byLogit = 5 - 10 * theta;
          for (int k = 0; k < 2; k++) {
            sum -= (mu[k] * mu[k] + sigma[k] * sigma[k]) / 8;
          }
          for (double value : y) {
            double first = (value - mu[0]) / sigma[0];
            double second = (value - mu[1]) / sigma[1];
            double a = Math.log(theta) - q[2] - 0.5 * first * first;
            double b = Math.log1p(-theta) - q[3] - 0.5 * second * second;
            double total = Subtree.logSum(a, b);
            double share = Math.exp(a - total);
            sum += total;
            byLogit += share - theta;
            byMu[0] += share * first / sigma[0];
            byMu[1] += (1 - share) * second / sigma[1];
            byLogSigma[0] += share * (first * first - 1);
            byLogSigma[1] += (1 - share) * (second * second - 1);
          }
          g[0] = byMu[0] + byMu[1];
          g[1] = byMu[1] * gap + 1;
          g[2] = byLogSigma[0];
          g[3] = byLogSigma[1];
          g[4] = byLogit;
          return sum;
        });
  }
}
