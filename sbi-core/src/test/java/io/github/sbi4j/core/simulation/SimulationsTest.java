package io.github.sbi4j.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.SimulationFailure.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table itself: made from arrays, joined, written and read. */
class SimulationsTest {
  private static final double[][] THETA = {{1, 2}, {3, 4}, {5, 6}};
  private static final double[][] X = {{0.1}, {Double.NaN}, {0.3}};

  @TempDir Path folder;

  @Test
  void fromArrays() {
    Simulations table = Simulations.of(THETA, X);

    assertThat(table.size()).isEqualTo(3);
    assertThat(table.parameters().names()).containsExactly("theta_1", "theta_2");
    assertThat(table.observations().names()).containsExactly("x_1");
    assertThat(table.failures())
        .containsExactly(
            new SimulationFailure(
                1, new double[] {3, 4}, Kind.NON_FINITE, "value 1 of 1 is NaN", null));
    assertThat(table.valid())
        .isEqualTo(Simulations.of(new double[][] {{1, 2}, {5, 6}}, new double[][] {{0.1}, {0.3}}));
    assertThat(table)
        .hasToString(
            "Simulations[parameters Samples[3 x 2: [theta_1, theta_2]], "
                + "observations Samples[3 x 1: [x_1]], 1 failed]");
  }

  @Test
  void rejectsArraysThatDoNotMatch() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Simulations.of(THETA, new double[][] {{1}, {2}}))
        .withMessage(
            "3 rows of parameters for 2 rows of observations; row i of one belongs to row i of the other");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Simulations.of(X, THETA))
        .withMessage("parameter 'theta_1' of row 1 is NaN, expected a finite value");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Simulations.of(new double[0][], X))
        .withMessage(
            "the array for theta_1, theta_2, ... has no values, expected at least one row of them");
  }

  @Test
  void appends() {
    Simulations joined = Simulations.of(THETA, X).append(Simulations.of(THETA, X));

    assertThat(joined.size()).isEqualTo(6);
    assertThat(joined.failures()).extracting(SimulationFailure::row).containsExactly(1, 4);
    assertThat(joined.parameters().row(3)).containsExactly(1, 2);
    assertThat(joined.valid().observations().column(0)).containsExactly(0.1, 0.3, 0.1, 0.3);

    Simulations other = Simulations.of(THETA, X).observationsNamed("peak");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> joined.append(other))
        .withMessage("cannot append columns [peak] to columns [x_1]; rename or select first");
  }

  @Test
  void equalsByContent() {
    assertThat(Simulations.of(THETA, X))
        .isEqualTo(Simulations.of(THETA, X))
        .hasSameHashCodeAs(Simulations.of(THETA, X))
        .isNotEqualTo(Simulations.of(THETA, X).valid())
        .isNotEqualTo(Simulations.of(THETA, X).observationsNamed("peak"));
  }

  @Test
  void csvRoundTripWithFailures() {
    Simulator model =
        (theta, random) -> {
          if (theta[0] < 0.1) {
            throw new IllegalStateException("a \"quoted\", message\nof two lines");
          }
          return theta[0] < 0.2
              ? new double[] {Double.NEGATIVE_INFINITY, Double.MIN_VALUE}
              : new double[] {random.nextGaussian() * 1e-300, -0.0};
        };
    Simulations table =
        Simulations.run(model, new UniformBox(2), 100, 9).observationsNamed("a b", "c,d");
    Path file = folder.resolve("table.csv");
    table.writeCsv(file);
    Simulations back = Simulations.readCsv(file, table.parameters().names());

    assertThat(table.failures())
        .extracting(SimulationFailure::kind)
        .contains(Kind.FAILED, Kind.NON_FINITE);
    assertThat(back).isEqualTo(table);
    assertThat(back.failures().get(0).cause()).isNull();
  }

  @Test
  void csvWithoutFailuresIsPlain() throws IOException {
    Path file = folder.resolve("table.csv");
    Simulations table = Simulations.of(new double[][] {{1.5}}, new double[][] {{-2, 1e30}});
    table.writeCsv(file);

    assertThat(file).hasContent("theta_1,x_1,x_2\n1.5,-2.0,1.0E30\n");
    assertThat(Simulations.readCsv(file, List.of("theta_1"))).isEqualTo(table);
  }

  @Test
  void readsForeignCsv() throws IOException {
    Path file = folder.resolve("foreign.csv");
    Files.writeString(file, "\uFEFFpeak, beta ,day,gamma\r\n12,0.5,3,0.1\r\n\r\n,0.6,inf,0.2\r\n");
    Simulations table = Simulations.readCsv(file, List.of("gamma", "beta"));

    assertThat(table.parameters())
        .isEqualTo(
            Samples.copyOf(List.of("gamma", "beta"), new double[][] {{0.1, 0.5}, {0.2, 0.6}}));
    assertThat(table.observations().names()).containsExactly("peak", "day");
    assertThat(table.observations().row(0)).containsExactly(12, 3);
    assertThat(table.failures()).extracting(SimulationFailure::row).containsExactly(1);
  }

  @Test
  void csvErrorsSayWhere() throws IOException {
    Path file = folder.resolve("bad.csv");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> Simulations.readCsv(file, List.of("a")))
        .withMessage("cannot read " + file);

    Files.writeString(file, "a,b\n1,2\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Simulations.readCsv(file, List.of("c")))
        .withMessage(file + " has no column named 'c'; its columns are [a, b]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Simulations.readCsv(file, List.of("b", "a")))
        .withMessage(file + " has no columns besides the parameters [b, a], expected observations");

    Files.writeString(file, "a,b,failure,failure_message\n1,2,BROKEN,why\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Simulations.readCsv(file, List.of("a")))
        .withMessage(
            "record 2 of "
                + file
                + " has 'BROKEN' in column 'failure', "
                + "expected one of [FAILED, TIMED_OUT, NON_FINITE, CANCELLED]");

    Simulations ambiguous = Simulations.of(THETA, X).observationsNamed("theta_1");
    assertThatIllegalStateException()
        .isThrownBy(() -> ambiguous.writeCsv(file))
        .withMessageContaining("[theta_1, theta_2, theta_1] have the same name");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> Simulations.of(THETA, X).writeCsv(folder))
        .withMessage("cannot write " + folder);
  }
}
