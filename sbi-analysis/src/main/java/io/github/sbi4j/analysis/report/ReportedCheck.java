package io.github.sbi4j.analysis.report;

import io.github.sbi4j.analysis.diagnostic.Diagnosis;
import io.github.sbi4j.analysis.plot.Figure;
import java.util.List;

/**
 * A check with its figures.
 *
 * @param caption says how to read each of them
 */
record ReportedCheck(Diagnosis diagnosis, List<Figure> figures, String caption) {
  ReportedCheck {
    figures = List.copyOf(figures);
  }
}
