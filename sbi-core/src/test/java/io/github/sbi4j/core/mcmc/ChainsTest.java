package io.github.sbi4j.core.mcmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sbi4j.core.distribution.Support;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainsTest {
  private static final McmcSettings SHORT =
      McmcSettings.defaults().withWarmUp(100).withDraws(100).withSeed(2);
  private static final Chains NUTS =
      Mcmc.sample(Targets.banana(1), Nuts.defaults(), SHORT, new double[2], new double[] {1, 0});

  @Test
  void namesAndShapes() {
    assertThat(NUTS.names()).containsExactly("theta_1", "theta_2");
    Chains named = NUTS.named("a", "b");
    assertThat(named.names()).containsExactly("a", "b");
    assertThat(named.toSamples().names()).containsExactly("a", "b");
    assertThat(named.toSamples().rows()).isEqualTo(200);
    assertThat(named.toSamples().row(100)).isEqualTo(NUTS.chain(1).draws().row(0));
    assertThat(named.coordinate(1)[1]).isEqualTo(NUTS.chain(1).draws().column(1));
    assertThat(named).hasToString("2 chains of 100 draws of [a, b], COMPLETED");
    assertThatThrownBy(() -> NUTS.named("a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("for 2 columns");
    assertThatThrownBy(() -> NUTS.constrained(Support.real(3).bijection()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the bijection has 3 coordinates, expected 2");
    assertThatThrownBy(() -> Targets.banana(1).unconstrained(Support.real(3).bijection()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the bijection has 3 coordinates, expected 2 as the target has");
  }

  @Test
  void summaryShowsEveryValueAndTheTotals() {
    String summary = NUTS.named("first", "second").summary();
    assertThat(summary).contains("ess bulk").contains("r-hat").contains("first").contains("second");
    assertThat(summary).contains("2 chains of 100 draws").contains("mean acceptance");
  }

  @Test
  void otherValuesTakeTheirPlace() {
    Chains sums =
        NUTS.replaced(
            List.of("sum", "draw"),
            (c, i) -> {
              double[] row = NUTS.chain(c).draws().row(i);
              return new double[] {row[0] + row[1], i};
            });
    assertThat(sums.names()).containsExactly("sum", "draw");
    assertThat(sums.coordinate(1)[1][99]).isEqualTo(99);
    double[] row = NUTS.chain(1).draws().row(7);
    assertThat(sums.coordinate(0)[1][7]).isEqualTo(row[0] + row[1]);
    assertThat(sums.chain(1).logDensities()).isEqualTo(NUTS.chain(1).logDensities());
    assertThat(sums.diagnostics().evaluations()).isEqualTo(NUTS.diagnostics().evaluations());
    assertThatThrownBy(() -> NUTS.replaced(List.of("a"), (c, i) -> new double[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 0 has 2 values, expected 1");
  }

  @Test
  void diagnosticsCountSteps() {
    Diagnostics diagnostics = NUTS.diagnostics();
    assertThat(Arrays.stream(diagnostics.treeDepths()).sum()).isEqualTo(200);
    assertThat(diagnostics.eBfmi()).hasSize(2);
    assertThat(diagnostics.meanAcceptance()).isBetween(0.5, 1.0);
    assertThat(diagnostics.saturated()).isZero();
    Nuts shallow = Nuts.defaults().withMaxTreeDepth(1);
    Chains cut = Mcmc.sample(Targets.normal(1, 100), shallow, SHORT, new double[2]);
    assertThat(cut.diagnostics().saturated()).isPositive();
    assertThat(cut.summary()).contains("trees of the greatest depth allowed");
  }

  @Test
  void chainsApartAreReported() {
    LogDensity modes = Targets.bimodal(1, 0.5, 30);
    Slice local = Slice.defaults().withMaxDoublings(0);
    Chains chains = Mcmc.sample(modes, local, SHORT, new double[] {30}, new double[] {-30});
    assertThat(chains.diagnostics().rHat()[0]).isGreaterThan(1.5);
    assertThat(chains.summary())
        .contains("R-hat above 1.01 for theta_1")
        .contains("fewer than 200 effective draws for theta_1");
    assertThat(chains.diagnostics().eBfmi()).isEmpty();
  }

  /** Opened by arviz 0.23.4 with from_json: 2 chains of 100 draws, bool and int where they are. */
  @Test
  void arvizLayout(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("chains.json");
    NUTS.named("a \"quoted\"", "b\\\u0001").writeArvizJson(file);
    String json = Files.readString(file);
    assertThat(json).startsWith("{\"posterior\": {\n\"a \\\"quoted\\\"\": [[");
    assertThat(json).contains("\"b\\\\\\u0001\": [[").endsWith("]]}}\n");
    for (String name :
        new String[] {"lp", "acceptance_rate", "diverging", "n_steps", "energy", "tree_depth"}) {
      assertThat(json).contains("\"" + name + "\": [[");
    }
    assertThat(json.chars().filter(c -> c == ',').count()).isEqualTo(8 * 199 + 7);
    assertThat(json).contains("[[" + NUTS.chain(0).coordinate(0)[0] + ",");
    Chains slice = Mcmc.sample(Targets.banana(1), Slice.defaults(), SHORT, new double[2]);
    slice.writeArvizJson(file);
    assertThat(Files.readString(file)).doesNotContain("energy").contains("n_steps");
  }
}
