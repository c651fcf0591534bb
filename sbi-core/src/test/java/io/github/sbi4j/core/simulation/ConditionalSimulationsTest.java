package io.github.sbi4j.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Independent;
import io.github.sbi4j.core.distribution.Uniform;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConditionalSimulationsTest {
  private static final Distribution PRIOR =
      BoxUniform.of(new double[] {0, 10}, new double[] {1, 20}).named("slope", "offset");
  private static final Distribution DESIGN = Uniform.of(100, 200).named("dose");
  private static final ConditionalSimulator SIMULATOR =
      (theta, c, random) ->
          new double[] {theta[0] * c[0] + theta[1], c[0] > 190 ? Double.NaN : random.nextDouble()};

  @Test
  void eachRowIsSimulatedUnderItsConditions() {
    Simulations simulations = Simulations.run(SIMULATOR, PRIOR, DESIGN, 200, 1);
    Samples conditions = simulations.conditions().orElseThrow();
    assertThat(simulations.parameters().names()).containsExactly("slope", "offset");
    assertThat(conditions.names()).containsExactly("dose");
    assertThat(simulations.parameters()).isEqualTo(PRIOR.sample(200, Simulations.parameterSeed(1)));
    assertThat(Arrays.stream(conditions.column("dose"))).allMatch(dose -> dose > 100 && dose < 200);
    for (int i = 0; i < 200; i++) {
      double[] theta = simulations.parameters().row(i);
      double dose = conditions.get(i, 0);
      assertThat(simulations.observations().get(i, 0)).isEqualTo(theta[0] * dose + theta[1]);
      if (dose <= 190) {
        double first = RandomStreams.of(1, i).nextDouble();
        assertThat(simulations.observations().get(i, 1)).isEqualTo(first);
      }
    }
    assertThat(simulations.toString()).contains("dose");
  }

  @Test
  void failedRowsGoWithTheirConditions() {
    Simulations simulations = Simulations.run(SIMULATOR, PRIOR, DESIGN, 200, 1);
    assertThat(simulations.failures()).isNotEmpty();
    assertThat(simulations.failures().get(0).parameters()).hasSize(3);
    Simulations valid = simulations.valid();
    assertThat(valid.size()).isEqualTo(200 - simulations.failures().size());
    assertThat(Arrays.stream(valid.conditions().orElseThrow().column(0)))
        .allMatch(dose -> dose <= 190);
    assertThat(valid.conditions().orElseThrow().rows()).isEqualTo(valid.size());
  }

  @Test
  void conditionsThatNobodyNamedAreNumbered() {
    Distribution unnamed = BoxUniform.of(new double[2], new double[] {1, 1});
    Simulations simulations =
        Simulations.run((theta, c, random) -> new double[] {c[0] + c[1]}, unnamed, unnamed, 5, 1);
    assertThat(simulations.parameters().names()).containsExactly("theta_1", "theta_2");
    assertThat(simulations.conditions().orElseThrow().names()).containsExactly("c_1", "c_2");
    assertThat(simulations.conditions().orElseThrow().toArray())
        .isNotEqualTo(simulations.parameters().toArray());
  }

  @Test
  void columnsBecomeConditionsByTheirNames(@TempDir Path folder) {
    Simulations simulations = Simulations.run(SIMULATOR, PRIOR, DESIGN, 50, 3);
    Simulator joined = SIMULATOR.joined(2);
    Simulations same =
        Simulations.run(joined, Independent.of(PRIOR, DESIGN), 50, 3).withConditions("dose");
    assertThat(same.parameters().names()).containsExactly("slope", "offset");
    assertThat(same.conditions().orElseThrow().names()).containsExactly("dose");
    Path file = folder.resolve("simulations.csv");
    simulations.writeCsv(file);
    Simulations read =
        Simulations.readCsv(file, List.of("slope", "offset", "dose")).withConditions("dose");
    assertThat(read).isEqualTo(simulations).hasSameHashCodeAs(simulations);
    assertThat(read).isNotEqualTo(same);
  }

  @Test
  void tablesWithTheSameConditionsAreAppended() {
    Simulations first =
        Simulations.run(SIMULATOR, PRIOR, DESIGN, 50, 1).observationsNamed("a", "b");
    Simulations second =
        Simulations.run(SIMULATOR, PRIOR, DESIGN, 30, 2).observationsNamed("a", "b");
    Simulations both = first.append(second);
    assertThat(both.conditions().orElseThrow())
        .isEqualTo(first.conditions().orElseThrow().append(second.conditions().orElseThrow()));
    assertThat(both.failures()).hasSize(first.failures().size() + second.failures().size());
    Simulations without = Simulations.of(first.parameters(), first.observations());
    assertThat(without.conditions()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> first.append(without))
        .withMessage(
            "cannot append simulations with conditions [] to simulations with conditions [dose]");
  }

  @Test
  void oneConditionCanBeHeld() throws Exception {
    double[] x = SIMULATOR.under(150).simulate(new double[] {2, 1}, RandomStreams.of(1, 0));
    assertThat(x[0]).isEqualTo(301);
  }

  @Test
  void tablesThatDoNotFitAreRefused() {
    SimulationSettings settings = SimulationSettings.defaults();
    Samples theta = PRIOR.sample(5, 1);
    Samples doses = DESIGN.sample(5, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Simulations.run(SIMULATOR, theta, doses.head(4), 1, settings))
        .withMessage(
            "5 rows of parameters for 4 rows of conditions; row i of one belongs to row i of the other");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Simulations.run(SIMULATOR, PRIOR, DESIGN, 0, 1))
        .withMessage("count is 0, expected at least one simulation");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Simulations.run(SIMULATOR, theta, doses.named("slope"), 1, settings))
        .withMessageContaining("slope");
    Simulations simulations = Simulations.run(SIMULATOR, theta, doses, 1, settings);
    assertThatIllegalStateException()
        .isThrownBy(() -> simulations.withConditions("slope"))
        .withMessage("the simulations have conditions already: [dose]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Simulations.of(theta, simulations.observations()).withConditions("slope", "offset"))
        .withMessage(
            "all columns of the parameters, [slope, offset], are to be conditions; at least one parameter has to be"
                + " left to infer");
  }
}
