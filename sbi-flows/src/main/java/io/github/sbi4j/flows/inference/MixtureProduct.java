package io.github.sbi4j.flows.inference;

import java.util.Arrays;

/**
 * The log of Z = integral of q p~ / p, q being the Gaussian mixture that a network gives, p~ one of
 * a proposal and p a Gaussian, with its gradient in the network's outputs.
 *
 * <p>Z = sum<sub>kl</sub> w<sub>k</sub> v<sub>l</sub> Z<sub>kl</sub>; with the precision P =
 * P<sub>k</sub> + P<sub>l</sub> - P<sub>0</sub> and eta = P<sub>k</sub> m<sub>k</sub> +
 * P<sub>l</sub> m<sub>l</sub> - P<sub>0</sub> m<sub>0</sub>, log Z<sub>kl</sub> is half of log
 * |P<sub>k</sub> P<sub>l</sub> P<sub>0</sub><sup>-1</sup> P<sup>-1</sup>| + eta' P<sup>-1</sup> eta
 * - m<sub>k</sub>' P<sub>k</sub> m<sub>k</sub> - m<sub>l</sub>' P<sub>l</sub> m<sub>l</sub> +
 * m<sub>0</sub>' P<sub>0</sub> m<sub>0</sub>. Not thread-safe.
 */
final class MixtureProduct {
  private final int d;
  private final int components;
  private final double[] logWeights;
  private final double[][] means;
  private final double[][] factors;
  private final double[][] precisions;
  private final double[] halfLogDeterminants;
  private final double[] p;
  private final double[] inverse;
  private final double[] eta;
  private final double[] mode;

  MixtureProduct(int dimension, int components) {
    this.d = dimension;
    this.components = components;
    this.logWeights = new double[components];
    this.means = new double[components][d];
    this.factors = new double[components][d * d];
    this.precisions = new double[components][d * d];
    this.halfLogDeterminants = new double[components];
    this.p = new double[d * d];
    this.inverse = new double[d * d];
    this.eta = new double[d];
    this.mode = new double[d];
  }

  /**
   * Computes log Z and adds nothing to a gradient that there was.
   *
   * @param outputs what the network gives for some rows, row after row
   * @param at where the row begins
   * @param proposal p~, its means not yet shifted
   * @param prior p, a single Gaussian likewise
   * @param shift what is subtracted from the means of both, D values
   * @param gradient receives d log Z / d outputs, from {@code at} on
   * @return log Z; NaN if a product has no normaliser
   */
  double logNormalizer(
      float[] outputs,
      int at,
      Gaussians proposal,
      Gaussians prior,
      double[] shift,
      float[] gradient) {
    read(outputs, at);
    int pairs = components * proposal.components();
    double[] logs = new double[pairs];
    double[][] modes = new double[pairs][];
    double[][] inverses = new double[pairs][];
    for (int k = 0; k < components; k++) {
      for (int l = 0; l < proposal.components(); l++) {
        int pair = k * proposal.components() + l;
        double log = pair(k, l, proposal, prior, shift);
        if (Double.isNaN(log)) {
          return Double.NaN;
        }
        logs[pair] = logWeights[k] + proposal.logWeights()[l] + log;
        modes[pair] = mode.clone();
        inverses[pair] = inverse.clone();
      }
    }
    double max = Arrays.stream(logs).max().orElseThrow();
    double sum = Arrays.stream(logs).map(log -> Math.exp(log - max)).sum();
    double logZ = max + Math.log(sum);
    for (int k = 0; k < components; k++) {
      pullBack(k, proposal.components(), logs, logZ, modes, inverses, gradient, at);
    }
    return logZ;
  }

  /** Takes in what the network gives for a row. */
  void read(float[] outputs, int at) {
    double max = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < components; k++) {
      max = Math.max(max, outputs[at + k]);
    }
    double sum = 0;
    for (int k = 0; k < components; k++) {
      sum += Math.exp(outputs[at + k] - max);
    }
    int upper = at + components * (1 + 2 * d);
    for (int k = 0; k < components; k++) {
      logWeights[k] = outputs[at + k] - max - Math.log(sum);
      halfLogDeterminants[k] = 0;
      for (int i = 0; i < d; i++) {
        means[k][i] = outputs[at + components + k * d + i];
        double log = outputs[at + components * (1 + d) + k * d + i];
        halfLogDeterminants[k] += log;
        factors[k][i * d + i] = Math.exp(log);
        for (int j = i + 1; j < d; j++) {
          factors[k][i * d + j] = outputs[upper++];
        }
      }
      multiplyTransposed(factors[k], precisions[k]);
    }
  }

  /** The mixture that was read. */
  Gaussians mixture() {
    return new Gaussians(
        logWeights.clone(),
        Arrays.stream(means).map(double[]::clone).toArray(double[][]::new),
        Arrays.stream(precisions).map(double[]::clone).toArray(double[][]::new),
        halfLogDeterminants.clone());
  }

  /** U' U for an upper triangular U. */
  private void multiplyTransposed(double[] u, double[] result) {
    for (int i = 0; i < d; i++) {
      for (int j = i; j < d; j++) {
        double sum = 0;
        for (int m = 0; m <= i; m++) {
          sum += u[m * d + i] * u[m * d + j];
        }
        result[i * d + j] = sum;
        result[j * d + i] = sum;
      }
    }
  }

  /** log Z of two components; leaves the mode and the inverse of the precision of their product. */
  private double pair(int k, int l, Gaussians proposal, Gaussians prior, double[] shift) {
    double[] pk = precisions[k];
    double[] pl = proposal.precisions()[l];
    double[] p0 = prior.precisions()[0];
    double constants = 0;
    for (int i = 0; i < d; i++) {
      double byK = 0;
      double byL = 0;
      double by0 = 0;
      for (int j = 0; j < d; j++) {
        byK += pk[i * d + j] * means[k][j];
        byL += pl[i * d + j] * (proposal.means()[l][j] - shift[j]);
        by0 += p0[i * d + j] * (prior.means()[0][j] - shift[j]);
        p[i * d + j] = pk[i * d + j] + pl[i * d + j] - p0[i * d + j];
      }
      eta[i] = byK + byL - by0;
      constants +=
          means[k][i] * byK
              + (proposal.means()[l][i] - shift[i]) * byL
              - (prior.means()[0][i] - shift[i]) * by0;
    }
    double halfLogDeterminant = invert();
    if (Double.isNaN(halfLogDeterminant)) {
      return Double.NaN;
    }
    double quadratic = 0;
    for (int i = 0; i < d; i++) {
      mode[i] = 0;
      for (int j = 0; j < d; j++) {
        mode[i] += inverse[i * d + j] * eta[j];
      }
      quadratic += mode[i] * eta[i];
    }
    return halfLogDeterminants[k]
        + proposal.halfLogDeterminants()[l]
        - prior.halfLogDeterminants()[0]
        - halfLogDeterminant
        + 0.5 * (quadratic - constants);
  }

  /** The inverse of p by its Cholesky factor, and half its log-determinant; NaN if it has none. */
  private double invert() {
    double half = 0;
    for (int j = 0; j < d; j++) {
      for (int i = j; i < d; i++) {
        double sum = p[i * d + j];
        for (int m = 0; m < j; m++) {
          sum -= p[i * d + m] * p[j * d + m];
        }
        if (i > j) {
          p[i * d + j] = sum / p[j * d + j];
        } else if (sum > 0) {
          p[j * d + j] = Math.sqrt(sum);
          half += Math.log(p[j * d + j]);
        } else {
          return Double.NaN;
        }
      }
    }
    for (int c = 0; c < d; c++) {
      for (int i = 0; i < d; i++) {
        double sum = i == c ? 1 : 0;
        for (int m = 0; m < i; m++) {
          sum -= p[i * d + m] * inverse[m * d + c];
        }
        inverse[i * d + c] = sum / p[i * d + i];
      }
      for (int i = d - 1; i >= 0; i--) {
        double sum = inverse[i * d + c];
        for (int m = i + 1; m < d; m++) {
          sum -= p[m * d + i] * inverse[m * d + c];
        }
        inverse[i * d + c] = sum / p[i * d + i];
      }
    }
    return half;
  }

  /**
   * d log Z<sub>kl</sub> / d m<sub>k</sub> = P<sub>k</sub> (m - m<sub>k</sub>) with the mode m of
   * the product, and in P<sub>k</sub> half of P<sub>k</sub><sup>-1</sup> - P<sup>-1</sup> - (m -
   * m<sub>k</sub>)(m - m<sub>k</sub>)', which is 2 U G in U.
   */
  private void pullBack(
      int k,
      int others,
      double[] logs,
      double logZ,
      double[][] modes,
      double[][] inverses,
      float[] gradient,
      int at) {
    double share = 0;
    double[] shift = new double[d];
    double[] spread = new double[d * d];
    for (int l = 0; l < others; l++) {
      int pair = k * others + l;
      double weight = Math.exp(logs[pair] - logZ);
      share += weight;
      for (int i = 0; i < d; i++) {
        double off = modes[pair][i] - means[k][i];
        shift[i] += weight * off;
        for (int j = 0; j < d; j++) {
          double other = modes[pair][j] - means[k][j];
          spread[i * d + j] += weight * (inverses[pair][i * d + j] + off * other);
        }
      }
    }
    gradient[at + k] = (float) (share - Math.exp(logWeights[k]));
    int upper = at + components * (1 + 2 * d) + k * d * (d - 1) / 2;
    double[] u = factors[k];
    for (int i = 0; i < d; i++) {
      double ofMean = 0;
      for (int j = 0; j < d; j++) {
        ofMean += precisions[k][i * d + j] * shift[j];
      }
      gradient[at + components + k * d + i] = (float) ofMean;
      for (int j = i; j < d; j++) {
        double product = 0;
        for (int m = i; m < d; m++) {
          product += u[i * d + m] * spread[m * d + j];
        }
        if (j == i) {
          // U P_k^-1 is the inverse of U': one over the diagonal, and nothing above it.
          gradient[at + components * (1 + d) + k * d + i] =
              (float) (share - product * u[i * d + i]);
        } else {
          gradient[upper++] = (float) -product;
        }
      }
    }
  }
}
