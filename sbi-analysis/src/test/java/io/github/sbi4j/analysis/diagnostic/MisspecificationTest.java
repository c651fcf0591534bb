package io.github.sbi4j.analysis.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.analysis.exact.ExactPosterior;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.embedding.FullyConnected;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.inference.SNPE;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.training.Training;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class MisspecificationTest {
  private static final ExactPosterior MODEL = ExactPosterior.of(2, 0.5);
  private static final Simulations SIMULATIONS = MODEL.simulate(1000, 1);
  private static final Misspecification TEST =
      Misspecification.of(SIMULATIONS).training(Training.defaults().withMaxEpochs(15));

  // P-values are uniform on multiples of 1 / 201: of 400 fresh observations, Binomial(400, 0.05)
  // between 7 and 36 but in 0.002 of all seeds (those that share a reference vary a little more).
  @Test
  void freshSimulationsFailAtTheLevel() {
    Misspecification few = Misspecification.of(MODEL.simulate(400, 4)).threads(1);
    double[][] fresh = MODEL.simulate(400, 2).observations().toArray();
    long failed = Arrays.stream(fresh).filter(x -> few.mmd(3, x).verdict() == Verdict.FAIL).count();
    assertThat(failed).isBetween(7L, 36L);
  }

  @Test
  void ownSimulationsAreLikeThemselvesByBothTests() {
    MisspecificationResult result = TEST.test(3, MODEL.simulate(1, 5).observations().row(0));
    assertThat(result.tests()).hasSize(2);
    assertThat(result.verdict()).isEqualTo(Verdict.PASS);
    assertThat(result.summary()).contains("the observation is like the simulations");
    assertThat(result.findings()).allSatisfy(f -> assertThat(f.threshold()).isEqualTo(0.025));
  }

  @Test
  void farObservationFailsAndItsValueIsNamed() {
    MisspecificationResult result = TEST.test(3, new double[] {0, -9});
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result.tests()).allSatisfy(t -> assertThat(t.pValue()).isEqualTo(1.0 / 501));
    assertThat(result.unusual().name()).isEqualTo(SIMULATIONS.observations().names().get(1));
    // x_2 = theta_1 / 2 + theta_2 + e / 2 has the variance 1.5.
    assertThat(result.unusual().deviations()).isCloseTo(-9 / Math.sqrt(1.5), within(0.6));
    assertThat(result.summary()).contains("standard deviations below their mean");
  }

  // The correlation of the two values is 2 / 3: usual each, together they are not.
  @Test
  void densitySeesWhatIsUnusualTogether() {
    double[] x = {2.2, -2.2};
    assertThat(TEST.density(3, x).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(Math.abs(TEST.density(3, x).unusual().deviations())).isLessThan(2);
  }

  /** Thirty observations at once show a shift that one does not. */
  @Test
  void groupsAreMorePowerful() {
    double[][] shifted = MODEL.simulate(20, 9).observations().toArray();
    for (double[] x : shifted) {
      x[0] += 1.2;
    }
    assertThat(TEST.mmd(3, shifted[0]).verdict()).isEqualTo(Verdict.PASS);
    assertThat(TEST.mmd(3, shifted).tests().get(0).pValue()).isEqualTo(1.0 / 26);
    assertThat(TEST.mmd(3, MODEL.simulate(20, 9).observations().toArray()).verdict())
        .isEqualTo(Verdict.PASS);
  }

  @Test
  void summariesAreComparedInstead() {
    Misspecification ofSum = TEST.summary(x -> new double[] {x[0] + x[1]});
    double[] x = {6, -6};
    assertThat(TEST.mmd(3, x).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(ofSum.mmd(3, x).verdict()).isEqualTo(Verdict.PASS);
    assertThat(ofSum.mmd(3, new double[] {6, 6}).unusual().name()).isEqualTo("summary_1");
  }

  @Test
  void featuresOfAPosteriorsOwnEmbeddingAreCompared() {
    DirectPosterior posterior =
        SNPE.with(MODEL.prior())
            .densityEstimator(Maf.defaults().withTransforms(1))
            .embedding(FullyConnected.defaults().withOutputs(3))
            .training(Training.defaults().withMaxEpochs(15))
            .appendSimulations(SIMULATIONS)
            .train()
            .buildPosterior();
    Misspecification ofFeatures = TEST.summary(posterior::features);
    assertThat(ofFeatures.mmd(3, new double[] {0, -9}).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(ofFeatures.mmd(3, new double[] {0, -9}).unusual().name()).startsWith("summary_");
    // Fails with probability 0.05.
    double[] like = MODEL.simulate(1, 5).observations().row(0);
    assertThat(ofFeatures.mmd(3, like).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void changedConstantIsFound() {
    double[][] x = SIMULATIONS.observations().toArray();
    for (double[] row : x) {
      row[1] = 4;
    }
    Simulations constant = Simulations.of(SIMULATIONS.parameters().toArray(), x);
    Misspecification test =
        Misspecification.of(constant).training(Training.defaults().withMaxEpochs(5));
    assertThat(test.density(3, new double[] {0, 4}).verdict()).isEqualTo(Verdict.PASS);
    assertThat(test.density(3, new double[] {0, 4.5}).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(test.mmd(3, new double[] {0, 40}).verdict()).isEqualTo(Verdict.FAIL);
  }

  // By hand: k = exp(-d^2 / (2 m)) with m the median squared distance, 4 of {1, 4, 9}.
  @Test
  void kernelScoreMatchesItsDefinition() {
    ObservationScore score = ObservationScore.kernel(new double[][] {{0}, {1}, {3}});
    double across = (Math.exp(-1 / 8.0) + 1 + Math.exp(-4 / 8.0)) / 3;
    assertThat(score.of(new double[][] {{1}})).isCloseTo(-2 * across, within(1e-12));
    double other = (Math.exp(-4 / 8.0) + Math.exp(-1 / 8.0) + Math.exp(-1 / 8.0)) / 3;
    assertThat(score.of(new double[][] {{1}, {2}}))
        .isCloseTo(Math.exp(-1 / 8.0) - (across + other), within(1e-12));
  }

  // The density of a standard normal is known; the flow has to come near it.
  @Test
  void densityScoreIsMinusTheLogDensity() {
    RandomGenerator random = RandomStreams.of(1, 0);
    double[][] rows = new double[2000][2];
    for (double[] row : rows) {
      row[0] = random.nextGaussian();
      row[1] = random.nextGaussian();
    }
    ObservationScore score =
        ObservationScore.density(rows, Maf.defaults(), Training.defaults().withMaxEpochs(15), 1, 2);
    for (double[] x : new double[][] {{0, 0}, {1, -1}}) {
      double exact = Math.log(2 * Math.PI) + 0.5 * (x[0] * x[0] + x[1] * x[1]);
      assertThat(score.of(new double[][] {x})).isCloseTo(exact, within(0.2));
    }
  }

  @Test
  void resultDependsOnTheSeedAndNotOnTheThreads() {
    MisspecificationResult.Test one = TEST.threads(1).test(3, new double[] {1, 1}).tests().get(1);
    MisspecificationResult.Test two = TEST.threads(2).test(3, new double[] {1, 1}).tests().get(1);
    assertThat(two.statistic()).isEqualTo(one.statistic());
    assertThat(two.simulated()).isEqualTo(one.simulated());
    assertThat(TEST.mmd(4, new double[] {1, 1}).tests().get(0).statistic())
        .isNotEqualTo(TEST.mmd(3, new double[] {1, 1}).tests().get(0).statistic());
  }

  @Test
  void wrongInputIsNamed() {
    assertThatThrownBy(() -> TEST.mmd(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got no observations");
    assertThatThrownBy(() -> TEST.mmd(1, new double[] {1, 2, 3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the observation has 3 values and simulations have 2");
    assertThatThrownBy(() -> TEST.mmd(1, new double[] {1, Double.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("observed value 1 is NaN");
    assertThatThrownBy(() -> TEST.mmd(1, new double[30][2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("give 16 groups of 30 to compare with, and level 0.05 needs 19")
        .hasMessageContaining("at least 1140 simulations");
    assertThatThrownBy(() -> TEST.level(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("level must be between 0 and 1, got 0.0");
    assertThatThrownBy(
            () -> TEST.summary(x -> new double[] {Double.NaN}).mmd(1, new double[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is [NaN]; expected finite values");
  }

  @Test
  void namesOfObservedValuesAreKept() {
    Simulations named = SIMULATIONS.observationsNamed("left", "right");
    Samples unchanged = named.observations();
    assertThat(unchanged.names()).containsExactly("left", "right");
    assertThat(Misspecification.of(named).mmd(1, new double[] {8, 0}).summary()).contains("left");
  }
}
