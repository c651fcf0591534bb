package io.github.sbi4j.analysis.report;

import io.github.sbi4j.analysis.diagnostic.Diagnosis;
import io.github.sbi4j.analysis.diagnostic.Finding;
import io.github.sbi4j.analysis.diagnostic.Verdict;
import io.github.sbi4j.analysis.predictive.PosteriorPredictiveCheck;
import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import io.github.sbi4j.flows.training.MemberReport;
import io.github.sbi4j.flows.training.StopReason;
import io.github.sbi4j.flows.training.TrainingReport;
import java.util.List;
import java.util.Map;

/** Reports with all parts, whose names have all that HTML and JSON trip over. */
final class Reports {
  static final String NASTY = "<b>\"tau\"</b> & 'co' </script> é";

  private static final Distribution PRIOR =
      BoxUniform.of(new double[] {-1, 0}, new double[] {1, 2}).named(NASTY, "sigma");
  private static final Simulator SIMULATOR =
      (theta, random) -> {
        if (theta[0] > 0.9) {
          throw new IllegalStateException("<i>too large</i>");
        }
        return new double[] {theta[1] > 1.95 ? Double.NaN : theta[0] + random.nextGaussian(), 7};
      };

  private Reports() {}

  static Finding finding(String quantity, Verdict verdict, double value, String reading) {
    return new Finding(quantity, verdict, "p-value", value, 0.05, 0.05, reading);
  }

  static Diagnosis diagnosis(String name, Finding... findings) {
    return new PlainDiagnosis(name, List.of(findings));
  }

  static Simulations simulations() {
    return Simulations.run(SIMULATOR, PRIOR, 200, 1).observationsNamed(NASTY, "constant");
  }

  static TrainingReport training(StopReason reason, String... warnings) {
    MemberReport member =
        new MemberReport(
            List.of(3.0, 2.0, 1.5),
            List.of(3.1, Double.NaN, 1.6),
            3,
            1.6,
            reason,
            List.of(0.1, 0.2, 0.3),
            170,
            20,
            30,
            0);
    return new TrainingReport(List.of(member), 0.3, 190, Map.of("failed", 10), List.of(warnings));
  }

  /** All parts, and the same posterior twice. */
  static InferenceReport full() {
    Samples draws = PRIOR.sample(300, 2);
    Simulations predicted = Simulations.run(SIMULATOR, draws, 3);
    return InferenceReport.of("Report of " + NASTY)
        .prior(PRIOR)
        .simulations(simulations())
        .training(training(StopReason.CONVERGED, "watch " + NASTY))
        .posterior("exact " + NASTY, draws, 0.2, 1)
        .posterior("other", PRIOR.sample(100, 4))
        .diagnosis(
            diagnosis(
                "ranks of " + NASTY,
                finding(NASTY, Verdict.FAIL, 1e-9, "posterior too narrow for " + NASTY),
                finding("sigma", Verdict.PASS, 0.5, "ranks are uniform"),
                finding("ten", Verdict.PASS, 10, "ten"),
                finding("none", Verdict.UNKNOWN, Double.NaN, "not known"),
                finding("two", Verdict.CAUTION, -2, "look at it")))
        .diagnosis(PosteriorPredictiveCheck.of(predicted, new double[] {0.1, 7}).named("a", "b"))
        .diagnosis(PosteriorPredictiveCheck.of(predicted, new double[] {0.1, 7}).named("a", "b"));
  }
}
