package io.github.sbi4j.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.SimulationFailure.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bad row costs itself, whatever is bad about it. */
class SimulationFailureTest {
  private static final long SEED = 11;

  /** One parameter, equal to the row. */
  private static Samples rowNumbers(int rows) {
    double[] values = new double[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = i;
    }
    return Samples.ofRowMajor(List.of("row"), values);
  }

  @SuppressWarnings("InfiniteRecursion")
  private static int overflow(int depth) {
    return overflow(depth + 1) + 1;
  }

  private static double[] misbehaves(int row) throws Exception {
    return switch (row) {
      case 2 -> throw new java.io.IOException("disk gone");
      case 4 -> new double[] {0.5, Double.NaN};
      case 5 -> new double[] {Double.POSITIVE_INFINITY, 1};
      case 7 -> new double[] {1, 2, 3};
      case 8 -> null;
      case 9 -> new double[0];
      case 11 -> throw new AssertionError("never");
      case 12 -> new double[] {overflow(0), 0};
      case 13 -> new double[] {Double.NaN};
      default -> new double[] {row, -row};
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void costsOnlyItsRow(int threads) {
    Simulations table =
        Simulations.run(
            (theta, random) -> misbehaves((int) theta[0]),
            rowNumbers(16),
            SEED,
            SimulationSettings.defaults().withThreads(threads));

    assertThat(table.failures())
        .extracting(SimulationFailure::row, SimulationFailure::kind, SimulationFailure::message)
        .containsExactly(
            tuple(2, Kind.FAILED, "java.io.IOException: disk gone"),
            tuple(4, Kind.NON_FINITE, "value 2 of 2 is NaN"),
            tuple(5, Kind.NON_FINITE, "value 1 of 2 is Infinity"),
            tuple(7, Kind.FAILED, "the simulator returned 3 values, expected 2 as in row 0"),
            tuple(8, Kind.FAILED, "the simulator returned null"),
            tuple(9, Kind.FAILED, "the simulator returned no values"),
            tuple(11, Kind.FAILED, "java.lang.AssertionError: never"),
            tuple(12, Kind.FAILED, "java.lang.StackOverflowError"),
            tuple(13, Kind.NON_FINITE, "value 1 of 1 is NaN"));
    assertThat(table.failures())
        .allSatisfy(f -> assertThat(f.parameters()).containsExactly(f.row()));
    assertThat(table.failures().get(0).cause()).isInstanceOf(java.io.IOException.class);
    assertThat(table.failures().get(1).cause()).isNull();

    double nan = Double.NaN;
    assertThat(table.size()).isEqualTo(16);
    assertThat(table.observations().row(2)).containsExactly(nan, nan);
    assertThat(table.observations().row(4)).containsExactly(0.5, nan);
    assertThat(table.observations().row(5)).containsExactly(Double.POSITIVE_INFINITY, 1);
    assertThat(table.observations().row(7)).containsExactly(nan, nan);
    assertThat(table.observations().row(13)).containsExactly(nan, nan);
    assertThat(table.valid().parameters().column(0)).containsExactly(0, 1, 3, 6, 10, 14, 15);
    assertThat(table.valid().observations().column(1))
        .containsExactly(0, -1, -3, -6, -10, -14, -15);
    assertThat(table.valid().failures()).isEmpty();
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.groups.Tuple.tuple(values);
  }

  /**
   * Rows 0 and 1 are slow and of length 3; the others come first, are of length 2 and must lose all
   * the same.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void lowestValidRowFixesTheLength(int threads) {
    Simulator model =
        (theta, random) -> {
          if (theta[0] == 0) {
            Thread.sleep(50);
            throw new IllegalStateException("not valid");
          }
          if (theta[0] == 1) {
            Thread.sleep(100);
            return new double[] {1, 2, 3};
          }
          return theta[0] == 5 ? new double[] {4, 5, 6} : new double[2];
        };
    Simulations table =
        Simulations.run(
            model,
            rowNumbers(8),
            SEED,
            SimulationSettings.defaults().withThreads(threads).withChunkSize(1));

    assertThat(table.observations().columns()).isEqualTo(3);
    assertThat(table.valid().parameters().column(0)).containsExactly(1, 5);
    assertThat(table.valid().observations().toArray())
        .isDeepEqualTo(new double[][] {{1, 2, 3}, {4, 5, 6}});
    assertThat(table.failures())
        .extracting(SimulationFailure::row)
        .containsExactly(0, 2, 3, 4, 6, 7);
    assertThat(table.failures().get(1).message())
        .isEqualTo("the simulator returned 2 values, expected 3 as in row 1");
  }

  @Test
  void isTheSameForAnyThreads() {
    Simulator model = (theta, random) -> misbehaves((int) theta[0] % 16);
    Simulations expected =
        Simulations.run(model, rowNumbers(400), SEED, SimulationSettings.defaults().withThreads(1));

    for (int threads : new int[] {2, 7}) {
      assertThat(
              Simulations.run(
                  model,
                  rowNumbers(400),
                  SEED,
                  SimulationSettings.defaults().withThreads(threads).withChunkSize(3)))
          .isEqualTo(expected);
    }
    assertThat(expected.failures()).hasSize(25 * 9);
  }

  @Test
  void allRowsFailing() {
    Simulator broken =
        (theta, random) -> {
          throw new IllegalArgumentException("no such file");
        };
    assertThatExceptionOfType(SimulationException.class)
        .isThrownBy(() -> Simulations.run(broken, rowNumbers(5), SEED))
        .withMessage(
            "all 5 simulations failed; the first: row 0 FAILED: java.lang.IllegalArgumentException: no such file, "
                + "with parameters [0.0]; names of the parameters: [row]")
        .withCauseInstanceOf(IllegalArgumentException.class)
        .satisfies(e -> assertThat(e.failure().orElseThrow().parameters()).containsExactly(0));
  }

  @Test
  void virtualMachineErrorEndsTheRun() {
    Simulator greedy =
        (theta, random) -> {
          if (theta[0] == 3) {
            throw new OutOfMemoryError("Java heap space");
          }
          return theta;
        };
    assertThatExceptionOfType(SimulationException.class)
        .isThrownBy(
            () ->
                Simulations.run(
                    greedy, rowNumbers(5), SEED, SimulationSettings.defaults().withThreads(1)))
        .withMessage(
            "the virtual machine failed in row 3: java.lang.OutOfMemoryError: Java heap space; "
                + "fewer threads or a larger heap (-Xmx) may help")
        .withCauseInstanceOf(OutOfMemoryError.class)
        .satisfies(e -> assertThat(e.failure().orElseThrow().row()).isEqualTo(3));
  }

  @Test
  void batchOfTheWrongSizeSaysSo() {
    BatchSimulator wrong = (theta, random) -> new double[theta.length + 1][1];
    assertThatExceptionOfType(SimulationException.class)
        .isThrownBy(() -> Simulations.run(wrong, rowNumbers(5), SEED))
        .withMessageContaining(
            "the batch simulator returned 2 rows for a batch of 1; expected one row for each row of parameters");
  }

  @Test
  void failureEqualsByContent() {
    double[] theta = {1, 2};
    SimulationFailure one = new SimulationFailure(3, theta, Kind.FAILED, "m", new Exception());
    theta[0] = 9;
    one.parameters()[1] = 9;

    assertThat(one)
        .isEqualTo(new SimulationFailure(3, new double[] {1, 2}, Kind.FAILED, "m", null))
        .hasSameHashCodeAs(new SimulationFailure(3, new double[] {1, 2}, Kind.FAILED, "m", null))
        .isNotEqualTo(new SimulationFailure(3, new double[] {1, 3}, Kind.FAILED, "m", null))
        .isNotEqualTo(new SimulationFailure(3, new double[] {1, 2}, Kind.FAILED, "n", null))
        .isNotEqualTo(new SimulationFailure(3, new double[] {1, 2}, Kind.TIMED_OUT, "m", null))
        .hasToString("row 3 FAILED: m, with parameters [1.0, 2.0]");
  }
}
