package io.github.sbi4j.flows.potential;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Support;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Some of D parameters held at given values; F of them stay free. */
final class FixedParameters {
  private final double[] values;
  private final int[] free;
  private final Distribution prior;

  private FixedParameters(double[] values, int[] free, Distribution prior) {
    this.values = values;
    this.free = free;
    this.prior = prior;
  }

  /**
   * Some parameters held fixed.
   *
   * @param prior the prior of all D parameters
   * @param fixed values by name, inside the prior's support
   */
  static FixedParameters of(Distribution prior, Map<String, Double> fixed) {
    List<String> names = prior.names();
    Support support = prior.support();
    double[] lower = support.lower();
    double[] upper = support.upper();
    if (fixed.isEmpty()) {
      throw new IllegalArgumentException(
          "no parameter given to fix, expected at least one of " + names);
    }
    double[] values = new double[names.size()];
    Arrays.fill(values, Double.NaN);
    fixed.forEach(
        (name, value) -> {
          int d = names.indexOf(name);
          if (d < 0) {
            throw new IllegalArgumentException(
                "there is no parameter " + name + " to fix, expected one of " + names);
          }
          if (!(value > lower[d] && value < upper[d])) {
            throw new IllegalArgumentException(
                name
                    + " cannot be fixed at "
                    + value
                    + ", expected a value inside the prior's support ("
                    + lower[d]
                    + ", "
                    + upper[d]
                    + ")");
          }
          values[d] = value;
        });
    int[] free = IntStream.range(0, values.length).filter(d -> Double.isNaN(values[d])).toArray();
    if (free.length == 0) {
      throw new IllegalArgumentException(
          "all parameters "
              + names
              + " are fixed, expected at least one to stay free; logProb gives the density at a point");
    }
    return new FixedParameters(values, free, ConditionalPrior.of(prior, values));
  }

  /** The prior of the free parameters. */
  Distribution prior() {
    return prior;
  }

  /** All parameters of rows of free ones, N x F to N x D. */
  double[][] complete(double[][] points) {
    double[][] rows = new double[points.length][];
    for (int i = 0; i < rows.length; i++) {
      if (points[i].length != free.length) {
        throw new IllegalArgumentException(
            "point "
                + i
                + " has "
                + points[i].length
                + " values, but "
                + free.length
                + " parameters are free: "
                + prior.names());
      }
      rows[i] = values.clone();
      for (int f = 0; f < free.length; f++) {
        rows[i][free[f]] = points[i][f];
      }
    }
    return rows;
  }

  /** The values of the free parameters among all, D to F. */
  void selectFree(double[] all, double[] result) {
    for (int f = 0; f < free.length; f++) {
      result[f] = all[free[f]];
    }
  }
}
