package io.github.sbi4j.analysis.report;

import io.github.sbi4j.analysis.diagnostic.Diagnosis;
import io.github.sbi4j.analysis.diagnostic.Finding;
import io.github.sbi4j.analysis.diagnostic.Verdict;
import java.util.List;

/** A diagnosis that is its findings and nothing else. */
record PlainDiagnosis(String name, List<Finding> findings) implements Diagnosis {
  PlainDiagnosis {
    findings = List.copyOf(findings);
  }

  /** What is said of a check that was not made. */
  static PlainDiagnosis unknown(String name, String reason) {
    return new PlainDiagnosis(
        name,
        List.of(
            new Finding(
                name,
                Verdict.UNKNOWN,
                "not measured",
                Double.NaN,
                Double.NaN,
                Double.NaN,
                "not done: " + reason)));
  }
}
