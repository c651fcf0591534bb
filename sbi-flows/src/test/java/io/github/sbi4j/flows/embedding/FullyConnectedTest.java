package io.github.sbi4j.flows.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sbi4j.flows.tensor.Activation;
import org.junit.jupiter.api.Test;

class FullyConnectedTest {
  private static final FullyConnected SMALL =
      FullyConnected.defaults()
          .withOutputs(3)
          .withHiddenFeatures(8)
          .withActivation(Activation.TANH);

  @Test
  void everyWeightHasItsGradient() {
    new EmbeddingChecks(SMALL, 4).gradientsAgree(EmbeddingChecks.normal(6, 4, 1));
  }

  @Test
  void identityGivesTheObservation() {
    EmbeddingChecks checks = new EmbeddingChecks(Embedding.identity(), 2);
    assertThat(checks.features(new double[] {1, -2}, new double[] {3, 4}))
        .containsExactly(1, -2, 3, 4);
    assertThat(checks.layout().size()).isZero();
  }

  @Test
  void featuresHaveBothSigns() {
    float[] features =
        new EmbeddingChecks(FullyConnected.defaults(), 4)
            .features(EmbeddingChecks.normal(20, 4, 1));
    int positive = 0;
    for (float f : features) {
      positive += f > 0 ? 1 : 0;
    }
    assertThat(positive).isBetween(features.length / 10, 9 * features.length / 10);
  }

  @Test
  void withoutHiddenLayersItIsLinear() {
    EmbeddingChecks checks = new EmbeddingChecks(SMALL.withHiddenLayers(0), 2);
    float[] f = checks.features(new double[] {0, 0}, new double[] {1, 2}, new double[] {2, 4});
    for (int k = 0; k < 3; k++) {
      assertThat(f[6 + k] - f[3 + k])
          .isCloseTo(f[3 + k] - f[k], org.assertj.core.api.Assertions.within(1e-5f));
    }
  }

  @Test
  void settingsAreKept() {
    FullyConnected settings = SMALL.withHiddenLayers(1);
    assertThat(settings.outputs()).isEqualTo(3);
    assertThat(settings.hiddenLayers()).isEqualTo(1);
    assertThat(settings.hiddenFeatures()).isEqualTo(8);
    assertThat(settings.activation()).isEqualTo(Activation.TANH);
    assertThat(settings)
        .hasToString(
            "FullyConnected[outputs=3, hiddenLayers=1, hiddenFeatures=8, activation=TANH]");
  }

  @Test
  void badSettingsAreNamed() {
    assertThatThrownBy(() -> SMALL.withOutputs(0))
        .hasMessage("outputs must be at least 1, but is 0");
    assertThatThrownBy(() -> SMALL.withHiddenLayers(-1))
        .hasMessage("hiddenLayers must be at least 0, but is -1");
    assertThatThrownBy(() -> SMALL.withHiddenFeatures(0))
        .hasMessage("hiddenFeatures must be at least 1, but is 0");
  }
}
