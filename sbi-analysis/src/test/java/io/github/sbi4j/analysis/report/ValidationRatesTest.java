package io.github.sbi4j.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.analysis.diagnostic.Verdict;
import io.github.sbi4j.analysis.exact.ExactPosterior;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How often the list finds right and wrong posteriors wrong. */
@Tag("slow")
class ValidationRatesTest {
  private static final ExactPosterior EXACT = ExactPosterior.of(2, 0.5);

  /** Of runs with other simulations and another observation from the model, how many fail. */
  private static int failures(ExactPosterior posterior, int runs) {
    int failures = 0;
    for (int run = 0; run < runs; run++) {
      double[] observed = EXACT.simulate(1, 1_000 + run).observations().row(0);
      Verdict verdict =
          ValidationChecklist.of(posterior, observed)
              .simulator(EXACT.simulator())
              .simulations(EXACT.simulate(600, 2_000 + run))
              .seed(run)
              .run()
              .verdict();
      failures += verdict == Verdict.FAIL ? 1 : 0;
    }
    return failures;
  }

  /** At the rate of 0.05 more than 8 of 40 fail with a probability of 0.0001. */
  @Test
  void rightPosteriorsSeldomFail() {
    assertThat(failures(EXACT, 40)).isLessThanOrEqualTo(8);
  }

  @Test
  void narrowPosteriorsFail() {
    assertThat(failures(EXACT.wrong(0.7, 0), 10)).isEqualTo(10);
  }

  @Test
  void shiftedPosteriorsFail() {
    assertThat(failures(EXACT.wrong(1, 0.5), 10)).isEqualTo(10);
  }
}
