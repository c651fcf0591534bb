package io.github.sbi4j.analysis.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.random.RandomStreams;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClassifierTest {
  static Classifier[] classifiers() {
    return new Classifier[] {MlpClassifier.defaults(), new RandomForestClassifier(50)};
  }

  /** Class one inside a circle, class zero outside: no linear border helps. */
  private static double[][] square(int rows, long seed) {
    RandomGenerator random = RandomStreams.of(seed, 0);
    double[][] result = new double[rows][2];
    for (double[] row : result) {
      row[0] = random.nextDouble(-1, 1);
      row[1] = random.nextDouble(-1, 1);
    }
    return result;
  }

  private static boolean[] circle(double[][] rows) {
    boolean[] labels = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      labels[i] = Math.hypot(rows[i][0], rows[i][1]) < 0.8;
    }
    return labels;
  }

  @ParameterizedTest
  @MethodSource("classifiers")
  void learnsACircle(Classifier classifier) {
    double[][] rows = square(2000, 1);
    double[][] held = square(1000, 2);
    Classifier.Fitted fitted = classifier.fit(rows, circle(rows), 1);
    assertThat(fitted.accuracy(held, circle(held))).isGreaterThan(0.96);
    assertThat(fitted.probabilities(new double[][] {{0, 0}})[0]).isGreaterThan(0.95);
    assertThat(fitted.probabilities(new double[][] {{0.95, 0.95}})[0]).isLessThan(0.05);
  }

  @ParameterizedTest
  @MethodSource("classifiers")
  void sameSeedGivesTheSameClassifier(Classifier classifier) {
    double[][] rows = square(300, 1);
    boolean[] labels = circle(rows);
    double[] first = classifier.fit(rows, labels, 7).probabilities(rows);
    assertThat(classifier.fit(rows, labels, 7).probabilities(rows)).isEqualTo(first);
    assertThat(classifier.fit(rows, labels, 8).probabilities(rows)).isNotEqualTo(first);
  }

  @ParameterizedTest
  @MethodSource("classifiers")
  void wrongRowsAreNamed(Classifier classifier) {
    assertThatThrownBy(() -> classifier.fit(new double[0][], new boolean[0], 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no rows");
    assertThatThrownBy(() -> classifier.fit(new double[3][2], new boolean[2], 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 labels for 3 rows");
    assertThatThrownBy(() -> classifier.fit(new double[][] {{1, 2}, {1}}, new boolean[2], 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 1 has 1 values and row 0 has 2");
  }

  @Test
  void settingsOfTheNetworkAreChecked() {
    assertThatThrownBy(() -> MlpClassifier.defaults().withHiddenUnits(10, 0))
        .hasMessageContaining("hidden units must be positive, got 0");
    assertThatThrownBy(() -> MlpClassifier.defaults().withMaximumEpochs(0))
        .hasMessageContaining("maximum epochs must be positive, got 0");
    assertThatThrownBy(() -> MlpClassifier.defaults().withPatience(-1))
        .hasMessageContaining("patience must be positive, got -1");
    assertThatThrownBy(() -> new RandomForestClassifier(0))
        .hasMessageContaining("trees must be positive, got 0");
  }

  @Test
  void probabilitiesDoNotDependOnTheBatch() {
    double[][] rows = square(450, 1);
    Classifier.Fitted fitted =
        MlpClassifier.defaults().withMaximumEpochs(5).fit(rows, circle(rows), 1);
    double[] together = fitted.probabilities(rows);
    for (int i : new int[] {0, 199, 200, 449}) {
      assertThat(fitted.probabilities(new double[][] {rows[i]})[0])
          .isCloseTo(together[i], within(1e-6));
    }
  }

  @Test
  void neutralStartSaysOneHalfUntilTrained() {
    MlpClassifier still = MlpClassifier.defaults().withMaximumEpochs(1).withLearningRate(1e-12);
    double[][] rows = square(100, 1);
    boolean[] labels = circle(rows);
    for (double p : still.withNeutralStart().fit(rows, labels, 1).probabilities(rows)) {
      assertThat(p).isCloseTo(0.5, within(1e-6));
    }
    double[] others = still.fit(rows, labels, 1).probabilities(rows);
    assertThat(Arrays.stream(others).map(p -> Math.abs(p - 0.5)).max().orElseThrow())
        .isGreaterThan(0.05);
  }

  @Test
  void wrongSettingsOfTheNetworkAreNamed() {
    MlpClassifier network = MlpClassifier.defaults();
    assertThatThrownBy(() -> network.withPenalty(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("penalty must be at least 0 and finite, got -1.0");
    assertThatThrownBy(() -> network.withLearningRate(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("learning rate must be positive and finite, got 0.0");
    assertThatThrownBy(() -> network.withBatchSize(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("batch size must be positive, got 0");
  }
}
