package io.github.sbi4j.analysis.report;

import io.github.sbi4j.analysis.diagnostic.CoverageResult;
import io.github.sbi4j.analysis.diagnostic.Diagnosis;
import io.github.sbi4j.analysis.diagnostic.LocalC2stResult;
import io.github.sbi4j.analysis.diagnostic.LocalDiscrepancy;
import io.github.sbi4j.analysis.diagnostic.MisspecificationResult;
import io.github.sbi4j.analysis.diagnostic.SbcResult;
import io.github.sbi4j.analysis.diagnostic.TarpResult;
import io.github.sbi4j.analysis.plot.Figure;
import io.github.sbi4j.analysis.plot.PredictivePlot;
import io.github.sbi4j.analysis.predictive.PredictedStatistic;
import io.github.sbi4j.analysis.predictive.PredictiveCheck;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The figures that go with the checks of this library, and how to read them. */
final class DiagnosisFigures {
  private static final Logger LOG = LoggerFactory.getLogger(DiagnosisFigures.class);

  /** Classifier maps of more parameters are too large to read. */
  private static final int MOST_MAPPED = 5;

  private DiagnosisFigures() {}

  /** A check with its figures; none if we know of none, or there is too little to draw. */
  static ReportedCheck of(Diagnosis diagnosis) {
    List<Figure> figures = new ArrayList<>();
    try {
      figures.addAll(figures(diagnosis));
    } catch (RuntimeException e) {
      LOG.warn("no figure of {}", diagnosis.name(), e);
    }
    return new ReportedCheck(diagnosis, figures, caption(diagnosis));
  }

  private static List<? extends Figure> figures(Diagnosis diagnosis) {
    if (diagnosis instanceof SbcResult sbc) {
      return List.of(sbc.plot());
    }
    if (diagnosis instanceof CoverageResult coverage) {
      return List.of(coverage.plot());
    }
    if (diagnosis instanceof TarpResult tarp) {
      return List.of(tarp.plot());
    }
    if (diagnosis instanceof MisspecificationResult result) {
      return result.tests().stream().map(MisspecificationResult.Test::plot).toList();
    }
    if (diagnosis instanceof LocalC2stResult local) {
      return local.observations().stream()
          .filter(at -> at.draws().columns() <= MOST_MAPPED)
          .limit(1)
          .map(LocalDiscrepancy::plot)
          .toList();
    }
    if (diagnosis instanceof PredictiveCheck check) {
      double[] observed =
          check.statistics().stream().mapToDouble(PredictedStatistic::observed).toArray();
      return List.of(PredictivePlot.of(check.predicted(), observed));
    }
    return List.of();
  }

  private static String caption(Diagnosis diagnosis) {
    if (diagnosis instanceof SbcResult) {
      return "Ranks of true values among draws, as distribution functions less the uniform one."
          + " Curves of a right posterior stay in the band.";
    }
    if (diagnosis instanceof CoverageResult) {
      return "How often regions of highest density hold the true values. Below the band the"
          + " posterior is overconfident, above it conservative.";
    }
    if (diagnosis instanceof TarpResult) {
      return "How often balls around reference points hold the true values. Curves of a right"
          + " posterior stay in the band.";
    }
    if (diagnosis instanceof MisspecificationResult) {
      return "How unlike the simulations the observation is, beside simulated observations. To the"
          + " right of them all the model does not explain it.";
    }
    if (diagnosis instanceof LocalC2stResult) {
      return "Where a classifier tells posterior draws from true parameters: one half where the"
          + " posterior is right.";
    }
    if (diagnosis instanceof PredictiveCheck) {
      return "Observed values beside simulated ones, in standard deviations of these.";
    }
    return diagnosis.name();
  }
}
