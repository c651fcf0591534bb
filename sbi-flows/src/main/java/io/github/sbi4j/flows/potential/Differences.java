package io.github.sbi4j.flows.potential;

import java.util.Arrays;

/** Central differences of potentials that come without a gradient, all in one call. */
final class Differences {
  /** The cube root of double's resolution, where rounding and curvature cost equally little. */
  private static final double STEP = 6e-6;

  private Differences() {}

  static void logProbGradient(
      Potential potential, double[][] points, double[][] gradients, double[] values) {
    potential.logProb(points, values);
    int dimension = potential.dimension();
    double[] lower = potential.prior().support().lower();
    double[] upper = potential.prior().support().upper();
    double[][] moved = new double[2 * dimension * points.length][];
    for (int i = 0, at = 0; i < points.length; i++) {
      for (int d = 0; d < dimension; d++) {
        // Near a bound the steps shrink with the distance, so that both ends stay inside.
        double value = points[i][d];
        double toBound = Math.min(value - lower[d], upper[d] - value);
        double step = STEP * Math.min(Math.max(1, Math.abs(value)), toBound);
        for (double by : new double[] {step, -step}) {
          moved[at] = points[i].clone();
          moved[at++][d] += by;
        }
      }
    }
    double[] logs = potential.logProb(moved);
    for (int i = 0, at = 0; i < points.length; i++) {
      Arrays.fill(gradients[i], 0);
      for (int d = 0; d < dimension; d++, at += 2) {
        if (values[i] > Double.NEGATIVE_INFINITY) {
          gradients[i][d] = (logs[at] - logs[at + 1]) / (moved[at][d] - moved[at + 1][d]);
        }
      }
    }
  }
}
