package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.core.random.RandomStreams;
import java.util.random.RandomGenerator;

/**
 * Two correlated observations of two parameters with a standard normal prior, everything in closed
 * form: x = A theta + b + noise.
 */
final class GaussianModel {
  static final double[][] SLOPES = {{1.5, 0.4}, {-0.3, 0.8}};
  static final double[] INTERCEPT = {2, -1};
  static final double[][] NOISE = {{0.25, 0.15}, {0.15, 0.4}};

  private GaussianModel() {}

  static Distribution prior() {
    return MultivariateNormal.of(new double[2], new double[][] {{1, 0}, {0, 1}})
        .named("first", "second");
  }

  static double[][] parameters(int rows, long seed) {
    return prior().sample(rows, seed).toArray();
  }

  static double[][] observations(double[][] parameters, long seed) {
    double[][] x = new double[parameters.length][];
    for (int i = 0; i < x.length; i++) {
      x[i] = given(parameters[i]).sample(RandomStreams.of(seed, i));
    }
    return x;
  }

  static double[][] trials(double[] theta, int count, long seed) {
    RandomGenerator random = RandomStreams.of(seed, 0);
    double[][] x = new double[count][];
    for (int i = 0; i < count; i++) {
      x[i] = given(theta).sample(random);
    }
    return x;
  }

  /** p(x | theta). */
  static MultivariateNormal given(double[] theta) {
    double[] mean = INTERCEPT.clone();
    for (int i = 0; i < 2; i++) {
      mean[i] += SLOPES[i][0] * theta[0] + SLOPES[i][1] * theta[1];
    }
    return MultivariateNormal.of(mean, NOISE);
  }

  /** p(x). */
  static MultivariateNormal marginal() {
    double[][] covariance = new double[2][2];
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) {
        covariance[i][j] = NOISE[i][j] + SLOPES[i][0] * SLOPES[j][0] + SLOPES[i][1] * SLOPES[j][1];
      }
    }
    return MultivariateNormal.of(INTERCEPT, covariance);
  }

  /** log p(x | theta) - log p(x). */
  static double logRatio(double[] theta, double[] x) {
    return given(theta).logProb(x) - marginal().logProb(x);
  }

  /** p(theta | x_1, ..., x_M). */
  static MultivariateNormal posterior(double[][] trials) {
    double[][] noisePrecision = inverse(NOISE);
    double[][] precision = {{1, 0}, {0, 1}};
    double[] pull = new double[2];
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) {
        for (int k = 0; k < 2; k++) {
          double weighted = SLOPES[k][i] * noisePrecision[k][j];
          for (double[] x : trials) {
            pull[i] += weighted * (x[j] - INTERCEPT[j]);
          }
        }
      }
    }
    for (int i = 0; i < 2; i++) {
      for (int l = 0; l < 2; l++) {
        for (int j = 0; j < 2; j++) {
          for (int k = 0; k < 2; k++) {
            precision[i][l] += trials.length * SLOPES[k][i] * noisePrecision[k][j] * SLOPES[j][l];
          }
        }
      }
    }
    double[][] covariance = inverse(precision);
    double[] mean = new double[2];
    for (int i = 0; i < 2; i++) {
      mean[i] = covariance[i][0] * pull[0] + covariance[i][1] * pull[1];
    }
    return MultivariateNormal.of(mean, covariance);
  }

  private static double[][] inverse(double[][] m) {
    double determinant = m[0][0] * m[1][1] - m[0][1] * m[1][0];
    return new double[][] {
      {m[1][1] / determinant, -m[0][1] / determinant},
      {-m[1][0] / determinant, m[0][0] / determinant}
    };
  }
}
