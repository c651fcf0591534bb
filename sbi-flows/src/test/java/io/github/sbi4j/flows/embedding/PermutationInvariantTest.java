package io.github.sbi4j.flows.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.flows.embedding.PermutationInvariant.Aggregation;
import io.github.sbi4j.flows.tensor.Activation;
import org.junit.jupiter.api.Test;

class PermutationInvariantTest {
  private static final FullyConnected NET =
      FullyConnected.defaults()
          .withOutputs(3)
          .withHiddenLayers(1)
          .withHiddenFeatures(6)
          .withActivation(Activation.TANH);
  private static final PermutationInvariant FIXED =
      PermutationInvariant.defaults().withFeatures(2).withTrialNetwork(NET).withNetwork(NET);
  private static final PermutationInvariant VARIABLE = FIXED.withVariableTrials();

  private static final double[][] TRIALS = EmbeddingChecks.normal(5, 2, 11);

  private static double[][] first(int count) {
    return java.util.Arrays.copyOf(TRIALS, count);
  }

  @Test
  void everyWeightHasItsGradient() {
    new EmbeddingChecks(FIXED, 8).gradientsAgree(EmbeddingChecks.normal(5, 8, 1));
    new EmbeddingChecks(FIXED.withAggregation(Aggregation.SUM), 8)
        .gradientsAgree(EmbeddingChecks.normal(5, 8, 1));
    new EmbeddingChecks(VARIABLE, 11)
        .gradientsAgree(
            VARIABLE.observation(first(3), 5),
            VARIABLE.observation(first(1), 5),
            VARIABLE.observation(TRIALS, 5));
  }

  @Test
  void orderDoesNotMatter() {
    double[][] shuffled = {TRIALS[3], TRIALS[0], TRIALS[4], TRIALS[2], TRIALS[1]};
    for (PermutationInvariant settings : new PermutationInvariant[] {FIXED, VARIABLE}) {
      EmbeddingChecks checks =
          new EmbeddingChecks(settings, settings.observation(TRIALS, 5).length);
      float[] f =
          checks.features(settings.observation(TRIALS, 5), settings.observation(shuffled, 5));
      same(f, 0, 1);
      // Values moved between trials make another set.
      double[][] mixed = {{TRIALS[0][1], TRIALS[0][0]}, TRIALS[1], TRIALS[2], TRIALS[3], TRIALS[4]};
      assertThat(checks.features(settings.observation(mixed, 5))[0])
          .isNotCloseTo(f[0], within(1e-4f));
    }
  }

  /**
   * The mean over trials stays when each is repeated, and so does the output of the same weights
   * for another T.
   */
  @Test
  void theMeanDoesNotGrowWithTheTrialsAndTheSumDoes() {
    double[] once = FIXED.observation(first(2), 2);
    double[] twice =
        FIXED.observation(new double[][] {TRIALS[0], TRIALS[1], TRIALS[0], TRIALS[1]}, 4);
    float[] mean = new EmbeddingChecks(FIXED, 4).features(once);
    float[] meanTwice = new EmbeddingChecks(FIXED, 8).features(twice);
    assertThat(meanTwice[0]).isCloseTo(mean[0], within(1e-5f));
    PermutationInvariant sums = FIXED.withAggregation(Aggregation.SUM);
    float[] sum = new EmbeddingChecks(sums, 4).features(once);
    float[] sumTwice = new EmbeddingChecks(sums, 8).features(twice);
    assertThat(sumTwice[0]).isNotCloseTo(sum[0], within(1e-3f));
  }

  @Test
  void paddingIsNeverLookedAt() {
    EmbeddingChecks checks = new EmbeddingChecks(VARIABLE, 11);
    double[] zeros = VARIABLE.observation(first(3), 5);
    double[] rubbish = zeros.clone();
    for (int j = 7; j < 11; j++) {
      rubbish[j] = 1000 - j;
    }
    same(checks.features(zeros, rubbish), 0, 1);
    double[] four = rubbish.clone();
    four[0] = 4;
    assertThat(checks.features(four)[0]).isNotCloseTo(checks.features(zeros)[0], within(1e-3f));
  }

  /**
   * Observations of one batch with 5, 3 and 1 trials of two features give the means over exactly so
   * many, seen through networks without hidden layers: a feature of the trial network is then w x +
   * b, and its mean over trials is that of the mean trial.
   */
  @Test
  void eachObservationHasItsOwnCount() {
    FullyConnected linear = NET.withHiddenLayers(0);
    PermutationInvariant settings = VARIABLE.withTrialNetwork(linear).withNetwork(linear);
    EmbeddingChecks checks = new EmbeddingChecks(settings, 11);
    int[] counts = {5, 3, 1};
    double[][] rows = new double[3][];
    double[][] means = new double[3][];
    for (int i = 0; i < 3; i++) {
      rows[i] = settings.observation(first(counts[i]), 5);
      double[] mean = new double[2];
      for (int t = 0; t < counts[i]; t++) {
        mean[0] += TRIALS[t][0] / counts[i];
        mean[1] += TRIALS[t][1] / counts[i];
      }
      // As many trials as in the row, all equal to the mean.
      double[][] equal = new double[counts[i]][];
      java.util.Arrays.fill(equal, mean);
      means[i] = settings.observation(equal, 5);
    }
    float[] of = checks.features(rows);
    float[] ofMeans = checks.features(means);
    for (int k = 0; k < of.length; k++) {
      assertThat(of[k]).as("feature %d", k).isCloseTo(ofMeans[k], within(1e-5f));
    }
    // The count itself is a feature: the same mean from fewer trials is another observation.
    double[] one = settings.observation(new double[][] {{means[0][1], means[0][2]}}, 5);
    assertThat(checks.features(one)[0]).isNotCloseTo(of[0], within(1e-3f));
  }

  @Test
  void noTrialAtAllIsAnObservation() {
    float[] features =
        new EmbeddingChecks(VARIABLE, 11).features(VARIABLE.observation(new double[0][], 5));
    for (float f : features) {
      assertThat(f).isFinite();
    }
  }

  @Test
  void trialsShareTheScaleOfEachFeature() {
    assertThat(FIXED.columnGroups(6)).containsExactly(0, 1, 0, 1, 0, 1);
    assertThat(VARIABLE.columnGroups(7)).containsExactly(-1, 0, 1, 0, 1, 0, 1);
    assertThat(VARIABLE.dataLength(new double[] {2, 1, 1, 1, 1, 0, 0})).isEqualTo(5);
    assertThat(FIXED.dataLength(new double[6])).isEqualTo(6);
  }

  @Test
  void observationsArePacked() {
    assertThat(VARIABLE.observation(new double[][] {{1, 2}}, 3))
        .containsExactly(1, 1, 2, 0, 0, 0, 0);
    assertThat(FIXED.observation(new double[][] {{1, 2}, {3, 4}}, 2)).containsExactly(1, 2, 3, 4);
    assertThatThrownBy(() -> VARIABLE.observation(TRIALS, 4))
        .hasMessageContaining("5 trials do not make an observation of at most 4");
    assertThatThrownBy(() -> FIXED.observation(TRIALS, 6))
        .hasMessageContaining("5 trials do not make an observation of 6")
        .hasMessageContaining("withVariableTrials");
    assertThatThrownBy(() -> FIXED.observation(new double[][] {{1}}, 1))
        .hasMessageContaining("trial 0 has 1 values, expected 2");
  }

  @Test
  void observationsThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> new EmbeddingChecks(FIXED, 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7 values is not a number of trials of 2 values each");
    assertThatThrownBy(() -> VARIABLE.columnGroups(8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "8 values is not the number of trials and then a number of trials of 2 values each");
    for (double count : new double[] {-1, 1.5, 4}) {
      assertThatThrownBy(() -> VARIABLE.dataLength(new double[] {count, 1, 1, 1, 1, 0, 0}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is " + count)
          .hasMessageContaining("a whole number from 0 to 3");
    }
    assertThatThrownBy(() -> FIXED.withFeatures(0))
        .hasMessage("features must be at least 1, but is 0");
  }

  @Test
  void settingsAreKept() {
    PermutationInvariant settings = VARIABLE.withAggregation(Aggregation.SUM).withOutputs(4);
    assertThat(settings.features()).isEqualTo(2);
    assertThat(settings.variableTrials()).isTrue();
    assertThat(settings.aggregation()).isEqualTo(Aggregation.SUM);
    assertThat(settings.trialNetwork()).isSameAs(NET);
    assertThat(settings.network().outputs()).isEqualTo(4);
    assertThat(settings.toString())
        .startsWith("PermutationInvariant[features=2, variableTrials=true, aggregation=SUM");
  }

  private static void same(float[] features, int row, int other) {
    int width = features.length / 2;
    for (int k = 0; k < width; k++) {
      assertThat(features[other * width + k]).isCloseTo(features[row * width + k], within(1e-5f));
    }
  }
}
