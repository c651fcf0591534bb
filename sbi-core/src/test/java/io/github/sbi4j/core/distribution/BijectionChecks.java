package io.github.sbi4j.core.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Derivatives of a bijection against central differences. */
final class BijectionChecks {
  private static final double STEP = 1e-4;

  private BijectionChecks() {}

  static void derivatives(Bijection bijection, RandomGenerator random) {
    for (int i = 0; i < 50; i++) {
      double[] z = new double[bijection.dimension()];
      double[] gradient = new double[bijection.dimension()];
      // Further out a difference of values near a bound is all rounding.
      Arrays.setAll(z, d -> random.nextGaussian());
      Arrays.setAll(gradient, d -> random.nextGaussian());
      logDeterminant(bijection, z);
      pullBack(bijection, z, gradient);
    }
  }

  private static void logDeterminant(Bijection bijection, double[] z) {
    int dimension = z.length;
    DMatrixRMaj jacobian = new DMatrixRMaj(dimension, dimension);
    for (int row = 0; row < dimension; row++) {
      for (int column = 0; column < dimension; column++) {
        int output = row;
        jacobian.set(row, column, slope(z, column, at -> inverse(bijection, at)[output]));
      }
    }
    double expected = Math.log(Math.abs(CommonOps_DDRM.det(jacobian)));
    assertThat(bijection.inverse(z, new double[dimension])).isCloseTo(expected, within(1e-7));
  }

  private static void pullBack(Bijection bijection, double[] z, double[] gradient) {
    double[] result = new double[z.length];
    bijection.pullBack(z, gradient, result);
    for (int d = 0; d < z.length; d++) {
      double expected = slope(z, d, at -> linear(bijection, at, gradient));
      assertThat(result[d]).isCloseTo(expected, within(1e-6 * (1 + Math.abs(expected))));
    }
    double[] inPlace = gradient.clone();
    bijection.pullBack(z, inPlace, inPlace);
    assertThat(inPlace).isEqualTo(result);
  }

  /** The function whose gradient pullBack gives: g . f^-1(z) + log |det J(z)|. */
  private static double linear(Bijection bijection, double[] z, double[] gradient) {
    double[] value = new double[z.length];
    double sum = bijection.inverse(z, value);
    for (int d = 0; d < z.length; d++) {
      sum += gradient[d] * value[d];
    }
    return sum;
  }

  private static double[] inverse(Bijection bijection, double[] z) {
    double[] value = new double[z.length];
    bijection.inverse(z, value);
    return value;
  }

  private static double slope(
      double[] z, int d, java.util.function.ToDoubleFunction<double[]> function) {
    double[] above = z.clone();
    double[] below = z.clone();
    above[d] += STEP;
    below[d] -= STEP;
    return (function.applyAsDouble(above) - function.applyAsDouble(below)) / (2 * STEP);
  }
}
