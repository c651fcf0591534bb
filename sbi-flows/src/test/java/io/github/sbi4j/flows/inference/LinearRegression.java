package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.core.distribution.Uniform;
import io.github.sbi4j.core.simulation.ConditionalSimulator;
import io.github.sbi4j.core.simulation.Simulations;
import java.util.Random;

/** y = a + b c + noise for a known condition c; everything in closed form. */
final class LinearRegression {
  static final double NOISE = 0.5;
  static final Distribution PRIOR =
      MultivariateNormal.of(new double[2], new double[][] {{1, 0}, {0, 1}})
          .named("intercept", "slope");
  static final Distribution DESIGN = Uniform.of(-2, 2).named("dose");
  static final ConditionalSimulator SIMULATOR =
      (theta, c, random) ->
          new double[] {theta[0] + theta[1] * c[0] + NOISE * random.nextGaussian()};

  private LinearRegression() {}

  static Simulations simulations(int rows, long seed) {
    return Simulations.run(SIMULATOR, PRIOR, DESIGN, rows, seed);
  }

  static double[][] doses(int trials, long seed) {
    return DESIGN.sample(trials, seed).toArray();
  }

  static double[][] trials(double[] theta, double[][] doses, long seed) {
    Random random = new Random(seed);
    double[][] y = new double[doses.length][1];
    for (int m = 0; m < y.length; m++) {
      y[m][0] = theta[0] + theta[1] * doses[m][0] + NOISE * random.nextGaussian();
    }
    return y;
  }

  /** log p(y | theta, c). */
  static double logProb(double[] theta, double[] c, double[] y) {
    double z = (y[0] - theta[0] - theta[1] * c[0]) / NOISE;
    return -0.5 * z * z - Math.log(NOISE * Math.sqrt(2 * Math.PI));
  }

  /** The precision is that of the prior and of the design, the mean weighs their information. */
  static MultivariateNormal posterior(double[][] y, double[][] doses) {
    double[][] precision = {{1, 0}, {0, 1}};
    double[] information = new double[2];
    for (int m = 0; m < y.length; m++) {
      double[] row = {1, doses[m][0]};
      for (int i = 0; i < 2; i++) {
        information[i] += row[i] * y[m][0] / (NOISE * NOISE);
        for (int j = 0; j < 2; j++) {
          precision[i][j] += row[i] * row[j] / (NOISE * NOISE);
        }
      }
    }
    double det = precision[0][0] * precision[1][1] - precision[0][1] * precision[1][0];
    double[][] covariance = {
      {precision[1][1] / det, -precision[0][1] / det},
      {-precision[0][1] / det, precision[0][0] / det}
    };
    double[] mean = new double[2];
    for (int i = 0; i < 2; i++) {
      mean[i] = covariance[i][0] * information[0] + covariance[i][1] * information[1];
    }
    return MultivariateNormal.of(mean, covariance);
  }
}
