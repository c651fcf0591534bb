package io.github.sbi4j.core.sample;

import java.util.Arrays;
import java.util.Locale;

/** Quantiles of type 7 (Hyndman and Fan, 1996, "Sample quantiles in statistical packages"). */
final class Quantiles {
  private Quantiles() {}

  static double[][] of(Samples samples, double[] p) {
    for (double probability : p) {
      if (!(probability >= 0 && probability <= 1)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "probability %s is not between 0 and 1; 97.5 %% is 0.975",
                probability));
      }
    }
    double[][] result = new double[p.length][samples.columns()];
    for (int d = 0; d < samples.columns(); d++) {
      double[] sorted = samples.column(d);
      Arrays.sort(sorted);
      for (int i = 0; i < p.length; i++) {
        result[i][d] = ofSorted(sorted, p[i]);
      }
    }
    return result;
  }

  private static double ofSorted(double[] sorted, double p) {
    int last = sorted.length - 1;
    // Sorting puts NaN last.
    if (last < 0 || Double.isNaN(sorted[last])) {
      return Double.NaN;
    }
    double position = last * p;
    int below = (int) position;
    double fraction = position - below;
    // Not interpolating at whole positions keeps an infinite neighbour out.
    return fraction == 0
        ? sorted[below]
        : (1 - fraction) * sorted[below] + fraction * sorted[below + 1];
  }
}
