package io.github.sbi4j.analysis.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.flows.posterior.Posterior;
import org.junit.jupiter.api.Test;

class TarpTest {
  private static final NormalModel MODEL = NormalModel.exact(2);

  private static TestDraws draws(Posterior posterior, int count) {
    return TestDraws.with(posterior).draws(200).run(MODEL.simulate(count, 1));
  }

  @Test
  void anExactPosteriorPasses() {
    TarpResult result = Tarp.defaults().compute(draws(MODEL, 500));
    assertThat(result.verdict()).as(result.summary()).isEqualTo(Verdict.PASS);
    assertThat(result.references()).hasSize(3);
    assertThat(result.references().get(0).coverage(0.9)).isCloseTo(0.9, within(4 * 0.0134));
    assertThat(Tarp.defaults().uniformReferences().compute(draws(MODEL, 500)).verdict())
        .isEqualTo(Verdict.PASS);
  }

  @Test
  void wrongPosteriorsFail() {
    TarpResult narrow = Tarp.defaults().compute(draws(MODEL.wrong(0.7, 0), 500));
    assertThat(narrow.findings().get(0).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(narrow.findings().get(0).reading()).contains("too narrow");
    TarpResult wide = Tarp.defaults().compute(draws(MODEL.wrong(1.4, 0), 500));
    assertThat(wide.findings().get(0).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(wide.findings().get(0).reading()).contains("too wide");
    TarpResult shifted = Tarp.defaults().compute(draws(MODEL.wrong(1, 0.4), 500));
    assertThat(shifted.findings().get(1).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(shifted.findings().get(2).verdict()).isEqualTo(Verdict.FAIL);
  }

  /** Only references that know the data see that the posterior does not. */
  @Test
  void aPosteriorThatIgnoresTheDataFails() {
    Posterior prior =
        ChangedPosterior.of(
            MODEL, (x, given, seed) -> MODEL.prior().sample(200, RandomStreams.key(seed, 1)));
    assertThat(Tarp.defaults().compute(draws(prior, 300)).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(Tarp.defaults().uniformReferences().compute(draws(prior, 300)).verdict())
        .isEqualTo(Verdict.PASS);
  }

  /** The regression of a linear model is near its exact posterior mean and sd, 0.8 x and 0.447. */
  @Test
  void referencesArePredictedByOtherFolds() {
    TestDraws draws = draws(MODEL, 500);
    double[][] x = draws.observations().toArray();
    double[][] theta = draws.parameters().toArray();
    CrossFit fit = CrossFit.of(x, theta);
    for (int i = 0; i < 500; i++) {
      assertThat(fit.predictions()[i][0]).isCloseTo(0.8 * x[i][0], within(0.3));
      assertThat(fit.errors()[i][1]).isCloseTo(MODEL.exactSd(), within(0.08));
    }
    double[] before = fit.predictions()[7];
    theta[7] = new double[] {100, 100};
    assertThat(CrossFit.of(x, theta).predictions()[7]).containsExactly(before);
    assertThat(CrossFit.of(x, theta).predictions()[8][0]).isNotEqualTo(fit.predictions()[8][0]);
  }

  @Test
  void badInputIsNamed() {
    assertThatThrownBy(() -> Tarp.defaults().alpha(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("alpha is -1.0");
    assertThat(Tarp.defaults().compute(draws(MODEL, 20)).verdict()).isEqualTo(Verdict.UNKNOWN);
  }
}
