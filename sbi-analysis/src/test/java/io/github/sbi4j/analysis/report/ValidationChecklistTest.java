package io.github.sbi4j.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sbi4j.analysis.diagnostic.Diagnosis;
import io.github.sbi4j.analysis.diagnostic.Finding;
import io.github.sbi4j.analysis.diagnostic.Verdict;
import io.github.sbi4j.analysis.exact.ExactPosterior;
import io.github.sbi4j.core.progress.Progress;
import io.github.sbi4j.core.simulation.SimulationRunner;
import io.github.sbi4j.core.simulation.Simulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Exact posteriors pass, wrong ones fail, and what was not reached is said. */
class ValidationChecklistTest {
  private static final ExactPosterior EXACT = ExactPosterior.of(2, 0.5);
  private static final double[] OBSERVED = {0.6, -0.3};

  /** By the rate of 0.05, another seed may say of a right posterior that it is wrong. */
  private static ValidationChecklist list(ExactPosterior posterior) {
    return ValidationChecklist.of(posterior, OBSERVED)
        .simulator(EXACT.simulator())
        .simulations(EXACT.simulate(1_000, 7))
        .seed(3);
  }

  @Test
  void rightPosteriorPasses() {
    ValidationResult result = list(EXACT).run();
    assertThat(result.headline()).isEqualTo("The checks found nothing wrong with this posterior");
    assertThat(result.verdict()).isEqualTo(Verdict.PASS);
    assertThat(result.diagnoses())
        .extracting(Diagnosis::name)
        .containsExactly(
            "misspecification",
            "prior range",
            "posterior predictive check",
            "simulation-based calibration",
            "expected coverage",
            "accuracy with random points",
            "posterior contraction",
            "local classifier two-sample test");
    assertThat(result.testDraws().orElseThrow().size()).isEqualTo(300);
    assertThat(result.summary())
        .startsWith("The checks found nothing")
        .contains("theta_2 (passes)");
  }

  @Test
  void narrowPosteriorIsSaidToBeNarrowFirst() {
    ValidationResult result = list(EXACT.wrong(0.7, 0)).run();
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result.headline())
        .startsWith("Do not trust this posterior: too narrow for theta_1: ");
    String html = result.report("narrow", 0.123, 0).html();
    assertThat(html).contains(">0.123<").doesNotContain("No figure");
    assertThat(html.substring(html.indexOf("<h1"), html.indexOf("</h1>")))
        .contains("Do not trust this posterior: too narrow for theta_1");
  }

  @Test
  void shiftedPosteriorIsSaidToBeShiftedFirst() {
    ValidationResult result = list(EXACT.wrong(1, 1)).run();
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result.headline()).startsWith("Do not trust this posterior: too high for theta_1: ");
  }

  @Test
  void observationFromElsewhereIsSaidFirst() {
    ValidationResult result =
        ValidationChecklist.of(EXACT, 9, -9).simulator(EXACT.simulator()).tests(250, 99).run();
    assertThat(result.headline())
        .startsWith("Do not trust this posterior: the observation is unlike the simulations");
  }

  @Test
  void whatIsNotReachedIsUnknown() {
    Simulator slow =
        (theta, random) -> {
          Thread.sleep(2_000);
          return EXACT.simulator().simulate(theta, random);
        };
    List<Progress> heard = new ArrayList<>();
    long started = System.nanoTime();
    ValidationResult result =
        ValidationChecklist.of(EXACT, OBSERVED)
            .simulator(slow)
            .budget(Duration.ofMillis(300))
            .threads(1)
            .listener(heard::add)
            .run();
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));
    assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(result.headline())
        .startsWith(
            "It is not known whether this posterior is right: misspecification: not done: there are no test")
        .contains("not finished within the time budget of 0.3 s", "7 more findings");
    assertThat(result.diagnoses()).hasSize(8);
    assertThat(result.diagnoses().get(1).findings())
        .extracting(Finding::reading)
        .containsExactly(
            "not done: there are no posterior draws: not reached within the time budget of 0.3 s");
    assertThat(heard.get(0).detail()).isEqualTo("test simulations");
    assertThat(heard.get(heard.size() - 1).finished()).isTrue();
    assertThat(result.report("slow").json()).contains("\"verdict\": \"unknown\"");
  }

  @Test
  void littleTimeTakesFewerTestData() {
    Simulator slow =
        (theta, random) -> {
          Thread.sleep(5);
          return EXACT.simulator().simulate(theta, random);
        };
    ValidationResult result =
        ValidationChecklist.of(EXACT, OBSERVED)
            .simulator(slow)
            .tests(100_000, 99)
            .threads(2)
            .budget(Duration.ofSeconds(4))
            .run();
    assertThat(result.testDraws().orElseThrow().size()).isBetween(20, 2_000);
  }

  @Test
  void heldOutSimulationsDoWithoutASimulator() {
    ValidationResult result =
        ValidationChecklist.of(EXACT, OBSERVED)
            .heldOut(EXACT.simulate(250, 9))
            .falseAlarmRate(0.1)
            .run();
    assertThat(result.testDraws().orElseThrow().size()).isEqualTo(250);
    assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(result.headline()).contains("there is no simulator to predict with");
  }

  @Test
  void aRunnerOfOnesOwnSimulates() {
    List<Integer> runs = new ArrayList<>();
    SimulationRunner counting =
        (simulator, parameters, seed) -> {
          runs.add(parameters.rows());
          return SimulationRunner.local().run(simulator, parameters, seed);
        };
    ValidationChecklist few = list(EXACT).tests(50, 49);
    assertThat(few.runner(counting).run().summary()).isEqualTo(few.run().summary());
    // Pilots, test data and predictions.
    assertThat(runs).hasSize(3).contains(50);
  }

  @Test
  void interruptEndsTheRun() {
    ValidationChecklist list = list(EXACT);
    Thread.currentThread().interrupt();
    assertThatThrownBy(list::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("interrupted while checking");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void resultsAreTheSameForAnyNumberOfThreads() {
    ValidationChecklist list = list(EXACT).simulations(EXACT.simulate(300, 2)).tests(110, 99);
    assertThat(list.threads(1).run().report("r").json())
        .isEqualTo(list.threads(2).run().report("r").json());
  }

  @Test
  void badSettingsAreExplained() {
    assertThatThrownBy(() -> ValidationChecklist.of(EXACT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got no observed values");
    assertThatThrownBy(() -> ValidationChecklist.of(EXACT, 1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("an observed value is NaN");
    ValidationChecklist list = ValidationChecklist.of(EXACT, OBSERVED);
    assertThatThrownBy(list::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("give a simulator, or simulations that were held out");
    assertThatThrownBy(() -> list.tests(0, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 0 test data sets with 10 draws each");
    assertThatThrownBy(() -> list.budget(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the budget is PT0S");
    assertThatThrownBy(() -> list.falseAlarmRate(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the false-alarm rate is 1.0");
    assertThatThrownBy(() -> list.threads(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("threads must be positive");
  }
}
