package io.github.sbi4j.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sbi4j.analysis.diagnostic.Diagnosis;
import io.github.sbi4j.analysis.diagnostic.Finding;
import io.github.sbi4j.analysis.diagnostic.SimulationBasedCalibration;
import io.github.sbi4j.analysis.diagnostic.TestDraws;
import io.github.sbi4j.analysis.diagnostic.Verdict;
import io.github.sbi4j.analysis.exact.ExactPosterior;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.training.StopReason;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a report says, apart from how a browser shows it. */
class InferenceReportTest {
  private static final InferenceReport EMPTY = InferenceReport.of("a model");

  private static Diagnosis found(Verdict verdict, String reading) {
    return Reports.diagnosis("check", Reports.finding("tau", verdict, 0.01, reading));
  }

  @Test
  void badPosteriorIsSaidToBeBadFirst() {
    InferenceReport report =
        EMPTY
            .diagnosis(found(Verdict.CAUTION, "a bound of tau is near"))
            .diagnosis(found(Verdict.FAIL, "posterior too narrow for tau: 74 % of true values"))
            .diagnosis(found(Verdict.FAIL, "the observation is unlike the simulations"));
    assertThat(report.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(report.headline())
        .isEqualTo(
            "Do not trust this posterior: too narrow for tau: 74 % of true values; and 1 more finding");
    String html = report.html();
    assertThat(html.indexOf("too narrow for tau"))
        .isPositive()
        .isLessThan(html.indexOf("unlike the simulations"));
    assertThat(html.indexOf("unlike the simulations"))
        .isLessThan(html.indexOf("a bound of tau is near"));
  }

  @Test
  void otherVerdictsHaveTheirWords() {
    assertThat(EMPTY.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(EMPTY.headline())
        .isEqualTo("Nobody has checked this posterior: the report has no checks");
    InferenceReport good = EMPTY.diagnosis(found(Verdict.PASS, "fine"));
    assertThat(good.headline()).isEqualTo("The checks found nothing wrong with this posterior");
    InferenceReport unknown = good.diagnosis(PlainDiagnosis.unknown("SBC", "the time was up"));
    assertThat(unknown.headline())
        .isEqualTo(
            "It is not known whether this posterior is right: SBC: not done: the time was up");
    InferenceReport caution = unknown.diagnosis(found(Verdict.CAUTION, "a bound of tau is near"));
    assertThat(caution.headline())
        .isEqualTo(
            "Use this posterior with care: a bound of tau is near; and not all could be checked");
    assertThat(caution.toString()).contains("a model", "with care");
  }

  @Test
  void diagnosisWithoutFindingsIsShown() {
    Diagnosis none = Reports.diagnosis("empty check");
    assertThat(EMPTY.diagnosis(none).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(EMPTY.diagnosis(none).html()).contains("empty check", "nothing to look at");
    assertThat(EMPTY.diagnosis(none).headline()).contains("gives no reason");
  }

  @Test
  void simulationsThatFailAreFindings() {
    Diagnosis check = EMPTY.simulations(Reports.simulations()).diagnoses().get(0);
    assertThat(check.verdict()).isEqualTo(Verdict.CAUTION);
    assertThat(check.findings())
        .extracting(Finding::quantity)
        .containsExactly("simulations", "constant");
    double share = check.findings().get(0).value();
    assertThat(share).isBetween(0.03, 0.15);
    assertThat(check.findings().get(0).reading()).contains("of 200 simulations failed");

    double nan = Double.NaN;
    Simulations bad =
        Simulations.of(
            new double[][] {{1}, {2}, {3}, {4}}, new double[][] {{nan}, {nan}, {1}, {2}});
    assertThat(EMPTY.simulations(bad).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(EMPTY.simulations(bad).headline()).contains("2 of 4 simulations failed");
    Simulations all = Simulations.of(new double[][] {{1}}, new double[][] {{nan}});
    assertThat(EMPTY.simulations(all).html()).contains("0 of them valid");
    Simulations fine = Simulations.of(new double[][] {{1}, {2}}, new double[][] {{3}, {4}});
    assertThat(EMPTY.simulations(fine).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void trainingThatWasCutOffIsAFinding() {
    assertThat(EMPTY.training(Reports.training(StopReason.CONVERGED)).verdict())
        .isEqualTo(Verdict.PASS);
    assertThat(EMPTY.training(Reports.training(StopReason.CONVERGED, "odd column")).headline())
        .isEqualTo("Use this posterior with care: training, warning: odd column");
    assertThat(EMPTY.training(Reports.training(StopReason.EPOCH_LIMIT)).headline())
        .contains("cut off by the limit of epochs", "after 3 epochs", "epoch 3", "1.6");
    assertThat(EMPTY.training(Reports.training(StopReason.TIME_BUDGET)).verdict())
        .isEqualTo(Verdict.CAUTION);
    assertThat(EMPTY.training(Reports.training(StopReason.INTERRUPTED)).verdict())
        .isEqualTo(Verdict.CAUTION);
    assertThat(EMPTY.training(Reports.training(StopReason.DIVERGED)).verdict())
        .isEqualTo(Verdict.FAIL);
  }

  @Test
  void fileNameTellsTheFormat(@TempDir Path folder) throws Exception {
    InferenceReport report = Reports.full();
    Path page = folder.resolve("new/report.HTML");
    report.save(page);
    assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>").isEqualTo(report.html());
    report.save(folder.resolve("report.json"));
    assertThat(folder.resolve("report.json")).hasContent(report.json());
    assertThatThrownBy(() -> report.save(folder.resolve("report.pdf")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("report.pdf")
        .hasMessageContaining(".html or .json");
    assertThatThrownBy(() -> report.save(page.resolve("report.html")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot write");
  }

  @Test
  void samePartsGiveTheSameText() {
    assertThat(Reports.full().html()).isEqualTo(Reports.full().html());
    assertThat(Reports.full().json()).isEqualTo(Reports.full().json());
  }

  @Test
  void figureThatCannotBeDrawnIsSaid() {
    Samples draws = Samples.copyOf(List.of("a"), new double[][] {{1}, {Double.NaN}, {2}});
    assertThat(EMPTY.posterior("broken", draws).html()).contains("No figure of draws of broken");
  }

  @Test
  void checksOfTooLittleToDrawAreReported() {
    ExactPosterior exact = ExactPosterior.of(1, 0.5);
    TestDraws draws = TestDraws.with(exact).draws(1).run(exact.simulate(10, 1));
    InferenceReport report = EMPTY.diagnosis(SimulationBasedCalibration.defaults().compute(draws));
    assertThat(report.html()).contains("simulation-based calibration").doesNotContain("<svg");
  }

  @Test
  void textsThatUtf8CannotHoldAreSaved(@TempDir Path folder) throws Exception {
    InferenceReport.of("half \uD800 a pair").save(folder.resolve("a.html"));
    assertThat(Files.readString(folder.resolve("a.html"))).contains("half ? a pair");
  }

  @Test
  void manyParametersGetMarginalPlots() {
    double[][] rows = new double[50][9];
    for (int i = 0; i < rows.length; i++) {
      for (int d = 0; d < 9; d++) {
        rows[i][d] = Math.sin(i * (d + 1));
      }
    }
    Samples draws = Samples.copyOf(List.of("abcdefghi".split("")), rows);
    String html = EMPTY.posterior("wide", draws, new double[9]).html();
    assertThat(html).contains("<figcaption>draws of wide</figcaption>").doesNotContain("No figure");
  }

  @Test
  void longTablesAreCutInThePageOnly() {
    Finding[] findings = new Finding[150];
    for (int i = 0; i < findings.length; i++) {
      findings[i] = Reports.finding("q" + i, Verdict.PASS, i, "reading " + i);
    }
    InferenceReport report = EMPTY.diagnosis(Reports.diagnosis("many", findings));
    assertThat(report.html())
        .contains("reading 99<", "The first 100 of 150 rows are shown.")
        .doesNotContain("reading 100<");
    assertThat(report.json()).contains("\"reading 149\"");
  }

  @Test
  void noCheckHidesTheOthersAtTheTop() {
    Finding[] findings = new Finding[20];
    Arrays.setAll(findings, i -> Reports.finding("q" + i, Verdict.FAIL, 0, "bad " + i));
    String html =
        EMPTY
            .diagnosis(Reports.diagnosis("loud", findings))
            .diagnosis(found(Verdict.CAUTION, "quiet words"))
            .html();
    String top = html.substring(html.indexOf("class=\"findings\""), html.indexOf("All checks"));
    assertThat(top).contains("bad 2<", "quiet words", "17 more are below").doesNotContain("bad 3<");
  }

  @Test
  void badPartsAreExplained() {
    Samples one = Samples.copyOf(List.of("a"), new double[][] {{1}});
    Samples two = Samples.copyOf(List.of("a"), new double[][] {{1}, {2}});
    assertThatThrownBy(() -> InferenceReport.of(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the title is blank; give a few words");
    assertThatThrownBy(() -> EMPTY.posterior("", two))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("posterior's name is blank");
    assertThatThrownBy(() -> EMPTY.posterior("p", one))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("p has 1 draws; give two or more");
    assertThatThrownBy(() -> EMPTY.posterior("p", two, 1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 2 true values for the 1 parameters of the posterior p");
  }

  @Test
  void numbersAreShort() {
    assertThat(Numbers.text(0.05)).isEqualTo("0.05");
    assertThat(Numbers.text(-1234.56)).isEqualTo("\u22121235");
    assertThat(Numbers.text(1.23456e-9)).isEqualTo("1.23e-09");
    assertThat(Numbers.text(-4.5e12)).isEqualTo("\u22124.50e12");
    assertThat(Numbers.text(0)).isEqualTo("0");
    assertThat(Numbers.text(Double.NaN)).isEqualTo("\u2013");
    assertThat(Numbers.text(Double.NEGATIVE_INFINITY)).isEqualTo("\u2212\u221e");
    assertThat(Numbers.percent(0.0125)).isEqualTo("1.25 %");
    assertThat(Numbers.seconds(12.34)).isEqualTo("12.3 s");
    assertThat(Numbers.seconds(600)).isEqualTo("10 min");
    assertThat(Numbers.seconds(2 * 3600 + 60)).isEqualTo("2 h 1 min");
  }

  @Test
  void openElementsAndUnevenRowsAreMistakes() {
    assertThatThrownBy(() -> new Html().open("p").toString())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("[p]");
    assertThatThrownBy(() -> new PageTable("t", "a", "b").row(PageTable.Cell.text("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 1 cells");
    assertThat(Html.escape("a\u0000<&>\"'")).isEqualTo("a\uFFFD&lt;&amp;&gt;&quot;&#39;");
  }
}
