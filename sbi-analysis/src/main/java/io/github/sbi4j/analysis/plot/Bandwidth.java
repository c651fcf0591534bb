package io.github.sbi4j.analysis.plot;

import java.util.Arrays;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.exception.MathIllegalArgumentException;
import org.apache.commons.math3.exception.MathIllegalStateException;

/**
 * The bandwidth of a one-dimensional Gaussian kernel density estimate by diffusion (the improved
 * Sheather-Jones rule), which stays sharp where modes are narrow and far apart.
 *
 * @see <a href="https://arxiv.org/abs/1011.2602">Botev, Grotowski and Kroese (2010)</a>
 */
final class Bandwidth {
  private static final int BINS = 256;
  private static final int STAGES = 7;

  private Bandwidth() {}

  /**
   * The bandwidth for the values, zero where all are equal.
   *
   * <p>Kept between 0.1 and 1.2 times Silverman's rule: repeated values (of a Markov chain or after
   * resampling) would drive it to zero.
   */
  static double of(double[] values) {
    double silverman = silverman(values);
    if (!(silverman > 0) || values.length < 10) {
      return silverman;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double extent = sorted[sorted.length - 1] - sorted[0];
    // The cosine transform mirrors the values at their ends, so that a sharp bound is no narrow
    // mode.
    double[] power = power(values, sorted[0], extent);
    double found;
    try {
      found =
          Math.sqrt(
                  new BrentSolver(1e-14)
                      .solve(200, t -> t - next(t, power, values.length), 1e-10, 0.1))
              * extent;
    } catch (MathIllegalArgumentException | MathIllegalStateException e) {
      return silverman;
    }
    return Math.min(Math.max(found, 0.1 * silverman), 1.2 * silverman);
  }

  /** Silverman's rule, {@code 0.9 min(sd, IQR / 1.34) N^(-1/5)}. */
  static double silverman(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double mean = Arrays.stream(values).average().orElse(0);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double sd = Math.sqrt(squares / Math.max(1, values.length - 1));
    double quartiles = sorted[(int) (0.75 * (sorted.length - 1))] - sorted[sorted.length / 4];
    double spread = quartiles > 0 ? Math.min(sd, quartiles / 1.34) : sd;
    return 0.9 * spread * Math.pow(values.length, -0.2);
  }

  /** The squares of half the cosine transform of the binned values, from the first frequency on. */
  private static double[] power(double[] values, double low, double range) {
    double[] shares = new double[BINS];
    for (double value : values) {
      shares[Math.min(BINS - 1, (int) ((value - low) / range * BINS))] += 1.0 / values.length;
    }
    double[] result = new double[BINS];
    for (int k = 1; k < BINS; k++) {
      double sum = 0;
      for (int j = 0; j < BINS; j++) {
        sum += shares[j] * Math.cos(Math.PI * k * (j + 0.5) / BINS);
      }
      result[k] = sum * sum;
    }
    return result;
  }

  /** The right-hand side of the fixed-point equation for the squared bandwidth t. */
  private static double next(double t, double[] power, int count) {
    double norm = roughness(STAGES, t, power);
    for (int s = STAGES - 1; s >= 2; s--) {
      double odd = 1;
      for (int i = 3; i <= 2 * s - 1; i += 2) {
        odd *= i;
      }
      double factor = (1 + Math.pow(0.5, s + 0.5)) / 3 * odd / Math.sqrt(2 * Math.PI);
      double time = Math.pow(2 * factor / (count * norm), 2.0 / (3 + 2 * s));
      norm = roughness(s, time, power);
    }
    return Math.pow(2 * count * Math.sqrt(Math.PI) * norm, -0.4);
  }

  /** The squared norm of the s-th derivative of the density smoothed to time t. */
  private static double roughness(int s, double t, double[] power) {
    double sum = 0;
    for (int k = 1; k < BINS; k++) {
      double square = (double) k * k;
      sum += Math.pow(square, s) * power[k] * Math.exp(-square * Math.PI * Math.PI * t);
    }
    return 2 * Math.pow(Math.PI, 2 * s) * sum;
  }
}
