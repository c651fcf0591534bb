package io.github.sbi4j.analysis.diagnostic;

import io.github.sbi4j.core.sample.Samples;
import java.util.Arrays;

/**
 * What the classifier of a local test sees: parameters beside the observation they belong to, both
 * standardised.
 *
 * <p>Parameters are standardised by the mean and covariance of further posterior draws at their
 * observation. It is a change of variables given x, under which two equal distributions stay equal;
 * but a posterior of the wrong spread or place then differs in the same way at all observations,
 * which the classifier learns from far fewer pairs.
 */
final class LocalFeatures {
  private final double[] location;
  private final double[] scale;
  private final double[] parameterLocation;
  private final double[] parameterScale;

  private LocalFeatures(Samples parameters, Samples observations) {
    this.location = observations.mean();
    this.scale = scale(observations);
    this.parameterLocation = parameters.mean();
    this.parameterScale = scale(parameters);
  }

  /** Takes the scales of parameters and observations, N x D and N x L. */
  static LocalFeatures of(Samples parameters, Samples observations) {
    return new LocalFeatures(parameters, observations);
  }

  /** Columns that never change are shifted only. */
  private static double[] scale(Samples samples) {
    return Arrays.stream(samples.sd()).map(sd -> sd > 0 ? sd : 1).toArray();
  }

  /**
   * The features of parameters at one observation, M x (D + L).
   *
   * @param parameters M x D
   * @param draws further posterior draws at the observation, which give place and scale; none for
   *     those of all parameters
   * @param observation L values
   */
  double[][] rows(double[][] parameters, double[][] draws, double[] observation) {
    int dimension = parameterLocation.length;
    double[] mean = parameterLocation;
    double[][] factor = diagonal(parameterScale);
    if (draws.length > 0) {
      mean = mean(draws, dimension);
      factor = factor(draws, mean);
    }
    double[][] rows = new double[parameters.length][];
    for (int i = 0; i < rows.length; i++) {
      double[] row = new double[dimension + observation.length];
      whiten(parameters[i], mean, factor, row);
      for (int j = 0; j < observation.length; j++) {
        row[dimension + j] = (observation[j] - location[j]) / scale[j];
      }
      rows[i] = row;
    }
    return rows;
  }

  private static double[][] diagonal(double[] values) {
    double[][] matrix = new double[values.length][values.length];
    for (int d = 0; d < values.length; d++) {
      matrix[d][d] = values[d];
    }
    return matrix;
  }

  private static double[] mean(double[][] draws, int dimension) {
    double[] mean = new double[dimension];
    for (double[] draw : draws) {
      for (int d = 0; d < dimension; d++) {
        mean[d] += draw[d] / draws.length;
      }
    }
    return mean;
  }

  /** The Cholesky factor of the covariance, its diagonal raised where draws are few. */
  private double[][] factor(double[][] draws, double[] mean) {
    int dimension = mean.length;
    double[][] l = new double[dimension][dimension];
    for (double[] draw : draws) {
      for (int i = 0; i < dimension; i++) {
        for (int j = 0; j <= i; j++) {
          l[i][j] += (draw[i] - mean[i]) * (draw[j] - mean[j]) / (draws.length - 1);
        }
      }
    }
    for (int i = 0; i < dimension; i++) {
      double smallest = 1e-12 * parameterScale[i] * parameterScale[i];
      l[i][i] = Math.max(l[i][i] * (1 + (double) dimension / draws.length), smallest);
      for (int j = 0; j <= i; j++) {
        double sum = l[i][j];
        for (int k = 0; k < j; k++) {
          sum -= l[i][k] * l[j][k];
        }
        l[i][j] = i == j ? Math.sqrt(Math.max(sum, smallest)) : sum / l[j][j];
      }
    }
    return l;
  }

  /** Solves L z = parameters - mean. */
  private static void whiten(double[] parameters, double[] mean, double[][] l, double[] z) {
    for (int i = 0; i < mean.length; i++) {
      double sum = parameters[i] - mean[i];
      for (int k = 0; k < i; k++) {
        sum -= l[i][k] * z[k];
      }
      z[i] = sum / l[i][i];
    }
  }
}
