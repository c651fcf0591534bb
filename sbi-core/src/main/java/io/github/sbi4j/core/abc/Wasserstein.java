package io.github.sbi4j.core.abc;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/** The (sliced) Wasserstein distance of order 1 of two sets of trials; see {@link Distance}. */
record Wasserstein(int values) implements Distance {
  private static final int DIRECTIONS = 50;
  private static final long SEED = 0x511CE;

  @Override
  public double between(double[] observed, double[] simulated) {
    return from(observed).applyAsDouble(simulated);
  }

  @Override
  public ToDoubleFunction<double[]> from(double[] observed, Samples simulated) {
    return from(observed);
  }

  private ToDoubleFunction<double[]> from(double[] observed) {
    double[] scales = new double[] {1};
    double[][] directions = {{1}};
    if (values > 1) {
      scales = Trials.scales(observed, values);
      directions = directions();
    }
    double[] fixedScales = scales;
    double[][] fixedDirections = directions;
    double[][] sorted = projected(Trials.split(observed, fixedScales), fixedDirections);
    return row -> {
      double[][] others = projected(Trials.split(row, fixedScales), fixedDirections);
      double sum = 0;
      for (int k = 0; k < sorted.length; k++) {
        sum += exact(sorted[k], others[k]);
      }
      return sum / sorted.length;
    };
  }

  private double[][] directions() {
    RandomGenerator random = RandomStreams.of(SEED, values);
    double[][] directions = new double[DIRECTIONS][values];
    for (double[] direction : directions) {
      double squares = 0;
      for (int k = 0; k < values; k++) {
        direction[k] = random.nextGaussian();
        squares += direction[k] * direction[k];
      }
      double length = Math.sqrt(squares);
      Arrays.setAll(direction, k -> direction[k] / length);
    }
    return directions;
  }

  private static double[][] projected(double[][] trials, double[][] directions) {
    double[][] result = new double[directions.length][trials.length];
    for (int k = 0; k < directions.length; k++) {
      for (int i = 0; i < trials.length; i++) {
        for (int v = 0; v < trials[i].length; v++) {
          result[k][i] += directions[k][v] * trials[i][v];
        }
      }
      Arrays.sort(result[k]);
    }
    return result;
  }

  /**
   * The integral of |F^-1 - G^-1| over two sorted sets; between two steps of either quantile
   * function both are constant. Steps are counted in 1 / (N M), in which they are whole.
   */
  static double exact(double[] a, double[] b) {
    long position = 0;
    double sum = 0;
    int i = 0;
    int j = 0;
    while (i < a.length && j < b.length) {
      long endOfA = (i + 1L) * b.length;
      long endOfB = (j + 1L) * a.length;
      long next = Math.min(endOfA, endOfB);
      sum += (next - position) * Math.abs(a[i] - b[j]);
      position = next;
      i += next == endOfA ? 1 : 0;
      j += next == endOfB ? 1 : 0;
    }
    return sum / a.length / b.length;
  }
}
