package io.github.sbi4j.core.distribution;

/** Central differences of log-densities that come without a gradient. */
final class Differences {
  /** The cube root of double's resolution, where rounding and curvature cost equally little. */
  private static final double STEP = 6e-6;

  private Differences() {}

  static double[] logProbGradient(Distribution distribution, double[] value) {
    Support support = distribution.support();
    Checks.inside(support, value);
    double[] gradient = new double[value.length];
    double[] moved = value.clone();
    for (int d = 0; d < value.length; d++) {
      // Near a bound the steps shrink with the distance, so that both ends stay inside.
      double toBound = Math.min(value[d] - support.lower(d), support.upper(d) - value[d]);
      double step = STEP * Math.min(Math.max(1, Math.abs(value[d])), toBound);
      moved[d] = value[d] + step;
      double up = moved[d];
      double above = distribution.logProb(moved);
      moved[d] = value[d] - step;
      gradient[d] = (above - distribution.logProb(moved)) / (up - moved[d]);
      moved[d] = value[d];
    }
    return gradient;
  }
}
