package io.github.sbi4j.core.abc;

import io.github.sbi4j.core.sample.Samples;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A distance of values side by side, each divided by a scale. Immutable.
 *
 * <p>Unless other scales are given, that of a value is its median absolute deviation in simulations
 * of the prior, its standard deviation where more than half of the simulations agree, and 1 where
 * all do: a value measured in other units, or a few wild simulations, do not change what is close
 * (Csill&eacute;ry, Fran&ccedil;ois and Blum, 2012; Prangle, 2017).
 */
public final class CoordinateDistance implements Distance {
  /** How differences are put together. */
  enum Norm {
    EUCLIDEAN,
    MANHATTAN,
    MEAN_SQUARED
  }

  private final Norm norm;
  private final boolean scaled;
  private final double @Nullable [] scales;

  private CoordinateDistance(Norm norm, boolean scaled, double @Nullable [] scales) {
    this.norm = norm;
    this.scaled = scaled;
    this.scales = scales;
  }

  static CoordinateDistance of(Norm norm) {
    return new CoordinateDistance(norm, true, null);
  }

  /** {@return the distance of the values as they are, in their own units} */
  public CoordinateDistance unscaled() {
    return new CoordinateDistance(norm, false, null);
  }

  /**
   * The distance with given scales.
   *
   * @param values L positive numbers, each what a difference of its value is divided by
   * @return the distance
   * @throws IllegalArgumentException if a scale is not positive and finite
   */
  public CoordinateDistance scaledBy(double... values) {
    for (int l = 0; l < values.length; l++) {
      Require.positive("scale " + (l + 1), values[l]);
    }
    return new CoordinateDistance(norm, false, values.clone());
  }

  /**
   * Measures one simulation by the given scales; by 1 where scales come from simulations, of which
   * there are none here.
   *
   * @param observed the observation, L values
   * @param simulated the simulation, L values
   * @return the distance
   * @throws IllegalArgumentException if the lengths differ
   */
  @Override
  public double between(double[] observed, double[] simulated) {
    return fitted(observed, simulated.length, scales).applyAsDouble(simulated);
  }

  @Override
  public ToDoubleFunction<double[]> from(double[] observed, Samples simulated) {
    return fitted(observed, simulated.columns(), scaled ? scales(simulated) : scales);
  }

  private ToDoubleFunction<double[]> fitted(
      double[] observed, int length, double @Nullable [] fittedScales) {
    Require.sameLength(observed, length);
    double[] inverse = new double[length];
    Arrays.fill(inverse, 1);
    if (fittedScales != null) {
      if (fittedScales.length != length) {
        throw new IllegalArgumentException(
            fittedScales.length
                + " scales for "
                + length
                + " values; give one scale for each value");
      }
      Arrays.setAll(inverse, l -> 1 / fittedScales[l]);
    }
    double[] origin = observed.clone();
    return switch (norm) {
      case EUCLIDEAN -> row -> Math.sqrt(squares(origin, row, inverse));
      case MANHATTAN -> row -> absolutes(origin, row, inverse);
      case MEAN_SQUARED -> row -> squares(origin, row, inverse) / length;
    };
  }

  private static double squares(double[] a, double[] b, double[] inverse) {
    double sum = 0;
    for (int l = 0; l < a.length; l++) {
      double difference = (b[l] - a[l]) * inverse[l];
      sum += difference * difference;
    }
    return sum;
  }

  private static double absolutes(double[] a, double[] b, double[] inverse) {
    double sum = 0;
    for (int l = 0; l < a.length; l++) {
      sum += Math.abs(b[l] - a[l]) * inverse[l];
    }
    return sum;
  }

  private static double[] scales(Samples simulated) {
    double[] sd = simulated.sd();
    double[] result = new double[sd.length];
    for (int l = 0; l < sd.length; l++) {
      double[] column = simulated.column(l);
      double center = median(column);
      double deviation = median(Arrays.stream(column).map(x -> Math.abs(x - center)).toArray());
      result[l] = deviation > 0 ? deviation : sd[l] > 0 ? sd[l] : 1;
    }
    return result;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : 0.5 * (sorted[half - 1] + sorted[half]);
  }
}
