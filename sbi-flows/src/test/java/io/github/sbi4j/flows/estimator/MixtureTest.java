package io.github.sbi4j.flows.estimator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.tensor.Parameter;
import io.github.sbi4j.flows.tensor.Weights;
import java.util.List;
import org.junit.jupiter.api.Test;

class MixtureTest {
  /** A flow whose only value is normal around a place, whatever the context. */
  private static Weights around(DensityModel model, float place) {
    float[] values = model.layout().initialValues();
    Parameter bias =
        model.layout().parameters().stream()
            .filter(p -> p.name().equals("transforms.0.output.bias"))
            .findFirst()
            .orElseThrow();
    values[bias.offset()] = place;
    return Device.cpu().engine().weights(model.layout(), values);
  }

  /**
   * Of 999 pairs of draws in succession about half come from different members: within 30 %,
   * eighteen standard errors.
   */
  @Test
  void drawsOfTheMembersAreShuffled() {
    Maf maf = Maf.defaults().withTransforms(1).withHiddenFeatures(4).withHiddenLayers(1);
    DensityModel model = DensityModel.build(maf, Embedding.identity(), 1, 1, 1);
    Coordinates coordinates =
        new Coordinates(
            Support.real(1),
            Standardization.identity(1),
            Standardization.identity(1),
            LinearGaussian.identity(1, 1));
    ConditionalDensity density =
        new ConditionalDensity(model, List.of(around(model, -50), around(model, 50)), coordinates);
    double[][] draws = density.sample(new double[1], 1000, 3);
    int above = 0;
    int changes = 0;
    for (int i = 0; i < draws.length; i++) {
      above += draws[i][0] > 0 ? 1 : 0;
      changes += i > 0 && draws[i][0] > 0 != draws[i - 1][0] > 0 ? 1 : 0;
    }
    assertThat(above).isBetween(350, 650);
    assertThat(changes).isBetween(350, 650);
  }
}
