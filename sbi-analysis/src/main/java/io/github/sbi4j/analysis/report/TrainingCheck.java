package io.github.sbi4j.analysis.report;

import io.github.sbi4j.analysis.diagnostic.Diagnosis;
import io.github.sbi4j.analysis.diagnostic.Finding;
import io.github.sbi4j.analysis.diagnostic.Verdict;
import io.github.sbi4j.flows.training.MemberReport;
import io.github.sbi4j.flows.training.StopReason;
import io.github.sbi4j.flows.training.TrainingReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a training run itself says. */
final class TrainingCheck {
  private TrainingCheck() {}

  static Diagnosis of(TrainingReport report) {
    List<Finding> findings = new ArrayList<>();
    for (int m = 0; m < report.members().size(); m++) {
      String network = report.members().size() == 1 ? "network" : "network " + (m + 1);
      findings.add(finding(network, report.members().get(m)));
    }
    for (String warning : report.warnings()) {
      findings.add(
          new Finding(
              "warning",
              Verdict.CAUTION,
              "not measured",
              Double.NaN,
              Double.NaN,
              Double.NaN,
              warning));
    }
    return new PlainDiagnosis("training", findings);
  }

  private static Finding finding(String network, MemberReport member) {
    StopReason reason = member.stopReason();
    Verdict verdict =
        switch (reason) {
          case CONVERGED -> Verdict.PASS;
          case DIVERGED -> Verdict.FAIL;
          case EPOCH_LIMIT, TIME_BUDGET, INTERRUPTED -> Verdict.CAUTION;
        };
    String reading =
        String.format(
            Locale.ROOT,
            "%s after %d epochs; the best was epoch %d with a validation loss of %s",
            ended(reason),
            member.epochs(),
            member.bestEpoch(),
            Numbers.text(member.bestValidationLoss()));
    return new Finding(
        network,
        verdict,
        "best validation loss",
        member.bestValidationLoss(),
        Double.NaN,
        Double.NaN,
        reading);
  }

  /** How training ended, in words. */
  static String ended(StopReason reason) {
    return switch (reason) {
      case CONVERGED -> "training ended as the validation loss no longer improved";
      case EPOCH_LIMIT -> "training was cut off by the limit of epochs; allow more";
      case TIME_BUDGET -> "training was cut off by its time budget; allow more";
      case INTERRUPTED -> "training was interrupted";
      case DIVERGED -> "training diverged, as losses were not finite";
    };
  }
}
