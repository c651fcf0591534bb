package io.github.sbi4j.flows.potential;

import io.github.sbi4j.core.distribution.Distribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The log of an unnormalised posterior over D parameters given M independent trials, log p(theta) +
 * sum<sub>m</sub> log p(x<sub>m</sub> | theta), or with log r(theta, x<sub>m</sub>) in place of the
 * likelihood.
 *
 * <p>Outside the prior's support it is -Infinity and no network is asked. It is never NaN: where a
 * network gives none it is -Infinity too. Immutable; may be used from many threads.
 */
public final class TrialPotential implements Potential {
  private final Distribution prior;
  private final TrialSum trials;

  /**
   * Puts together prior and likelihood.
   *
   * @param prior the prior over D parameters
   * @param trials the learned terms, summed over the M trials
   */
  public TrialPotential(Distribution prior, TrialSum trials) {
    this.prior = prior.checked();
    this.trials = trials;
  }

  @Override
  public Distribution prior() {
    return prior;
  }

  /** {@return the number of trials, M} */
  public int trials() {
    return trials.trials();
  }

  @Override
  public void logProb(double[][] points, double[] values) {
    Inside inside = inside(points, values);
    double[] sums = new double[inside.points.length];
    trials.logProb(inside.points, sums);
    inside.add(sums, values);
  }

  @Override
  public void logProbGradient(double[][] points, double[][] gradients, double[] values) {
    Inside inside = inside(points, values);
    double[] sums = new double[inside.points.length];
    double[][] slopes = new double[sums.length][dimension()];
    if (sums.length > 0) {
      trials.logProbGradient(inside.points, slopes, sums);
    }
    inside.add(sums, values);
    for (double[] gradient : gradients) {
      Arrays.fill(gradient, 0);
    }
    for (int i = 0; i < sums.length; i++) {
      int row = inside.rows.get(i);
      if (values[row] > Double.NEGATIVE_INFINITY) {
        double[] ofPrior = prior.logProbGradient(points[row]);
        for (int d = 0; d < ofPrior.length; d++) {
          gradients[row][d] = ofPrior[d] + slopes[i][d];
        }
      }
    }
  }

  /** The points of positive prior density and where they are among all. */
  private record Inside(List<Integer> rows, double[][] points) {
    void add(double[] sums, double[] values) {
      for (int i = 0; i < sums.length; i++) {
        double sum = values[rows.get(i)] + sums[i];
        values[rows.get(i)] = Double.isNaN(sum) ? Double.NEGATIVE_INFINITY : sum;
      }
    }
  }

  /** Writes the prior's log-density of all points. */
  private Inside inside(double[][] points, double[] values) {
    List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < points.length; i++) {
      if (points[i].length != dimension()) {
        throw new IllegalArgumentException(
            "point "
                + i
                + " has "
                + points[i].length
                + " values, but there are "
                + dimension()
                + " parameters: "
                + prior.names());
      }
      values[i] = prior.logProb(points[i]);
      if (values[i] > Double.NEGATIVE_INFINITY) {
        rows.add(i);
      }
    }
    return new Inside(rows, rows.stream().map(i -> points[i]).toArray(double[][]::new));
  }
}
