package io.github.sbi4j.analysis.metric;

import io.github.sbi4j.core.concurrent.Tasks;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The maximum mean discrepancy of two sets of samples, with a permutation test.
 *
 * <p>With {@code k(x, y) = exp(-|x - y|^2 / (2 h^2))} the unbiased estimate of the squared
 * discrepancy is the mean of k over pairs within the first set, plus that within the second, minus
 * twice that over pairs across. The bandwidth h is the median distance in the pooled samples unless
 * given. Under equal distributions the labels of the rows can be exchanged, which gives an exact
 * test.
 *
 * <p>Columns are taken as they are; standardise them if their scales differ. Immutable; results do
 * not depend on the number of threads.
 *
 * @see <a href="https://jmlr.org/papers/v13/gretton12a.html">Gretton et al. (2012)</a>
 */
public final class Mmd {
  private static final int LARGEST_TEST = 12_000;
  private static final int ROWS_FOR_MEDIAN = 1000;

  private final double bandwidth;
  private final int permutations;
  private final int threads;

  private Mmd(double bandwidth, int permutations, int threads) {
    this.bandwidth = bandwidth;
    this.permutations = permutations;
    this.threads = threads;
  }

  /**
   * {@return the discrepancy with a Gaussian kernel, the median bandwidth and 1000 permutations}
   */
  public static Mmd gaussian() {
    return new Mmd(Double.NaN, 1000, Tasks.allProcessors());
  }

  /**
   * A copy with a fixed bandwidth.
   *
   * @param scale the bandwidth h, in units of the samples
   * @return the copy
   * @throws IllegalArgumentException if it is not positive and finite
   */
  public Mmd bandwidth(double scale) {
    if (!(scale > 0) || Double.isInfinite(scale)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "bandwidth must be positive and finite, got %s; leave it out for the median distance",
              scale));
    }
    return new Mmd(scale, permutations, threads);
  }

  /**
   * A copy with another number of permutations.
   *
   * @param count the number of permutations, the smallest p-value being {@code 1 / (count + 1)}
   * @return the copy
   * @throws IllegalArgumentException if it is not positive
   */
  public Mmd permutations(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "permutations must be positive, got %d; 1000 is usual", count));
    }
    return new Mmd(bandwidth, count, threads);
  }

  /**
   * A copy that works on another number of threads.
   *
   * @param count the number of threads
   * @return the copy
   * @throws IllegalArgumentException if it is not positive
   */
  public Mmd threads(int count) {
    return new Mmd(bandwidth, permutations, Tasks.requireThreads(count));
  }

  /**
   * The unbiased estimate of the squared discrepancy.
   *
   * @param first N samples of D columns, N at least 2
   * @param second M samples of D columns, M at least 2
   * @return the estimate
   * @throws IllegalArgumentException if the numbers of columns differ, a value is not finite, or a
   *     set has fewer than two rows
   */
  public double squared(Samples first, Samples second) {
    double[][] rows = pooled(first, second);
    double factor = factor(scale(rows));
    int n = first.rows();
    int m = second.rows();
    List<double[]> parts =
        Tasks.map(
            threads,
            rows.length,
            i -> {
              double within = 0;
              double across = 0;
              for (int j = 0; j < i; j++) {
                double value = Math.exp(factor * squaredDistance(rows[i], rows[j]));
                if (i < n == j < n) {
                  within += value;
                } else {
                  across += value;
                }
              }
              return new double[] {within, across};
            });
    double inFirst = 0;
    double inSecond = 0;
    double across = 0;
    for (int i = 0; i < rows.length; i++) {
      if (i < n) {
        inFirst += parts.get(i)[0];
      } else {
        inSecond += parts.get(i)[0];
      }
      across += parts.get(i)[1];
    }
    return estimate(n, m, inFirst, inSecond, across);
  }

  /**
   * Tests whether two sets come from one distribution.
   *
   * <p>Keeps the kernel of all pairs in memory, {@code 2 (N + M)^2} bytes.
   *
   * @param first N samples of D columns, N at least 2
   * @param second M samples of D columns, M at least 2
   * @param seed the seed of the permutations
   * @return the estimate and its p-value
   * @throws IllegalArgumentException if the numbers of columns differ, a value is not finite, a set
   *     has fewer than two rows, or there are more than 12 000 rows in all
   */
  public MmdResult test(Samples first, Samples second, long seed) {
    int total = first.rows() + second.rows();
    if (total > LARGEST_TEST) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "got %d and %d rows; a permutation test takes at most %d in all, take fewer of them",
              first.rows(),
              second.rows(),
              LARGEST_TEST));
    }
    double[][] rows = pooled(first, second);
    double scale = scale(rows);
    PermutedKernel kernel = PermutedKernel.of(rows, factor(scale), threads);
    int n = first.rows();
    double squared = kernel.estimate(IntStream.range(0, n).toArray());
    List<Double> permuted =
        Tasks.map(
            threads,
            permutations,
            b -> kernel.estimate(subset(rows.length, n, RandomStreams.of(seed, b))));
    // Sums in another order differ in the last digits: count a tie as one.
    double slack = 1e-12;
    long larger = permuted.stream().filter(value -> value >= squared - slack).count();
    return new MmdResult(squared, scale, (1.0 + larger) / (1.0 + permutations), permutations);
  }

  static double estimate(double n, double m, double inFirst, double inSecond, double across) {
    return 2 * inFirst / (n * (n - 1)) + 2 * inSecond / (m * (m - 1)) - 2 * across / (n * m);
  }

  static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      double difference = a[j] - b[j];
      sum += difference * difference;
    }
    return sum;
  }

  private static double factor(double scale) {
    return -0.5 / (scale * scale);
  }

  private static double[][] pooled(Samples first, Samples second) {
    if (first.rows() < 2 || second.rows() < 2) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "got %d and %d rows; give at least 2 of each",
              first.rows(),
              second.rows()));
    }
    double[][] a = first.toArray();
    double[][] b = second.toArray();
    TwoSamples.check(a, b);
    return TwoSamples.stack(a, b);
  }

  /** The given bandwidth, or the median distance between up to 1000 rows spread over both sets. */
  private double scale(double[][] rows) {
    if (!Double.isNaN(bandwidth)) {
      return bandwidth;
    }
    int count = Math.min(ROWS_FOR_MEDIAN, rows.length);
    double[] distances = new double[count * (count - 1) / 2];
    int at = 0;
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < i; j++) {
        double[] a = rows[(int) ((long) i * rows.length / count)];
        double[] b = rows[(int) ((long) j * rows.length / count)];
        distances[at++] = squaredDistance(a, b);
      }
    }
    Arrays.sort(distances);
    double median = Math.sqrt(distances[distances.length / 2]);
    if (!(median > 0)) {
      throw new IllegalArgumentException(
          "more than half of the rows are equal, so their median distance is zero; set a bandwidth");
    }
    return median;
  }

  /** A random subset of n of the indices below total, in ascending order, by selection sampling. */
  private static int[] subset(int total, int n, RandomGenerator random) {
    int[] chosen = new int[n];
    int taken = 0;
    for (int i = 0; taken < n; i++) {
      if (random.nextInt(total - i) < n - taken) {
        chosen[taken++] = i;
      }
    }
    return chosen;
  }
}
