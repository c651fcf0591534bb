package io.github.sbi4j.flows.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.flows.estimator.Standardization;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ObservationScaleTest {
  @Test
  void withoutGroupsEachColumnIsScaledByItself() {
    double[][] rows = {{1, 10}, {2, 20}, {3, 60}};
    Standardization fit = Standardization.fit(Arrays.asList(rows), Embedding.identity());
    assertThat(fit.location()).containsExactly(2, 30);
    assertThat(fit.scale()).containsExactly(1, Math.sqrt(700));
    assertThat(fit.location()).isEqualTo(Standardization.fit(rows).location());
  }

  @Test
  void aSeriesKeepsItsShape() {
    double[][] rows = {{0, 1, 2, 100, 100, 100}, {4, 5, 6, 100, 100, 100}};
    Standardization fit =
        Standardization.fit(
            Arrays.asList(rows), Convolution1d.defaults().withFilters(2).withChannels(2));
    double scale = Math.sqrt((9 + 4 + 1 + 1 + 4 + 9) / 5.0);
    assertThat(fit.location()).containsExactly(3, 3, 3, 100, 100, 100);
    assertThat(fit.scale())
        .usingComparatorWithPrecision(1e-12)
        .containsExactly(scale, scale, scale, 1, 1, 1);
    assertThat(fit.constantColumns()).containsExactly(3, 4, 5);
  }

  @Test
  void paddingHasNoInfluenceAndTheCountIsKept() {
    PermutationInvariant settings = PermutationInvariant.defaults().withVariableTrials();
    double[][] rows = {
      settings.observation(new double[][] {{100}, {102}}, 3),
      settings.observation(new double[][] {{104}}, 3)
    };
    Standardization fit = Standardization.fit(Arrays.asList(rows), settings);
    assertThat(fit.location()).containsExactly(0, 102, 102, 102);
    assertThat(fit.scale()).containsExactly(1, 2, 2, 2);
    assertThat(fit.constantColumns()).isEmpty();
    double[] u = new double[4];
    fit.forward(rows[1], u);
    assertThat(u).containsExactly(1, 1, -51, -51);
  }

  @Test
  void anInvalidCountIsFoundBeforeTraining() {
    PermutationInvariant settings = PermutationInvariant.defaults().withVariableTrials();
    assertThatThrownBy(
            () ->
                Standardization.fit(
                    Arrays.asList(new double[][] {{1, 5, 0}, {0.5, 5, 0}}), settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("number of trials, but is 0.5");
  }

  @Test
  void heavyTailsAreFoundOverTheWholeGroup() {
    double[][] rows = new double[100][2];
    for (int i = 0; i < 100; i++) {
      rows[i][0] = i / 100.0;
      rows[i][1] = i == 0 ? 1e4 : i / 100.0;
    }
    assertThat(Standardization.fit(rows).compressedColumns()).containsExactly(1);
    Standardization fit =
        Standardization.fit(
            Arrays.asList(rows), Convolution1d.defaults().withFilters(2).withPool(1));
    assertThat(fit.compressedColumns()).containsExactly(0, 1);
    assertThat(fit.scale()[0]).isCloseTo(0.5 / 1.349, within(0.02));
  }

  @Test
  void aColumnWithoutAnyDataIsHarmless() {
    PermutationInvariant settings = PermutationInvariant.defaults().withVariableTrials();
    Standardization fit =
        Standardization.fit(Arrays.asList(new double[][] {{0, 7}, {0, 8}}), settings);
    assertThat(fit.scale()).containsExactly(1, 1);
    assertThat(fit.constantColumns()).containsExactly(0, 1);
  }
}
