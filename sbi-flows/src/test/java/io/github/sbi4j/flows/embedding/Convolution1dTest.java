package io.github.sbi4j.flows.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.flows.tensor.Activation;
import java.util.List;
import org.junit.jupiter.api.Test;

class Convolution1dTest {
  private static final FullyConnected LAST =
      FullyConnected.defaults()
          .withOutputs(3)
          .withHiddenLayers(1)
          .withHiddenFeatures(6)
          .withActivation(Activation.TANH);
  private static final Convolution1d SMALL =
      Convolution1d.defaults().withFilters(3, 4).withKernel(3).withNetwork(LAST);

  @Test
  void everyWeightHasItsGradient() {
    new EmbeddingChecks(SMALL, 12).gradientsAgree(EmbeddingChecks.normal(5, 12, 1));
  }

  @Test
  void everyWeightHasItsGradientWithSeveralChannelsAndNoPool() {
    new EmbeddingChecks(SMALL.withChannels(2).withPool(1), 10)
        .gradientsAgree(EmbeddingChecks.normal(5, 10, 2));
  }

  /**
   * With one filter over one point and windows as long as the series, only the largest value is
   * left of a series.
   */
  @Test
  void aConvolutionSeesTimeNotChannels() {
    Convolution1d largest = SMALL.withChannels(2).withFilters(4).withKernel(1).withPool(3);
    EmbeddingChecks checks = new EmbeddingChecks(largest, 6);
    float[] features =
        checks.features(
            new double[] {1, 2, 3, 4, 5, 6},
            new double[] {3, 1, 2, 6, 4, 5},
            new double[] {1, 3, 5, 2, 4, 6});
    // The second row is the first with the same reordering of both series in time; the third pairs
    // other values.
    for (int k = 0; k < 3; k++) {
      assertThat(features[3 + k]).isCloseTo(features[k], within(1e-6f));
      assertThat(features[6 + k]).isNotCloseTo(features[k], within(1e-3f));
    }
  }

  @Test
  void aChannelSharesItsScale() {
    assertThat(SMALL.withChannels(2).columnGroups(8)).containsExactly(0, 0, 0, 0, 1, 1, 1, 1);
  }

  @Test
  void settingsAreKept() {
    Convolution1d settings = SMALL.withChannels(2).withPool(3).withOutputs(9);
    assertThat(settings.channels()).isEqualTo(2);
    assertThat(settings.filters()).isEqualTo(List.of(3, 4));
    assertThat(settings.kernel()).isEqualTo(3);
    assertThat(settings.pool()).isEqualTo(3);
    assertThat(settings.network()).hasToString(LAST.withOutputs(9).toString());
    assertThat(settings.toString())
        .startsWith(
            "Convolution1d[channels=2, filters=[3, 4], kernel=3, pool=3, network=FullyConnected[");
    assertThat(new EmbeddingChecks(settings, 18).network().outputs()).isEqualTo(9);
  }

  @Test
  void badSettingsAreNamed() {
    assertThatThrownBy(() -> SMALL.withChannels(0))
        .hasMessage("channels must be at least 1, but is 0");
    assertThatThrownBy(() -> SMALL.withKernel(4))
        .hasMessageContaining("kernel must be odd")
        .hasMessageContaining("is 4");
    assertThatThrownBy(() -> SMALL.withPool(0)).hasMessage("pool must be at least 1, but is 0");
    assertThatThrownBy(SMALL::withFilters).hasMessageContaining("at least one layer");
    assertThatThrownBy(() -> SMALL.withFilters(3, 0))
        .hasMessage("filters must be at least 1, but is 0");
  }

  @Test
  void observationsThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> new EmbeddingChecks(SMALL.withChannels(3), 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10 values does not hold 3 channels of equal length");
    assertThatThrownBy(() -> SMALL.columnGroups(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "a series of length 3 (3 values, 1 channels) is too short for 2 layers with windows of 2, which need at least 4")
        .hasMessageContaining("withPool(1)");
  }
}
