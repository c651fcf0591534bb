package io.github.sbi4j.analysis.diagnostic;

import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;

/** What a check had too little of, or could not look at. */
final class Omissions {
  static final int FEWEST_DATA_SETS = 100;
  static final int FEWEST_DRAWS = 99;
  private static final double MOST_LEFT_OUT = 0.05;

  private Omissions() {}

  /** Whether there is too little to find nothing wrong by. */
  static boolean few(TestDraws draws) {
    return draws.size() < FEWEST_DATA_SETS || draws.draws() < FEWEST_DRAWS;
  }

  /** The verdict of a test with a p-value; with too little to look at, passing says nothing. */
  static Verdict verdict(TestDraws draws, double pValue, double level) {
    if (pValue <= level) {
      return Verdict.FAIL;
    }
    return few(draws) ? Verdict.UNKNOWN : Verdict.PASS;
  }

  /** Adds findings on what is too little or left out, if there is any. */
  static void addTo(List<Finding> findings, String check, TestDraws draws, Logger log) {
    if (few(draws)) {
      String reading =
          String.format(
              Locale.ROOT,
              "%d data sets with %d draws each are few; give 200 to 1000 data sets and at least 100 draws",
              draws.size(),
              draws.draws());
      log.warn("{}: {}", check, reading);
      findings.add(
          new Finding(
              "data sets",
              Verdict.UNKNOWN,
              "number of data sets",
              draws.size(),
              FEWEST_DATA_SETS,
              Double.NaN,
              reading));
    }
    if (!draws.hardObservations().isEmpty()) {
      double share = (double) draws.hardObservations().size() / draws.attempted();
      findings.add(
          new Finding(
              "hard observations",
              share > MOST_LEFT_OUT ? Verdict.CAUTION : Verdict.PASS,
              "share of data sets left out",
              share,
              MOST_LEFT_OUT,
              Double.NaN,
              draws.leftOut() + "; this check knows nothing of the posterior there"));
    }
  }
}
