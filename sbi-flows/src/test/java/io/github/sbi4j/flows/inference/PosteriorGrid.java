package io.github.sbi4j.flows.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.flows.potential.Potential;

/** Means and standard deviations of two parameters, summed over a grid of a potential. */
record PosteriorGrid(double[] mean, double[] sd) {
  private static final int SIDE = 80;

  /** Six standard deviations to each side of the exact posterior's mean. */
  static PosteriorGrid of(Potential potential, MultivariateNormal exact) {
    double[] centre = exact.mean();
    double[] variance = exact.variance();
    double[][] points = new double[SIDE * SIDE][2];
    for (int i = 0; i < points.length; i++) {
      int[] place = {i / SIDE, i % SIDE};
      for (int d = 0; d < 2; d++) {
        double z = -6 + 12 * (place[d] + 0.5) / SIDE;
        points[i][d] = centre[d] + z * Math.sqrt(variance[d]);
      }
    }
    double[] logs = potential.logProb(points);
    double max = Double.NEGATIVE_INFINITY;
    for (double log : logs) {
      max = Math.max(max, log);
    }
    double total = 0;
    double[] first = new double[2];
    double[] second = new double[2];
    for (int i = 0; i < points.length; i++) {
      double weight = Math.exp(logs[i] - max);
      total += weight;
      for (int d = 0; d < 2; d++) {
        first[d] += weight * points[i][d];
        second[d] += weight * points[i][d] * points[i][d];
      }
    }
    double[] sd = new double[2];
    for (int d = 0; d < 2; d++) {
      first[d] /= total;
      sd[d] = Math.sqrt(second[d] / total - first[d] * first[d]);
    }
    return new PosteriorGrid(first, sd);
  }

  /** Within a share of the exact standard deviation each, as for three seeds at 2000 rows. */
  void assertCloseTo(MultivariateNormal exact, double meanShare, double sdShare) {
    for (int d = 0; d < 2; d++) {
      double exactSd = Math.sqrt(exact.variance()[d]);
      assertThat(mean[d]).isCloseTo(exact.mean()[d], within(meanShare * exactSd));
      assertThat(sd[d] / exactSd).isCloseTo(1, within(sdShare));
    }
  }
}
