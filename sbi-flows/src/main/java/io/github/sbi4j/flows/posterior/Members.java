package io.github.sbi4j.flows.posterior;

import io.github.sbi4j.core.distribution.Distribution;
import java.util.Arrays;
import java.util.List;

/** What ensembles share: members over the same parameters, weights, and mixtures of densities. */
final class Members {
  private Members() {}

  /**
   * Refuses members with different parameters.
   *
   * @param priors the prior of each member
   * @throws IllegalArgumentException if there is none, or one has other names or another support
   *     than the first
   */
  static void requireAlike(List<? extends Distribution> priors) {
    if (priors.isEmpty()) {
      throw new IllegalArgumentException("no members given, expected at least one");
    }
    Distribution first = priors.get(0);
    for (int k = 1; k < priors.size(); k++) {
      Distribution other = priors.get(k);
      if (!other.names().equals(first.names()) || !other.support().equals(first.support())) {
        throw new IllegalArgumentException(
            "member "
                + k
                + " has the parameters "
                + other.names()
                + " on "
                + other.support()
                + ", but member 0 has "
                + first.names()
                + " on "
                + first.support()
                + "; members have to be over the same parameters");
      }
    }
  }

  /** K weights of 1 / K. */
  static double[] equalWeights(int count) {
    double[] weights = new double[count];
    Arrays.fill(weights, 1.0 / count);
    return weights;
  }

  /**
   * Weights with the sum one.
   *
   * @param weights one a member
   * @param count the number of members, K
   * @return the weights divided by their sum
   * @throws IllegalArgumentException if there are not K of them, one is negative or not finite, or
   *     all are zero
   */
  static double[] normalised(double[] weights, int count) {
    double sum = Arrays.stream(weights).sum();
    boolean valid = weights.length == count && sum > 0 && Double.isFinite(sum);
    if (!valid || Arrays.stream(weights).anyMatch(w -> w < 0)) {
      throw new IllegalArgumentException(
          "the weights are "
              + Arrays.toString(weights)
              + ", expected "
              + count
              + " finite numbers, one a member, none negative and not all zero");
    }
    return Arrays.stream(weights).map(w -> w / sum).toArray();
  }

  /**
   * The log of the weighted mean of densities.
   *
   * @param weights K of them
   * @param logs the log-densities of each member, K x N
   * @return N values of log sum<sub>k</sub> w<sub>k</sub> exp logs<sub>kn</sub>
   */
  static double[] logMean(double[] weights, double[][] logs) {
    double[] result = new double[logs[0].length];
    for (int i = 0; i < result.length; i++) {
      double max = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < weights.length; k++) {
        max = weights[k] > 0 ? Math.max(max, logs[k][i]) : max;
      }
      double sum = 0;
      for (int k = 0; k < weights.length && max > Double.NEGATIVE_INFINITY; k++) {
        sum += weights[k] > 0 ? weights[k] * Math.exp(logs[k][i] - max) : 0;
      }
      result[i] = max + Math.log(sum);
    }
    return result;
  }
}
