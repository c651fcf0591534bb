package io.github.sbi4j.analysis.diagnostic;

import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;

/**
 * Whether N ranks among L draws are uniform on 0 to L, as they are where draws are right.
 *
 * <p>The verdict is that of {@link #pValue}, of the {@link EcdfBand}; the other tests are beside it
 * for comparison.
 */
public final class RankUniformity {
  private final int[] ranks;
  private final int draws;
  private final double[] levels;
  private final double[] ecdf;
  private final EcdfBand band;
  private final double pValue;
  private final double kolmogorovSmirnov;
  private final double chiSquare;

  private RankUniformity(int[] ranks, int draws, double[] spread, EcdfBand band) {
    this.ranks = ranks;
    this.draws = draws;
    this.levels = band.levels();
    this.band = band;
    int[] counts = counts(ranks, draws, levels);
    this.ecdf = Arrays.stream(counts).mapToDouble(count -> (double) count / ranks.length).toArray();
    this.pValue = band.pValue(counts);
    double[] uniform = new double[ranks.length];
    Arrays.setAll(uniform, i -> (ranks[i] + spread[i]) / (draws + 1));
    this.kolmogorovSmirnov =
        new KolmogorovSmirnovTest()
            .kolmogorovSmirnovTest(new UniformRealDistribution(0, 1), uniform);
    this.chiSquare = chiSquare(uniform);
  }

  /**
   * Tests ranks.
   *
   * @param ranks N numbers from 0 to L
   * @param draws the number of draws, L
   * @param spread N uniform numbers that make continuous values of the ranks, for the other tests
   * @param band the band for N and L
   */
  static RankUniformity of(int[] ranks, int draws, double[] spread, EcdfBand band) {
    return new RankUniformity(ranks, draws, spread, band);
  }

  private static int[] counts(int[] ranks, int draws, double[] levels) {
    int[] sorted = ranks.clone();
    Arrays.sort(sorted);
    int[] result = new int[levels.length];
    int count = 0;
    for (int k = 0; k < levels.length; k++) {
      long below = Math.round(levels[k] * (draws + 1));
      while (count < sorted.length && sorted[count] < below) {
        count++;
      }
      result[k] = count;
    }
    return result;
  }

  /** Bins with at least ten values expected in each, twenty at most. */
  private static double chiSquare(double[] uniform) {
    int bins = Math.max(2, Math.min(20, uniform.length / 10));
    long[] counts = new long[bins];
    for (double value : uniform) {
      counts[Math.min(bins - 1, (int) (bins * value))]++;
    }
    double[] expected = new double[bins];
    Arrays.fill(expected, (double) uniform.length / bins);
    return new ChiSquareTest().chiSquareTest(expected, counts);
  }

  /** The N ranks between 0 and 1, in the middle of their share of it. */
  double[] middles() {
    return Arrays.stream(ranks).mapToDouble(rank -> (rank + 0.5) / (draws + 1)).toArray();
  }

  /** {@return the N ranks, from 0 to L} */
  public int[] ranks() {
    return ranks.clone();
  }

  /** {@return the number of draws, L} */
  public int draws() {
    return draws;
  }

  /** {@return the band for these numbers of ranks and draws} */
  public EcdfBand band() {
    return band;
  }

  /** {@return the levels at which the empirical distribution function is compared, K of them} */
  public double[] levels() {
    return levels.clone();
  }

  /** {@return the share of ranks below each of the K levels} */
  public double[] ecdf() {
    return ecdf.clone();
  }

  /**
   * {@return how often uniform ranks would leave the band that these just leave; exact, whatever
   * the number of draws}
   */
  public double pValue() {
    return pValue;
  }

  /** {@return the p-value of the test of Kolmogorov and Smirnov} */
  public double kolmogorovSmirnov() {
    return kolmogorovSmirnov;
  }

  /** {@return the p-value of the chi-square test of up to 20 bins} */
  public double chiSquare() {
    return chiSquare;
  }

  /** {@return the mean rank as a share, one half for uniform ranks} */
  public double mean() {
    return Arrays.stream(ranks).average().orElseThrow() / draws;
  }

  /**
   * {@return the mean of (u - 1/2)<sup>2</sup> times 12, one for uniform ranks; u is the rank's}
   */
  public double spread() {
    return 12
        * Arrays.stream(ranks)
            .mapToDouble(rank -> Math.pow((rank + 0.5) / (draws + 1) - 0.5, 2))
            .average()
            .orElseThrow();
  }

  /**
   * {@return the share of ranks in the central interval of a level}
   *
   * @param level the level, such as 0.9
   */
  public double central(double level) {
    return share((1 - level) / 2, (1 + level) / 2);
  }

  /** The share of ranks between two levels; ranks that a level cuts count in part. */
  double share(double from, double to) {
    return below(to) - below(from);
  }

  private double below(double level) {
    double cells = level * (draws + 1);
    return Arrays.stream(ranks)
        .mapToDouble(rank -> Math.min(1, Math.max(0, cells - rank)))
        .average()
        .orElseThrow();
  }

  /** {@return the p-values} */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "RankUniformity[%d ranks among %d draws, p %.4f, KS %.4f, chi-square %.4f]",
        ranks.length,
        draws,
        pValue,
        kolmogorovSmirnov,
        chiSquare);
  }
}
