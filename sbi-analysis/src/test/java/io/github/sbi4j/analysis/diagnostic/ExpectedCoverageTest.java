package io.github.sbi4j.analysis.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;

class ExpectedCoverageTest {
  private static final NormalModel MODEL = NormalModel.exact(2);

  private static CoverageResult of(NormalModel posterior, int count) {
    return ExpectedCoverage.defaults()
        .compute(TestDraws.with(posterior).draws(200).run(MODEL.simulate(count, 1)));
  }

  @Test
  void anExactPosteriorCoversAsItShould() {
    CoverageResult result = of(MODEL, 500);
    assertThat(result.verdict()).as(result.summary()).isEqualTo(Verdict.PASS);
    assertThat(result.coverage(0.9)).isCloseTo(0.9, within(4 * 0.0134));
    assertThat(result.coverage(0.5)).isCloseTo(0.5, within(4 * 0.0224));
    assertThat(result.areaDeviation()).isCloseTo(0, within(4 * 0.013));
    assertThat(result.findings().get(0).reading()).contains("of cases: as it should");
  }

  /** A region of level c of the narrow normal holds P(chi2 <= s^2 q_c) of the true one. */
  @Test
  void coverageIsThatOfTheWrongNormal() {
    ChiSquaredDistribution chi = new ChiSquaredDistribution(2);
    for (double factor : new double[] {0.7, 1.4}) {
      CoverageResult result = of(MODEL.wrong(factor, 0), 500);
      double radius = chi.inverseCumulativeProbability(0.9);
      double truth = chi.cumulativeProbability(factor * factor * radius);
      // 4 standard errors, and what 200 draws leave open of the region.
      assertThat(result.coverage(0.9)).isCloseTo(truth, within(4 * 0.021 + 0.01));
      assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
      assertThat(Math.signum(result.areaDeviation())).isEqualTo(factor < 1 ? -1 : 1);
      assertThat(result.findings().get(0).reading())
          .contains(factor < 1 ? "of cases: overconfident" : "of cases: conservative");
    }
  }

  @Test
  void theCurveIsCoverageAtItsLevels() {
    CoverageResult result = of(MODEL, 200);
    double[] levels = result.ranks().levels();
    double[] curve = result.ranks().ecdf();
    for (int k = 0; k < levels.length; k++) {
      assertThat(result.coverage(levels[k])).isCloseTo(curve[k], within(1e-9));
    }
  }

  @Test
  void badInputIsNamed() {
    assertThatThrownBy(() -> ExpectedCoverage.defaults().alpha(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("alpha is 2.0");
    assertThat(of(MODEL, 20).verdict()).isEqualTo(Verdict.UNKNOWN);
  }
}
