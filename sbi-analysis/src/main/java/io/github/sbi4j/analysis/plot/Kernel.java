package io.github.sbi4j.analysis.plot;

/**
 * The covariance of a Gaussian smoothing kernel in two dimensions.
 *
 * @param xx the variance along the first axis
 * @param xy the covariance
 * @param yy the variance along the second axis
 */
record Kernel(double xx, double xy, double yy) {
  private static final double FAINT = 0.2;

  /** The kernel for the values; singular where a column is constant or both depend linearly. */
  static Kernel of(double[] x, double[] y) {
    int n = x.length;
    double meanX = mean(x);
    double meanY = mean(y);
    double varX = 0;
    double varY = 0;
    double cov = 0;
    for (int i = 0; i < n; i++) {
      varX += (x[i] - meanX) * (x[i] - meanX) / n;
      varY += (y[i] - meanY) * (y[i] - meanY) / n;
      cov += (x[i] - meanX) * (y[i] - meanY) / n;
    }
    // Cholesky factor [[a, 0], [b, c]] of the covariance.
    double a = Math.sqrt(varX);
    // A faint correlation is left alone: turning the axes would blur bounds along them.
    double b = cov * cov > FAINT * FAINT * varX * varY ? cov / a : 0;
    double c = Math.sqrt(Math.max(0, varY - b * b));
    double[] first = new double[n];
    double[] second = new double[n];
    for (int i = 0; i < n; i++) {
      first[i] = a > 0 ? (x[i] - meanX) / a : 0;
      second[i] = c > 0 ? (y[i] - meanY - b * first[i]) / c : 0;
    }
    // From the rate N^(-1/5) of one dimension to N^(-1/6) of two.
    double rate = Math.pow(n, 1.0 / 5 - 1.0 / 6);
    double h1 = rate * Bandwidth.of(first);
    double h2 = rate * Bandwidth.of(second);
    return new Kernel(a * a * h1 * h1, a * b * h1 * h1, b * b * h1 * h1 + c * c * h2 * h2);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** The kernel's standard deviation along the first axis with the second held. */
  double narrowX() {
    return Math.sqrt(Math.max(0, xx - (yy > 0 ? xy * xy / yy : 0)));
  }

  /** The kernel's standard deviation along the second axis with the first held. */
  double narrowY() {
    return Math.sqrt(Math.max(0, yy - (xx > 0 ? xy * xy / xx : 0)));
  }
}
