package io.github.sbi4j.analysis.report;

import io.github.sbi4j.analysis.diagnostic.CoverageResult;
import io.github.sbi4j.analysis.diagnostic.Diagnosis;
import io.github.sbi4j.analysis.diagnostic.LocalC2stResult;
import io.github.sbi4j.analysis.diagnostic.LocalDiscrepancy;
import io.github.sbi4j.analysis.diagnostic.MisspecificationResult;
import io.github.sbi4j.analysis.diagnostic.RankUniformity;
import io.github.sbi4j.analysis.diagnostic.SbcResult;
import io.github.sbi4j.analysis.diagnostic.TarpResult;
import io.github.sbi4j.analysis.plot.CalibrationPlot;
import io.github.sbi4j.analysis.plot.ClassifierMapPlot;
import io.github.sbi4j.analysis.plot.Figure;
import io.github.sbi4j.analysis.plot.MarginalPlot;
import io.github.sbi4j.analysis.plot.PredictivePlot;
import io.github.sbi4j.analysis.predictive.PredictedStatistic;
import io.github.sbi4j.analysis.predictive.PredictiveCheck;
import io.github.sbi4j.core.sample.Samples;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The figures that go with the checks of this library. */
final class DiagnosisFigures {
  private static final Logger LOG = LoggerFactory.getLogger(DiagnosisFigures.class);

  /** Classifier maps of more parameters are too large to read. */
  private static final int MOST_MAPPED = 5;

  private DiagnosisFigures() {}

  /** A check with its figures; none if we know of none, or there is too little to draw. */
  static ReportedCheck of(Diagnosis diagnosis) {
    try {
      return known(diagnosis);
    } catch (RuntimeException e) {
      LOG.warn("no figure of {}", diagnosis.name(), e);
      return new ReportedCheck(diagnosis, List.of(), diagnosis.name());
    }
  }

  private static ReportedCheck known(Diagnosis diagnosis) {
    if (diagnosis instanceof SbcResult sbc) {
      return new ReportedCheck(
          sbc,
          List.of(plot(sbc)),
          "Ranks of true values among draws, as distribution functions less the uniform one. Curves"
              + " of a right posterior stay in the band.");
    }
    if (diagnosis instanceof CoverageResult coverage) {
      return new ReportedCheck(
          coverage,
          List.of(plot(coverage)),
          "How often regions of highest density hold the true values. Below the band the posterior"
              + " is overconfident, above it conservative.");
    }
    if (diagnosis instanceof TarpResult tarp) {
      return new ReportedCheck(
          tarp,
          List.of(plot(tarp)),
          "How often balls around reference points hold the true values. Curves of a right posterior"
              + " stay in the band.");
    }
    if (diagnosis instanceof PredictiveCheck check) {
      return new ReportedCheck(
          check,
          List.of(plot(check)),
          "Observed values beside simulated ones, in standard deviations of these.");
    }
    if (diagnosis instanceof MisspecificationResult result) {
      return new ReportedCheck(
          result,
          result.tests().stream().map(DiagnosisFigures::plot).toList(),
          "How unlike the simulations the observation is, beside simulated observations. To the"
              + " right of them all the model does not explain it.");
    }
    if (diagnosis instanceof LocalC2stResult local) {
      List<Figure> maps =
          local.observations().stream()
              .filter(at -> at.draws().columns() <= MOST_MAPPED)
              .limit(1)
              .map(DiagnosisFigures::plot)
              .toList();
      return new ReportedCheck(
          local,
          maps,
          "Where a classifier tells posterior draws from true parameters: one half where the"
              + " posterior is right.");
    }
    return new ReportedCheck(diagnosis, List.of(), diagnosis.name());
  }

  private static Figure plot(CoverageResult coverage) {
    RankUniformity ranks = coverage.ranks();
    return CalibrationPlot.coverage(ranks.levels(), ranks.ecdf())
        .labels("")
        .band(lower(ranks, false), upper(ranks, false));
  }

  private static Figure plot(PredictiveCheck check) {
    double[] observed =
        check.statistics().stream().mapToDouble(PredictedStatistic::observed).toArray();
    return PredictivePlot.of(check.predicted(), observed);
  }

  private static Figure plot(SbcResult sbc) {
    RankUniformity first = sbc.quantities().get(0).ranks();
    double[][] values =
        sbc.quantities().stream()
            .map(quantity -> middles(quantity.ranks()))
            .toArray(double[][]::new);
    return CalibrationPlot.ecdfDifference(first.levels(), values)
        .band(lower(first, true), upper(first, true))
        .labels(sbc.quantities().stream().map(SbcResult.Ranked::name).toArray(String[]::new));
  }

  private static Figure plot(TarpResult tarp) {
    RankUniformity first = tarp.references().get(0).ranks();
    double[][] curves =
        tarp.references().stream().map(one -> one.ranks().ecdf()).toArray(double[][]::new);
    return CalibrationPlot.tarp(first.levels(), curves)
        .band(lower(first, false), upper(first, false))
        .labels(tarp.references().stream().map(TarpResult.Ranked::name).toArray(String[]::new));
  }

  private static Figure plot(MisspecificationResult.Test test) {
    double[][] rows =
        Arrays.stream(test.simulated())
            .mapToObj(value -> new double[] {value})
            .toArray(double[][]::new);
    Samples simulated = Samples.copyOf(List.of(test.measure()), rows);
    return MarginalPlot.of("simulated", simulated).observed(test.statistic());
  }

  private static Figure plot(LocalDiscrepancy at) {
    return ClassifierMapPlot.of(at.draws(), at.probabilities());
  }

  /** Ranks on the interval from 0 to 1, between the levels. */
  private static double[] middles(RankUniformity ranks) {
    return Arrays.stream(ranks.ranks())
        .mapToDouble(rank -> (rank + 0.5) / (ranks.draws() + 1))
        .toArray();
  }

  private static double[] lower(RankUniformity ranks, boolean difference) {
    return ends(ranks.band().lowerShares(), ranks, difference);
  }

  private static double[] upper(RankUniformity ranks, boolean difference) {
    return ends(ranks.band().upperShares(), ranks, difference);
  }

  private static double[] ends(double[] shares, RankUniformity ranks, boolean difference) {
    double[] levels = ranks.levels();
    Arrays.setAll(shares, k -> shares[k] - (difference ? levels[k] : 0));
    return shares;
  }
}
