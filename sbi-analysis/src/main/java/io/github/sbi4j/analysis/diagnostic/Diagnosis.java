package io.github.sbi4j.analysis.diagnostic;

import java.util.List;
import java.util.Locale;

/** The result of a check: numbers, a verdict, and sentences that say what they mean. */
public interface Diagnosis {
  /** {@return the name of the check, such as "simulation-based calibration"} */
  String name();

  /** {@return what was found, one entry for each quantity looked at} */
  List<Finding> findings();

  /** {@return the worst verdict of all findings; unknown where there is none} */
  default Verdict verdict() {
    return findings().stream().map(Finding::verdict).reduce(Verdict::worse).orElse(Verdict.UNKNOWN);
  }

  /** {@return the name, the verdict and a line for each finding} */
  default String summary() {
    StringBuilder text = new StringBuilder(name()).append(": ").append(verdict().word());
    for (Finding finding : findings()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n  %s (%s): %s",
              finding.quantity(),
              finding.verdict().word(),
              finding.reading()));
    }
    return text.toString();
  }
}
