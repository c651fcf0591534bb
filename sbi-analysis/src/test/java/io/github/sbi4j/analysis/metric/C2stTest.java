package io.github.sbi4j.analysis.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.analysis.classifier.RandomForestClassifier;
import io.github.sbi4j.core.sample.Samples;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class C2stTest {
  private static final int ROWS = 1024;
  private final Samples reference = Gaussians.shifted(ROWS, 10, 0, 1);

  // The accuracy on held-out rows of equal sets is close to binomial with 2048 trials: sd 0.011, so
  // leaving (0.45, 0.55) has a chance under 1e-5.
  @Test
  void networkScoresOneHalfForTheSameDistribution() {
    C2stResult result = C2st.mlp().compute(reference, Gaussians.shifted(ROWS, 10, 0, 2));
    assertThat(result.median()).isGreaterThan(0.45).isLessThanOrEqualTo(0.55);
  }

  @Test
  @Tag("slow")
  void forestScoresOneHalfForTheSameDistribution() {
    C2stResult result = C2st.randomForest().compute(reference, Gaussians.shifted(ROWS, 10, 0, 2));
    assertThat(result.median()).isGreaterThan(0.45).isLessThanOrEqualTo(0.55);
  }

  // The best accuracy for a shift of one in 10 columns is Phi(sqrt(10) / 2) = 0.943.
  @Test
  void networkSeesAShiftOfOne() {
    C2stResult result = C2st.mlp().compute(reference, Gaussians.shifted(ROWS, 10, 1, 2));
    assertThat(result.median()).isGreaterThan(0.88).isLessThanOrEqualTo(0.96);
  }

  @Test
  @Tag("slow")
  void forestSeesAShiftOfOne() {
    C2stResult result = C2st.randomForest().compute(reference, Gaussians.shifted(ROWS, 10, 1, 2));
    assertThat(result.median()).isGreaterThan(0.85).isLessThanOrEqualTo(0.96);
  }

  // Four hundred rows: sd 0.018 around one half, and Phi(sqrt(10) / 2) = 0.943 at best.
  @Test
  void forestTellsTheSameFromShiftedWithFewRows() {
    Samples few = reference.head(400);
    C2st forest = C2st.with(new RandomForestClassifier(30));
    double same = forest.compute(few, Gaussians.shifted(400, 10, 0, 2)).median();
    double shifted = forest.compute(few, Gaussians.shifted(400, 10, 1, 2)).median();
    assertThat(same).isGreaterThan(0.42).isLessThan(0.58);
    assertThat(shifted).isGreaterThan(0.85).isLessThanOrEqualTo(0.98);
  }

  @Test
  void bothAreSureOfAShiftOfTwenty() {
    Samples far = Gaussians.shifted(ROWS, 10, 20, 2);
    assertThat(C2st.mlp().compute(reference, far).median()).isGreaterThan(0.98);
    assertThat(C2st.randomForest().compute(reference, far).median()).isGreaterThan(0.98);
  }

  // A linear border is best in one dimension: Phi(1/2) = 0.691. Sampling sd 0.007 and some loss
  // from fitting on 3200 rows.
  @Test
  void networkReachesTheBestPossibleAccuracyInOneDimension() {
    C2stResult result =
        C2st.mlp()
            .seeds(1, 2, 3)
            .compute(Gaussians.shifted(2000, 1, 0, 3), Gaussians.shifted(2000, 1, 1, 4));
    double best = new NormalDistribution().cumulativeProbability(0.5);
    assertThat(result.median()).isCloseTo(best, within(0.03));
  }

  @Test
  void resultDependsOnTheSeedAndNotOnTheThreads() {
    Samples a = Gaussians.shifted(300, 2, 0, 5);
    Samples b = Gaussians.shifted(300, 2, 0.5, 6);
    C2stResult one = C2st.mlp().seeds(1, 2).threads(1).compute(a, b);
    C2stResult two = C2st.mlp().seeds(1, 2).threads(2).compute(a, b);
    C2stResult other = C2st.mlp().seeds(3).compute(a, b);
    assertThat(one).isEqualTo(two);
    assertThat(other.runs().get(0).folds()).isNotEqualTo(one.runs().get(0).folds());
    C2stResult forest = C2st.randomForest().threads(1).compute(a, b);
    assertThat(C2st.randomForest().threads(2).compute(a, b)).isEqualTo(forest);
  }

  @Test
  void scaleOfTheReferenceDoesNotMatter() {
    Samples a = Gaussians.shifted(300, 2, 0, 5);
    Samples b = Gaussians.shifted(300, 2, 0.5, 6);
    double plain = C2st.mlp().compute(a, b).median();
    double scaled = C2st.mlp().compute(scale(a, 1024), scale(b, 1024)).median();
    double unscaled = C2st.mlp().zScore(false).compute(scale(a, 1024), scale(b, 1024)).median();
    assertThat(scaled).isEqualTo(plain);
    assertThat(unscaled).isNotEqualTo(plain);
  }

  private static Samples scale(Samples samples, double factor) {
    double[] values = samples.toRowMajorArray();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return Samples.ofRowMajor(samples.names(), values);
  }

  @Test
  void columnThatIsConstantInTheReferenceSeparates() {
    Samples a = Samples.copyOf(List.of("c"), fill(100, 0.1));
    Samples b = Samples.copyOf(List.of("c"), fill(100, 3.1));
    assertThat(C2st.mlp().compute(a, b).median()).isEqualTo(1);
    assertThat(C2st.mlp().compute(a, a).median()).isBetween(0.3, 0.6);
  }

  private static double[][] fill(int rows, double value) {
    double[][] result = new double[rows][];
    java.util.Arrays.setAll(result, i -> new double[] {value});
    return result;
  }

  @Test
  void medianAndValuesComeFromTheRuns() {
    C2stResult result =
        new C2stResult(
            "mlp",
            List.of(
                new C2stResult.Run(1, List.of(0.5, 0.6)),
                new C2stResult.Run(2, List.of(0.9, 0.9)),
                new C2stResult.Run(3, List.of(0.6, 0.6)),
                new C2stResult.Run(4, List.of(0.7, 0.7))));
    assertThat(result.values()).containsExactly(new double[] {0.55, 0.9, 0.6, 0.7}, within(1e-15));
    assertThat(result.median()).isCloseTo(0.65, within(1e-15));
  }

  @Test
  void wrongInputIsNamed() {
    Samples two = Gaussians.shifted(20, 2, 0, 1);
    Samples three = Gaussians.shifted(20, 3, 0, 1);
    Samples few = Gaussians.shifted(4, 2, 0, 1);
    Samples nan = Samples.copyOf(List.of("a", "b"), new double[][] {{1, 2}, {3, Double.NaN}});
    Samples none = Samples.copyOf(List.of("a", "b"), new double[0][]);
    assertThatThrownBy(() -> C2st.mlp().compute(two, three))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("samples has 3 columns in row 0 and the reference has 2");
    assertThatThrownBy(() -> C2st.mlp().compute(two, nan))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("samples has the value NaN in row 1, column 1");
    assertThatThrownBy(() -> C2st.mlp().compute(none, two))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 0 reference rows");
    assertThatThrownBy(() -> C2st.mlp().compute(two, few))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4 sample rows for 5 folds");
    assertThatThrownBy(() -> C2st.mlp().seeds())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one");
    assertThatThrownBy(() -> C2st.mlp().folds(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 2, got 1");
    assertThatThrownBy(() -> C2st.mlp().threads(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("threads must be positive, got 0");
  }
}
