package io.github.sbi4j.analysis.diagnostic;

import io.github.sbi4j.analysis.plot.CalibrationPlot;
import java.util.List;
import java.util.Locale;

/**
 * What tests of accuracy with random points found.
 *
 * @param references the ranks for each set of reference points; the first are those around the
 *     prediction, or the uniform ones
 * @param alpha how often a right posterior fails, in all tests together
 * @param findings one for each set of references, and what was too little or left out
 */
public record TarpResult(List<Ranked> references, double alpha, List<Finding> findings)
    implements Diagnosis {
  static final String NAME = "accuracy with random points";

  private static final double LEVEL = 0.9;

  /**
   * Copies the lists.
   *
   * @param references the ranks for each set of reference points
   * @param alpha the false-alarm rate
   * @param findings what was found
   */
  public TarpResult {
    references = List.copyOf(references);
    findings = List.copyOf(findings);
  }

  @Override
  public String name() {
    return NAME;
  }

  /** {@return the expected coverage at all levels for each set of references, with the band} */
  public CalibrationPlot plot() {
    RankUniformity first = references.get(0).ranks();
    double[][] curves = references.stream().map(one -> one.ranks().ecdf()).toArray(double[][]::new);
    return CalibrationPlot.tarp(first.levels(), curves)
        .band(first.band().lowerShares(), first.band().upperShares())
        .labels(references.stream().map(Ranked::name).toArray(String[]::new));
  }

  /**
   * The ranks for one set of references.
   *
   * @param name what the references are
   * @param ranks how many draws lie nearer to the reference than the true parameters, for each data
   *     set; {@link RankUniformity#ecdf} is the expected coverage at {@link RankUniformity#levels}
   */
  public record Ranked(String name, RankUniformity ranks) {
    /**
     * {@return the share of data sets whose true parameters lie in the ball around the reference
     * that holds a share of the draws}
     *
     * @param level the share of the draws, from 0 to 1
     */
    public double coverage(double level) {
      return ranks.share(0, level);
    }

    Finding finding(TestDraws draws, double level) {
      Verdict verdict = Omissions.verdict(draws, ranks.pValue(), level);
      double coverage = coverage(LEVEL);
      String words =
          verdict != Verdict.FAIL
              ? "as it should"
              : coverage < LEVEL
                  ? "too narrow or in the wrong place"
                  : "too wide or in the wrong place";
      String reading =
          String.format(
              Locale.ROOT,
              "balls around references with 90 %% of the draws hold the truth in %.0f %% of cases: %s (%s)",
              100 * coverage,
              words,
              PValueText.of(ranks.pValue()));
      return new Finding(
          name, verdict, "p-value of the distances", ranks.pValue(), level, level, reading);
    }
  }
}
