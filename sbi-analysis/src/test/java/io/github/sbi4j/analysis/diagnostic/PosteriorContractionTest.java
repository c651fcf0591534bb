package io.github.sbi4j.analysis.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.posterior.Posterior;
import java.util.List;
import org.junit.jupiter.api.Test;

class PosteriorContractionTest {
  private static final NormalModel MODEL = NormalModel.exact(2);

  private static ContractionResult of(Posterior posterior) {
    return PosteriorContraction.of(
        TestDraws.with(posterior).draws(200).run(MODEL.simulate(300, 1)));
  }

  /** By hand: variances 4 and 1, mean 1 and truth 3. */
  @Test
  void followsTheFormulae() {
    Samples prior = Samples.copyOf(List.of("a"), new double[][] {{-2}, {0}, {2}});
    Samples posterior = Samples.copyOf(List.of("a"), new double[][] {{0}, {1}, {2}});
    assertThat(PosteriorContraction.shrinkage(prior, posterior)[0]).isCloseTo(0.75, within(1e-12));
    assertThat(PosteriorContraction.zScore(new double[] {3}, posterior)[0])
        .isCloseTo(2, within(1e-12));
    ContractionResult result = PosteriorContraction.of(prior, posterior);
    assertThat(result.parameters().get(0).shrinkage()).isCloseTo(0.75, within(1e-12));
    assertThat(result.parameters().get(0).zScore()).isNaN();
    assertThat(result.summary()).contains("the data inform a: variance down by 75 %");
  }

  /** The exact shrinkage is 1 - 0.2, the mean square z-score 1, of 300 with 4 standard errors. */
  @Test
  void anExactPosteriorShrinksAsItShould() {
    ContractionResult result = of(MODEL);
    assertThat(result.verdict()).as(result.summary()).isEqualTo(Verdict.PASS);
    for (ContractionResult.Contraction one : result.parameters()) {
      assertThat(one.shrinkage()).isCloseTo(0.8, within(0.01));
      assertThat(one.zScore()).isCloseTo(1, within(4 * 0.041 + 0.01));
    }
  }

  @Test
  void anUninformedOrOverconfidentPosteriorIsToBeLookedAt() {
    Posterior prior =
        ChangedPosterior.of(
            MODEL, (x, draws, seed) -> MODEL.prior().sample(200, RandomStreams.key(seed, 1)));
    assertThat(of(prior).findings().get(0).reading()).startsWith("the data say little of theta_1");
    assertThat(of(prior).verdict()).isEqualTo(Verdict.CAUTION);
    ContractionResult narrow = of(MODEL.wrong(0.4, 0));
    assertThat(narrow.findings().get(0).reading()).contains("far from the truth", "z-score 2.");
    assertThat(narrow.verdict()).isEqualTo(Verdict.CAUTION);
  }

  @Test
  void badInputIsNamed() {
    Samples one = Samples.copyOf(List.of("a"), new double[][] {{1}});
    Samples two = Samples.copyOf(List.of("a", "b"), new double[][] {{1, 1}, {2, 2}});
    assertThatThrownBy(() -> PosteriorContraction.shrinkage(one, two))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the draws of the prior are 1 x 1, expected at least two rows of 2 parameters");
    assertThatThrownBy(() -> PosteriorContraction.zScore(new double[] {1}, one))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the draws of the posterior are 1 x 1");
  }
}
