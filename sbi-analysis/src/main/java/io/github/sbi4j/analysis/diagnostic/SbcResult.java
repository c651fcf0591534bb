package io.github.sbi4j.analysis.diagnostic;

import io.github.sbi4j.analysis.plot.CalibrationPlot;
import io.github.sbi4j.analysis.plot.RankHistogramPlot;
import java.util.List;
import java.util.Locale;

/**
 * What simulation-based calibration found.
 *
 * @param quantities the ranks of each parameter, then of each other quantity
 * @param averaged the posterior averaged over the data against the prior
 * @param alpha how often a right posterior fails, in all tests together
 * @param findings one for each quantity, one for the averaged posterior, and what was too little or
 *     left out
 */
public record SbcResult(
    List<Ranked> quantities, AveragedPosterior averaged, double alpha, List<Finding> findings)
    implements Diagnosis {
  static final String NAME = "simulation-based calibration";

  private static final double LEVEL = 0.9;

  /**
   * Copies the lists.
   *
   * @param quantities the ranks of each quantity
   * @param averaged the averaged posterior
   * @param alpha the false-alarm rate
   * @param findings what was found
   */
  public SbcResult {
    quantities = List.copyOf(quantities);
    findings = List.copyOf(findings);
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * {@return the ranks of one quantity}
   *
   * @param name the name of a parameter or another quantity
   * @throws IllegalArgumentException if there is none of that name
   */
  public Ranked quantity(String name) {
    return quantities.stream()
        .filter(quantity -> quantity.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no quantity named '"
                        + name
                        + "'; there are "
                        + quantities.stream().map(Ranked::name).toList()));
  }

  /**
   * {@return the ranks as a plot takes them, a row for each data set, a column for each quantity}
   */
  public int[][] ranks() {
    int[][] columns = quantities.stream().map(one -> one.ranks().ranks()).toArray(int[][]::new);
    int[][] rows = new int[columns[0].length][columns.length];
    for (int i = 0; i < rows.length; i++) {
      for (int q = 0; q < columns.length; q++) {
        rows[i][q] = columns[q][i];
      }
    }
    return rows;
  }

  /**
   * {@return the distribution function of each quantity's ranks less the uniform one, with the band
   * that those of a right posterior stay in}
   */
  public CalibrationPlot plot() {
    EcdfBand band = quantities.get(0).ranks().band();
    double[] levels = band.levels();
    double[] lower = band.lowerShares();
    double[] upper = band.upperShares();
    for (int k = 0; k < levels.length; k++) {
      lower[k] -= levels[k];
      upper[k] -= levels[k];
    }
    double[][] values =
        quantities.stream().map(one -> one.ranks().middles()).toArray(double[][]::new);
    return CalibrationPlot.ecdfDifference(levels, values).band(lower, upper).labels(labels());
  }

  /** {@return a histogram of the ranks of each quantity} */
  public RankHistogramPlot histogram() {
    return RankHistogramPlot.of(ranks(), quantities.get(0).ranks().draws()).labels(labels());
  }

  private String[] labels() {
    return quantities.stream().map(Ranked::name).toArray(String[]::new);
  }

  /**
   * The ranks of one quantity.
   *
   * @param name the parameter's name or the quantity's
   * @param ranks the ranks and their tests
   * @param shift how far true values lie above the mean of the draws, in standard deviations of the
   *     draws, on the average over data sets; zero where the posterior is right
   */
  public record Ranked(String name, RankUniformity ranks, double shift) {
    /**
     * {@return how often the true value lies in the central 90 % interval of the draws, from 0 to
     * 1}
     */
    public double coverage90() {
      return ranks.central(LEVEL);
    }

    /**
     * {@return in what way the draws are wrong, if they are}
     *
     * @param level the p-value up to which they are
     */
    public Miscalibration kind(double level) {
      return ranks.pValue() <= level ? Miscalibration.of(ranks) : Miscalibration.NONE;
    }

    Finding finding(TestDraws draws, double level) {
      return new Finding(
          name,
          Omissions.verdict(draws, ranks.pValue(), level),
          "p-value of the ranks",
          ranks.pValue(),
          level,
          level,
          reading(level));
    }

    private String reading(double level) {
      String numbers =
          String.format(
              Locale.ROOT,
              "%.0f %% of true values in the 90 %% interval, mean rank %.2f (%s)",
              100 * coverage90(),
              ranks.mean(),
              PValueText.of(ranks.pValue()));
      return switch (kind(level)) {
        case NONE -> "ranks are uniform: " + numbers;
        case TOO_NARROW -> "posterior too narrow for " + name + ": " + numbers;
        case TOO_WIDE -> "posterior too wide for " + name + ": " + numbers;
        case TOO_LOW -> shifted("low", "above") + numbers;
        case TOO_HIGH -> shifted("high", "below") + numbers;
        case SHAPE -> "posterior of the wrong shape for " + name + ": " + numbers;
      };
    }

    private String shifted(String where, String side) {
      return String.format(
          Locale.ROOT,
          "posterior too %s for %s: true values lie %.2f posterior sd %s its mean; ",
          where,
          name,
          Math.abs(shift),
          side);
    }
  }

  /** What the averaged posterior says. */
  static Finding finding(AveragedPosterior averaged, TestDraws draws, double level) {
    Verdict verdict = Omissions.verdict(draws, averaged.pValue(), level);
    int d = averaged.farthest();
    String reading =
        String.format(
            Locale.ROOT,
            "draws of all data sets together %s draws of the prior; farthest apart for %s, by %.3f (%s)",
            verdict == Verdict.FAIL ? "are not like" : "are like",
            draws.names().get(d),
            averaged.distances().get(d),
            PValueText.of(averaged.pValue()));
    return new Finding(
        "averaged posterior",
        verdict,
        "p-value of the distance from the prior",
        averaged.pValue(),
        level,
        level,
        reading);
  }
}
