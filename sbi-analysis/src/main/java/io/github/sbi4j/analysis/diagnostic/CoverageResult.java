package io.github.sbi4j.analysis.diagnostic;

import io.github.sbi4j.analysis.plot.CalibrationPlot;
import java.util.List;
import java.util.Locale;

/**
 * What expected coverage found.
 *
 * @param ranks how many draws have a higher density than the true parameters, for each data set;
 *     {@link RankUniformity#ecdf} is the coverage at {@link RankUniformity#levels}, with its band
 * @param alpha how often a right posterior fails
 * @param findings the coverage, and what was too little or left out
 */
public record CoverageResult(RankUniformity ranks, double alpha, List<Finding> findings)
    implements Diagnosis {
  static final String NAME = "expected coverage";

  private static final double LEVEL = 0.9;

  /**
   * Copies the list.
   *
   * @param ranks how many draws have a higher density
   * @param alpha the false-alarm rate
   * @param findings what was found
   */
  public CoverageResult {
    findings = List.copyOf(findings);
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * {@return the share of data sets whose true parameters lie in the region of highest density of a
   * level}
   *
   * @param level the share of the posterior that the region holds, from 0 to 1
   */
  public double coverage(double level) {
    return ranks.share(0, level);
  }

  /**
   * {@return the area between the curve of coverage and the diagonal: below zero where the
   * posterior is overconfident, above where it is conservative, from -1/2 to 1/2}
   */
  public double areaDeviation() {
    return 0.5 - ranks.mean();
  }

  /** {@return the coverage at all levels, with the band that that of a right posterior stays in} */
  public CalibrationPlot plot() {
    return CalibrationPlot.coverage(ranks.levels(), ranks.ecdf())
        .band(ranks.band().lowerShares(), ranks.band().upperShares())
        .labels("posterior");
  }

  /** What the coverage says. */
  static Finding finding(RankUniformity ranks, TestDraws draws, double alpha) {
    Verdict verdict = Omissions.verdict(draws, ranks.pValue(), alpha);
    double coverage = ranks.share(0, LEVEL);
    double area = 0.5 - ranks.mean();
    String words =
        verdict != Verdict.FAIL ? "as it should" : area < 0 ? "overconfident" : "conservative";
    String reading =
        String.format(
            Locale.ROOT,
            "the 90 %% region holds the truth in %.0f %% of cases: %s (area %+.3f, %s)",
            100 * coverage,
            words,
            area,
            PValueText.of(ranks.pValue()));
    return new Finding(
        "posterior", verdict, "p-value of the coverage", ranks.pValue(), alpha, alpha, reading);
  }
}
