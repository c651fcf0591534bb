package io.github.sbi4j.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.sbi4j.core.sample.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run in pieces is the run in one. */
class SimulatedRowsTest {
  private static final long SEED = 7;
  private static final SimulationSettings ONE = SimulationSettings.defaults().withThreads(1);
  private static final Samples PARAMETERS = new UniformBox(2).sample(60, 1);

  /** Fails in every way there is. */
  private static final Simulator FRAGILE =
      (theta, random) -> {
        double x = random.nextGaussian();
        return switch ((int) (8 * theta[0])) {
          case 0 -> throw new IllegalStateException("too small");
          case 1 -> new double[] {Double.NaN, 1};
          case 2 -> new double[] {1, 2, 3};
          case 3 -> new double[0];
          case 4 -> new double[] {1, 2, Double.NaN};
          default -> new double[] {theta[1], x};
        };
      };

  private static List<SimulatedRows> pieces(Simulator simulator, int size) {
    List<SimulatedRows> pieces = new ArrayList<>();
    for (int from = 0; from < PARAMETERS.rows(); from += size) {
      Samples rows = PARAMETERS.slice(from, Math.min(PARAMETERS.rows(), from + size));
      pieces.add(SimulatedRows.simulate(simulator, rows, from, SEED, ONE));
    }
    return pieces;
  }

  private static SimulatedRows sent(SimulatedRows rows) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(rows);
    return (SimulatedRows)
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 59, 60})
  void piecesMakeTheTable(int size) throws Exception {
    List<SimulatedRows> pieces = pieces(FRAGILE, size);
    Collections.reverse(pieces);
    SimulationGatherer gatherer = new SimulationGatherer(PARAMETERS);
    for (SimulatedRows piece : pieces) {
      gatherer.add(sent(piece));
      gatherer.add(piece);
    }
    Simulations whole = Simulations.run(FRAGILE, PARAMETERS, SEED);

    assertThat(whole.failures()).isNotEmpty();
    assertThat(gatherer.gather()).isEqualTo(whole);
  }

  @Test
  void aPieceIsATableForWhoKnowsTheFirstValidRow() {
    Simulations whole = Simulations.run(FRAGILE, PARAMETERS, SEED);
    int first = 0;
    while (whole.failures().get(first).row() == first) {
      first++;
    }
    int row = 0;
    for (SimulatedRows piece : pieces(FRAGILE, 7)) {
      Samples parameters = PARAMETERS.slice(row, row + piece.size());
      Simulations table = piece.toSimulations(parameters, whole.observations().columns(), first);
      assertThat(table.observations())
          .isEqualTo(whole.observations().slice(row, row + piece.size()));
      for (SimulationFailure failure : table.failures()) {
        assertThat(whole.failures()).contains(failure.inRow(row + failure.row()));
      }
      row += piece.size();
    }
  }

  @Test
  void tellsOfEachRow() {
    Samples parameters =
        Samples.copyOf(List.of("a", "b"), new double[][] {{0, 0}, {0.2, 0}, {0.9, 0.5}});
    SimulatedRows rows = SimulatedRows.simulate(FRAGILE, parameters, 10, SEED, ONE);

    assertThat(rows.firstRow()).isEqualTo(10);
    assertThat(rows.size()).isEqualTo(3);
    assertThat(rows.failed()).isEqualTo(2);
    assertThat(rows.firstValid()).isEqualTo(2);
    assertThat(rows.observation(0)).isNull();
    assertThat(rows.kind(0)).isEqualTo(SimulationFailure.Kind.FAILED);
    assertThat(rows.message(0)).contains("too small");
    assertThat(rows.observation(1)).containsExactly(Double.NaN, 1);
    assertThat(rows.kind(1)).isEqualTo(SimulationFailure.Kind.NON_FINITE);
    assertThat(rows.kind(2)).isNull();
    assertThat(rows.message(2)).isEmpty();
  }

  @Test
  void rowsThatAreMissingWereCancelled() {
    List<SimulatedRows> pieces = pieces((theta, random) -> theta, 20);
    SimulationGatherer gatherer = new SimulationGatherer(PARAMETERS);
    gatherer.add(pieces.get(1));
    Simulations table = gatherer.gather();

    assertThat(table.size()).isEqualTo(40);
    assertThat(table.failures())
        .hasSize(20)
        .allMatch(failure -> failure.kind() == SimulationFailure.Kind.CANCELLED);
  }

  @Test
  void nothingAfterAnInterruptIsNoFailureOfTheSimulator() {
    SimulationGatherer gatherer = new SimulationGatherer(PARAMETERS);
    Thread.currentThread().interrupt();
    try {
      assertThatExceptionOfType(CancellationException.class).isThrownBy(gatherer::gather);
      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(() -> SimulatedRows.simulate(FRAGILE, PARAMETERS, 5, SEED, ONE))
          .withMessage("the run was interrupted before its rows 5 to 64 were finished");
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void refusesRowsOfAnotherRun() {
    SimulationGatherer gatherer = new SimulationGatherer(PARAMETERS.head(5));
    SimulatedRows rows = SimulatedRows.simulate(FRAGILE, PARAMETERS.head(3), 4, SEED, ONE);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> gatherer.add(rows))
        .withMessage("rows 4 to 6 are not in a run of 5 rows; gather each run by itself");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rows.toSimulations(PARAMETERS.head(4), 2, 0))
        .withMessage("4 rows of parameters for 3 simulated rows; give those that were simulated");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimulatedRows.simulate(FRAGILE, PARAMETERS.head(3), -1, SEED, ONE))
        .withMessage(
            "got 3 rows of parameters from row -1 on, expected at least one row, from 0 on");
  }

  @Test
  void theLocalRunnerIsSimulationsRun() {
    UniformBox prior = new UniformBox(2);

    assertThat(SimulationRunner.local().run(FRAGILE, prior, 60, SEED))
        .isEqualTo(Simulations.run(FRAGILE, prior, 60, SEED));
    assertThat(SimulationRunner.local(ONE).run(FRAGILE, PARAMETERS, SEED))
        .isEqualTo(Simulations.run(FRAGILE, PARAMETERS, SEED));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimulationRunner.local().run(FRAGILE, prior, 0, SEED))
        .withMessage("count is 0, expected at least one simulation");
  }

  @Test
  void knownFailuresHaveRowsOfTheTable() {
    Samples observations = Samples.copyOf(List.of("x"), new double[60][1]);
    SimulationFailure outside =
        new SimulationFailure(
            60, new double[] {0, 0}, SimulationFailure.Kind.FAILED, "elsewhere", null);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Simulations.of(PARAMETERS, observations, List.of(outside)))
        .withMessageStartingWith(
            "a failure of row 60 in a table of 60 rows; expected one of its rows");
  }
}
