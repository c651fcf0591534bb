package io.github.sbi4j.core.abc;

import io.github.sbi4j.core.sample.Samples;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** The maximum mean discrepancy of two sets of trials; see {@link Distance}. */
record MaximumMeanDiscrepancy(int values) implements Distance {
  @Override
  public double between(double[] observed, double[] simulated) {
    return from(observed).applyAsDouble(simulated);
  }

  @Override
  public ToDoubleFunction<double[]> from(double[] observed, Samples simulated) {
    return from(observed);
  }

  private ToDoubleFunction<double[]> from(double[] observed) {
    double[] scales = Trials.scales(observed, values);
    double[][] trials = Trials.split(observed, scales);
    double factor = factor(trials);
    double own = meanKernel(trials, trials, factor);
    return row -> {
      double[][] others = Trials.split(row, scales);
      double across = meanKernel(trials, others, factor);
      return Math.sqrt(Math.max(0, own + meanKernel(others, others, factor) - 2 * across));
    };
  }

  private static double meanKernel(double[][] first, double[][] second, double factor) {
    double sum = 0;
    for (double[] a : first) {
      for (double[] b : second) {
        sum += Math.exp(factor * squared(a, b));
      }
    }
    return sum / first.length / second.length;
  }

  /** -1 / (2 h^2) with the median distance of two trials for h. */
  private static double factor(double[][] trials) {
    double[] squares = new double[trials.length * (trials.length - 1) / 2];
    int pair = 0;
    for (int i = 0; i < trials.length; i++) {
      for (int j = 0; j < i; j++) {
        squares[pair++] = squared(trials[i], trials[j]);
      }
    }
    Arrays.sort(squares);
    double median = squares.length == 0 ? 0 : squares[squares.length / 2];
    return median > 0 ? -0.5 / median : -0.5;
  }

  private static double squared(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += (a[k] - b[k]) * (a[k] - b[k]);
    }
    return sum;
  }
}
