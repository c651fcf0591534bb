package io.github.sbi4j.core.abc;

import io.github.sbi4j.core.sample.Samples;
import java.util.Arrays;

/** Powers of standardised values: u, u^2, ... for each, with u = (x - mean) / sd. */
record PolynomialFeatures(double[] mean, double[] sd, int degree) {
  static PolynomialFeatures of(Samples observations, int degree) {
    double[] sd = observations.sd();
    Arrays.setAll(sd, l -> sd[l] > 0 ? sd[l] : 1);
    return new PolynomialFeatures(observations.mean(), sd, degree);
  }

  double[] of(double[] x) {
    double[] result = new double[x.length * degree];
    for (int l = 0, k = 0; l < x.length; l++) {
      double u = (x[l] - mean[l]) / sd[l];
      double power = 1;
      for (int n = 0; n < degree; n++) {
        power *= u;
        result[k++] = power;
      }
    }
    return result;
  }

  double[][] of(double[][] rows) {
    return Arrays.stream(rows).map(this::of).toArray(double[][]::new);
  }
}
