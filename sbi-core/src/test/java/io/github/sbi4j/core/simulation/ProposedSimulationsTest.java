package io.github.sbi4j.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Normal;
import io.github.sbi4j.core.sample.Samples;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Simulations know the proposal of each row, through all that is done with tables. */
class ProposedSimulationsTest {
  private static final Distribution PRIOR =
      BoxUniform.of(new double[] {-3}, new double[] {3}).named("a");
  private static final Distribution NARROW = Normal.of(0, 0.1).named("a");

  /** Fails where the parameter is negative. */
  private static final Simulator ROOT = (theta, random) -> new double[] {Math.sqrt(theta[0])};

  @Test
  void runsRememberTheirProposal() {
    Simulations simulations = Simulations.run(ROOT, PRIOR, 50, 1);
    assertThat(simulations.proposal()).contains(PRIOR);
    assertThat(simulations.proposal(49)).contains(PRIOR);
    assertThat(simulations.byProposal()).containsExactly(simulations);
    assertThat(simulations.observationsNamed("root").proposal()).contains(PRIOR);
  }

  @Test
  void runsOnTablesDoNotKnowIt() {
    assertThat(Simulations.run(ROOT, PRIOR.sample(20, 1), 1).proposal()).isEmpty();
  }

  @Test
  void rowsKeepTheirProposalsWhenTablesAreJoinedAndCut() {
    Simulations first = Simulations.run(ROOT, PRIOR, 30, 1);
    Simulations second = Simulations.run(ROOT, NARROW, 40, 2);
    Simulations third = Simulations.run(ROOT, PRIOR, 10, 3);
    Simulations valid = first.append(second).append(third).valid();
    int before = first.valid().size();
    int between = second.valid().size();
    for (int i = 0; i < valid.size(); i++) {
      boolean narrow = i >= before && i < before + between;
      assertThat(valid.proposal(i)).contains(narrow ? NARROW : PRIOR);
    }
    List<Simulations> parts = first.append(second).append(third).byProposal();
    assertThat(parts).containsExactly(first.append(third), second);
    assertThat(parts.get(0).proposal()).contains(PRIOR);
    assertThat(parts.get(1).proposal()).contains(NARROW);
  }

  @Test
  void conditionalRunsRememberIt() {
    ConditionalSimulator sum = (theta, c, random) -> new double[] {theta[0] + c[0]};
    Simulations simulations = Simulations.run(sum, PRIOR, Normal.of(0, 1).named("c"), 20, 1);
    assertThat(simulations.proposal()).contains(PRIOR);
    assertThat(simulations.conditions()).isPresent();
  }

  @Test
  void columnsTakenForConditionsLeaveNoProposal() {
    Distribution joint = BoxUniform.of(new double[2], new double[] {1, 1}).named("a", "c");
    Simulations simulations = Simulations.run((theta, random) -> theta, joint, 20, 1);
    assertThat(simulations.withConditions("c").proposal()).isEmpty();
  }

  @Test
  void tablesMadeElsewhereAreTold(@TempDir Path folder) {
    Simulations simulations = Simulations.run(ROOT, PRIOR, 20, 1);
    Path file = folder.resolve("simulations.csv");
    simulations.writeCsv(file);
    Simulations read = Simulations.readCsv(file, List.of("a"));
    assertThat(read.proposal()).isEmpty();
    assertThat(read.proposedBy(PRIOR).proposal()).contains(PRIOR);
  }

  @Test
  void severalProposalsAreNotOne() {
    Simulations both =
        Simulations.run(ROOT, PRIOR, 20, 1).append(Simulations.run(ROOT, NARROW, 20, 2));
    assertThatIllegalStateException()
        .isThrownBy(both::proposal)
        .withMessage(
            "the simulations come from 2 proposals; ask for that of a row, proposal(row), or take the table of each,"
                + " byProposal()");
  }

  @Test
  void aProposalOfOtherParametersIsRefused() {
    Samples two = Samples.copyOf(List.of("a", "b"), new double[][] {{1, 2}});
    Samples x = Samples.copyOf(List.of("x"), new double[][] {{1}});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Simulations.of(two, x).proposedBy(PRIOR))
        .withMessage("the proposal is over 1 parameters, [a], but the simulations have 2, [a, b]");
  }

  @Test
  void batchesOfLogDensitiesAreThoseOfRows() {
    double[][] rows = {{0.1}, {-2}, {5}};
    assertThat(PRIOR.logProb(rows))
        .containsExactly(PRIOR.logProb(rows[0]), PRIOR.logProb(rows[1]), Double.NEGATIVE_INFINITY);
  }
}
