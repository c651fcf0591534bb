package io.github.sbi4j.analysis.sensitivity;

import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.flows.posterior.Posterior;

/** Central differences of a posterior's log-density, all in one call. */
final class SampleDifferences {
  /**
   * In standard deviations: networks compute in single precision, of which shorter steps would show
   * the rounding.
   */
  private static final double STEP = 0.01;

  private SampleDifferences() {}

  /**
   * The gradients at N points.
   *
   * @param posterior the posterior
   * @param points N x D
   * @param sd the standard deviation of each parameter, D values
   * @return N x D; not finite where there is no density
   */
  static double[][] gradients(Posterior posterior, double[][] points, double[] sd) {
    Support support = posterior.prior().support();
    double[] lower = support.lower();
    double[] upper = support.upper();
    int dimension = sd.length;
    double[][] moved = new double[2 * dimension * points.length][];
    for (int i = 0, at = 0; i < points.length; i++) {
      for (int d = 0; d < dimension; d++) {
        // Near a bound steps shrink, so that both ends stay inside.
        double value = points[i][d];
        double toBound = 0.5 * Math.min(value - lower[d], upper[d] - value);
        double step = Math.min(STEP * sd[d], toBound);
        for (double by : new double[] {step, -step}) {
          moved[at] = points[i].clone();
          moved[at++][d] += by;
        }
      }
    }
    double[] logs = posterior.logProb(moved);
    double[][] gradients = new double[points.length][dimension];
    for (int i = 0, at = 0; i < points.length; i++) {
      for (int d = 0; d < dimension; d++, at += 2) {
        gradients[i][d] = (logs[at] - logs[at + 1]) / (moved[at][d] - moved[at + 1][d]);
      }
    }
    return gradients;
  }
}
