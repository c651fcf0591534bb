package io.github.sbi4j.analysis.report;

import io.github.sbi4j.analysis.diagnostic.Diagnosis;
import io.github.sbi4j.analysis.diagnostic.Finding;
import io.github.sbi4j.analysis.diagnostic.Verdict;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a table of simulations itself says, by conventions. */
final class SimulationsCheck {
  private static final double CAUTION = 0.05;
  private static final double FAIL = 0.5;

  private SimulationsCheck() {}

  static Diagnosis of(Simulations simulations) {
    List<Finding> findings = new ArrayList<>();
    findings.add(failures(simulations.failures().size(), simulations.size()));
    Samples observations = simulations.valid().observations();
    double[] sd = observations.rows() < 2 ? new double[0] : observations.sd();
    for (int j = 0; j < sd.length; j++) {
      if (sd[j] == 0) {
        findings.add(
            new Finding(
                observations.names().get(j),
                Verdict.CAUTION,
                "standard deviation",
                0,
                0,
                Double.NaN,
                "always "
                    + observations.get(0, j)
                    + " in the simulations, so nothing is learned from it; leave it out"));
      }
    }
    return new PlainDiagnosis("simulations", findings);
  }

  private static Finding failures(int failed, int size) {
    double share = size == 0 ? 1 : (double) failed / size;
    Verdict verdict =
        share >= FAIL ? Verdict.FAIL : share > CAUTION ? Verdict.CAUTION : Verdict.PASS;
    String meaning =
        verdict == Verdict.PASS
            ? ""
            : "; what is learned is the posterior given that the simulator does not fail";
    return new Finding(
        "simulations",
        verdict,
        "share of simulations that failed",
        share,
        verdict == Verdict.FAIL ? FAIL : CAUTION,
        Double.NaN,
        String.format(
            Locale.ROOT,
            "%d of %d simulations failed (%.1f %%)%s",
            failed,
            size,
            100 * share,
            meaning));
  }
}
