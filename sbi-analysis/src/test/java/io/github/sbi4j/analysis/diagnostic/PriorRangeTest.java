package io.github.sbi4j.analysis.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.sample.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriorRangeTest {
  private static final Distribution PRIOR =
      BoxUniform.of(new double[] {0, -1}, new double[] {10, 1}).named("tau", "mu");

  /** 100 rows: tau in the middle but for those in the top 5 %, mu in the middle. */
  private static Samples leaning(int rows) {
    double[][] values = new double[100][];
    for (int i = 0; i < 100; i++) {
      values[i] = new double[] {i < rows ? 9.8 : 5, 0.1};
    }
    return Samples.copyOf(PRIOR.names(), values);
  }

  @Test
  void sharesAtAllBoundsAreCounted() {
    PriorRangeResult result = PriorRange.of(PRIOR, leaning(22));
    assertThat(result.bounds())
        .containsExactly(
            new PriorRangeResult.Bound("tau", false, 0, 0),
            new PriorRangeResult.Bound("tau", true, 10, 0.22),
            new PriorRangeResult.Bound("mu", false, -1, 0),
            new PriorRangeResult.Bound("mu", true, 1, 0));
    assertThat(result.findings().stream().map(Finding::verdict))
        .containsExactly(Verdict.PASS, Verdict.CAUTION, Verdict.PASS, Verdict.PASS);
    assertThat(result.findings().get(1).reading())
        .startsWith(
            "22.0 % of the posterior of tau lies in the outermost 5 % of the prior at its upper bound 10")
        .contains("leans on the bound");
    assertThat(result.verdict()).isEqualTo(Verdict.CAUTION);
  }

  @Test
  void verdictsTurnAtTwoPercentAndReadingsAtTen() {
    assertThat(PriorRange.of(PRIOR, leaning(1)).verdict()).isEqualTo(Verdict.PASS);
    assertThat(PriorRange.of(PRIOR, leaning(2)).verdict()).isEqualTo(Verdict.CAUTION);
    assertThat(PriorRange.of(PRIOR, leaning(9)).summary()).doesNotContain("leans on the bound");
    assertThat(PriorRange.of(PRIOR, leaning(10)).summary()).contains("leans on the bound");
    assertThat(PriorRange.of(PRIOR, leaning(10)).verdict()).isEqualTo(Verdict.CAUTION);
  }

  /** Draws of the prior: 5 % at each bound, within 4 standard errors and those of the edge. */
  @Test
  void thePriorItselfHasFivePercentAtEachBound() {
    PriorRangeResult result = PriorRange.of(PRIOR, PRIOR.sample(10_000, 3));
    assertThat(result.bounds())
        .allSatisfy(bound -> assertThat(bound.share()).isCloseTo(0.05, within(0.012)));
    assertThat(result.verdict()).isEqualTo(Verdict.CAUTION);
  }

  @Test
  void aPriorWithoutBoundsHasNone() {
    NormalModel model = NormalModel.exact(2);
    PriorRangeResult result = PriorRange.of(model.given(0, 0), 100);
    assertThat(result.bounds()).isEmpty();
    assertThat(result.verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void badInputIsNamed() {
    Samples one = Samples.copyOf(List.of("a"), new double[][] {{1}});
    assertThatThrownBy(() -> PriorRange.of(PRIOR, one))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the draws are 1 x 1, expected at least one row of the prior's 2 parameters");
  }
}
