package io.github.sbi4j.analysis.conformance;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.MultivariateNormal;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** A mixture of normals in two dimensions; with normal noise on it the posterior is one too. */
record GaussianMixture(double[] weights, MultivariateNormal... components) implements Distribution {
  @Override
  public int dimension() {
    return 2;
  }

  @Override
  public double[] sample(RandomGenerator random) {
    double u = random.nextDouble() * Arrays.stream(weights).sum();
    int k = 0;
    while (k < weights.length - 1 && u >= weights[k]) {
      u -= weights[k++];
    }
    return components[k].sample(random);
  }

  @Override
  public double logProb(double[] value) {
    double density = 0;
    for (int k = 0; k < weights.length; k++) {
      density += weights[k] * Math.exp(components[k].logProb(value));
    }
    return Math.log(density / Arrays.stream(weights).sum());
  }

  /** The posterior of what this is the prior of, given itself plus normal noise, equal in both. */
  GaussianMixture given(double[] x, double noiseVariance) {
    double[] posteriorWeights = new double[weights.length];
    MultivariateNormal[] posteriors = new MultivariateNormal[weights.length];
    for (int k = 0; k < weights.length; k++) {
      double[] mean = components[k].mean();
      double[][] c = components[k].covariance();
      double[][] seen = {{c[0][0] + noiseVariance, c[0][1]}, {c[1][0], c[1][1] + noiseVariance}};
      double determinant = seen[0][0] * seen[1][1] - seen[0][1] * seen[1][0];
      double[][] inverse = {
        {seen[1][1] / determinant, -seen[0][1] / determinant},
        {-seen[1][0] / determinant, seen[0][0] / determinant}
      };
      double[][] gain = times(c, inverse);
      double[][] less = times(gain, c);
      double[] posteriorMean = new double[2];
      double[][] covariance = new double[2][2];
      for (int i = 0; i < 2; i++) {
        posteriorMean[i] = mean[i] + gain[i][0] * (x[0] - mean[0]) + gain[i][1] * (x[1] - mean[1]);
        for (int j = 0; j < 2; j++) {
          covariance[i][j] = c[i][j] - (less[i][j] + less[j][i]) / 2;
        }
      }
      posteriorWeights[k] = weights[k] * Math.exp(MultivariateNormal.of(mean, seen).logProb(x));
      posteriors[k] = MultivariateNormal.of(posteriorMean, covariance);
    }
    return new GaussianMixture(posteriorWeights, posteriors);
  }

  private static double[][] times(double[][] a, double[][] b) {
    double[][] product = new double[2][2];
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) {
        product[i][j] = a[i][0] * b[0][j] + a[i][1] * b[1][j];
      }
    }
    return product;
  }
}
