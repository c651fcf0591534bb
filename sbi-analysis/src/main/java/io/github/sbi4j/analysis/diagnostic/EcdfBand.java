package io.github.sbi4j.analysis.diagnostic;

import java.util.Arrays;
import java.util.Locale;

/**
 * A band that holds the whole empirical distribution function of N uniform values with a given
 * probability.
 *
 * <p>At each of K levels z the number of values up to z is binomial(N, z). The band is the binomial
 * interval of probability 1 - gamma at each level, gamma being as large as it can be for the
 * probability that the function leaves no interval to be at least 1 - alpha. That probability is
 * computed exactly, level by level: given x values up to z<sub>k</sub>, those up to z<sub>k+1</sub>
 * are x + binomial(N - x, (z<sub>k+1</sub> - z<sub>k</sub>) / (1 - z<sub>k</sub>)).
 *
 * <p>For ranks among L draws, which have L + 1 values, the levels are multiples of 1 / (L + 1), at
 * which this holds as it does for continuous values.
 *
 * @see <a href="https://doi.org/10.1007/s11222-022-10090-6">S&auml;ilynoja, B&uuml;rkner and
 *     Vehtari (2022), Graphical test for discrete uniformity</a>
 */
public final class EcdfBand {
  private static final int MOST_LEVELS = 100;
  private static final int HALVINGS = 20;

  private final UniformCounts counts;
  private final double gamma;
  private final double coverage;
  private final int[] lower;
  private final int[] upper;

  private EcdfBand(UniformCounts counts, double gamma) {
    this.counts = counts;
    this.gamma = gamma;
    this.lower = counts.lower(gamma);
    this.upper = counts.upper(gamma);
    this.coverage = counts.coverage(lower, upper);
  }

  /**
   * The band for continuous values at K levels k / K.
   *
   * @param values the number of values, N
   * @param levels the number of levels, K
   * @param alpha how often the function of uniform values leaves the band, between 0 and 1
   * @return the band
   * @throws IllegalArgumentException if a number is not positive or alpha no probability
   */
  public static EcdfBand continuous(int values, int levels, double alpha) {
    requirePositive("values", values);
    requirePositive("levels", levels);
    double[] points = new double[levels];
    Arrays.setAll(points, k -> (k + 1.0) / levels);
    return of(new UniformCounts(values, points), alpha);
  }

  /**
   * The band for ranks among L draws, each a number from 0 to L, at up to 100 levels.
   *
   * @param values the number of ranks, N
   * @param draws the number of draws, L
   * @param alpha how often the function of uniform ranks leaves the band, between 0 and 1
   * @return the band
   * @throws IllegalArgumentException if a number is not positive or alpha no probability
   */
  public static EcdfBand ranks(int values, int draws, double alpha) {
    return of(new UniformCounts(values, rankLevels(values, draws)), alpha);
  }

  /** Up to 100 levels z such that (L + 1) z ranks lie below each. */
  static double[] rankLevels(int values, int draws) {
    requirePositive("values", values);
    requirePositive("draws", draws);
    int most = Math.min(MOST_LEVELS, Math.max(2, values));
    int steps = Math.min(most, draws + 1);
    double[] levels = new double[steps - 1];
    for (int k = 1; k < steps; k++) {
      levels[k - 1] = Math.round((double) k * (draws + 1) / steps) / (draws + 1.0);
    }
    return levels;
  }

  private static EcdfBand of(UniformCounts counts, double alpha) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "alpha is %s, expected between 0 and 1; 0.05 is usual", alpha));
    }
    double low = 0;
    double high = alpha * 2;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      boolean holds = counts.coverage(counts.lower(middle), counts.upper(middle)) >= 1 - alpha;
      low = holds ? middle : low;
      high = holds ? high : middle;
    }
    return new EcdfBand(counts, low);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s must be positive, got %d", name, value));
    }
  }

  /** {@return the K levels, ascending} */
  public double[] levels() {
    return counts.levels();
  }

  /** {@return the smallest number of values up to each level that lies in the band} */
  public int[] lower() {
    return lower.clone();
  }

  /** {@return the largest number of values up to each level that lies in the band} */
  public int[] upper() {
    return upper.clone();
  }

  /** {@return the lower end of the band at each level, as a share of the values} */
  public double[] lowerShares() {
    return shares(lower);
  }

  /** {@return the upper end of the band at each level, as a share of the values} */
  public double[] upperShares() {
    return shares(upper);
  }

  private double[] shares(int[] numbers) {
    return Arrays.stream(numbers).mapToDouble(x -> (double) x / counts.values()).toArray();
  }

  /**
   * {@return how often the function of uniform values leaves the interval of one level, at most}
   */
  public double gamma() {
    return gamma;
  }

  /** {@return the probability that the whole function of uniform values lies in the band} */
  public double coverage() {
    return coverage;
  }

  /**
   * {@return how often uniform values are at some level as far out as these are where they are
   * farthest: at most alpha where the function leaves the band, more where it does not}
   *
   * @param numbers the number of values up to each of the K levels
   */
  public double pValue(int[] numbers) {
    return counts.pValue(numbers);
  }

  /**
   * {@return whether a function lies in the band}
   *
   * @param numbers the number of values up to each of the K levels
   */
  public boolean contains(int[] numbers) {
    for (int k = 0; k < lower.length; k++) {
      if (numbers[k] < lower[k] || numbers[k] > upper[k]) {
        return false;
      }
    }
    return true;
  }
}
