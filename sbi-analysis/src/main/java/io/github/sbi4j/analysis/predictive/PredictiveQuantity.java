package io.github.sbi4j.analysis.predictive;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A number computed from an observation, in which a model and data are compared.
 *
 * <p>The most telling ones are those that the model was not fitted to.
 *
 * @param name its name
 * @param value gives a finite number for L observed values, which it must not change
 */
public record PredictiveQuantity(String name, ToDoubleFunction<double[]> value) {
  /**
   * A quantity of one's own.
   *
   * @param name its name
   * @param value gives a finite number for L observed values
   * @return the quantity
   */
  public static PredictiveQuantity of(String name, ToDoubleFunction<double[]> value) {
    return new PredictiveQuantity(name, value);
  }

  /** {@return the smallest of the values} */
  public static PredictiveQuantity minimum() {
    return of("minimum", x -> Arrays.stream(x).min().orElseThrow());
  }

  /** {@return the largest of the values} */
  public static PredictiveQuantity maximum() {
    return of("maximum", x -> Arrays.stream(x).max().orElseThrow());
  }

  /** {@return the mean of the values} */
  public static PredictiveQuantity mean() {
    return of("mean", PredictiveQuantity::meanOf);
  }

  /** {@return the standard deviation of the values, with divisor L - 1} */
  public static PredictiveQuantity sd() {
    return of("sd", x -> Math.sqrt(products(x, 0) / (x.length - 1)));
  }

  /**
   * The correlation of a series with itself some steps later.
   *
   * @param lag the number of steps, from 1
   * @return the sum of products of deviations from the mean, divided by the sum of their squares;
   *     zero for a constant series
   * @throws IllegalArgumentException if the lag is not positive
   */
  public static PredictiveQuantity autocorrelation(int lag) {
    if (lag < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "lag must be positive, got %d; 1 is the next value", lag));
    }
    return of(
        "autocorrelation " + lag,
        x -> {
          double squares = products(x, 0);
          return squares > 0 ? products(x, lag) / squares : 0;
        });
  }

  private static double meanOf(double[] x) {
    return Arrays.stream(x).average().orElseThrow();
  }

  private static double products(double[] x, int lag) {
    double mean = meanOf(x);
    double sum = 0;
    for (int i = lag; i < x.length; i++) {
      sum += (x[i] - mean) * (x[i - lag] - mean);
    }
    return sum;
  }
}
