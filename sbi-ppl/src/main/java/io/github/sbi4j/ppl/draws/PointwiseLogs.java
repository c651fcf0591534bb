package io.github.sbi4j.ppl.draws;

import java.util.Arrays;

/** What estimates from pointwise log-likelihoods share. */
final class PointwiseLogs {
  private PointwiseLogs() {}

  /** The number of observations, if there are draws and all numbers are finite. */
  static int check(double[][] logLikelihood) {
    if (logLikelihood.length < 2) {
      throw new IllegalArgumentException(
          "log-likelihoods of " + logLikelihood.length + " draws, expected at least 2");
    }
    for (int s = 0; s < logLikelihood.length; s++) {
      for (int i = 0; i < logLikelihood[s].length; i++) {
        if (!Double.isFinite(logLikelihood[s][i])) {
          throw new IllegalArgumentException(
              "the log-likelihood of observation "
                  + i
                  + " in draw "
                  + s
                  + " is "
                  + logLikelihood[s][i]
                  + ", expected a finite number");
        }
      }
    }
    return logLikelihood[0].length;
  }

  static double[] column(double[][] rows, int i) {
    return Arrays.stream(rows).mapToDouble(row -> row[i]).toArray();
  }

  static double logSumExp(double[] logs) {
    double max = Arrays.stream(logs).max().orElseThrow();
    return max + Math.log(Arrays.stream(logs).map(log -> Math.exp(log - max)).sum());
  }

  /** sqrt(n) times the standard deviation. */
  static double standardError(double[] terms) {
    double mean = Arrays.stream(terms).average().orElseThrow();
    double squares = Arrays.stream(terms).map(x -> (x - mean) * (x - mean)).sum();
    return Math.sqrt(squares * terms.length / (terms.length - 1.0));
  }
}
