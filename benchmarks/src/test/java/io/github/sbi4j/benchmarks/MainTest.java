package io.github.sbi4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.core.process.PythonWorker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  private static final String CELL = "sbibm --task two_moons --simulations 100 --algorithm ";

  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "npe --observation 1 --rounds 3 | --rounds 3 does not apply to npe",
        "snpe --observation 1 --rounds 30 | leave less than 10 for each of --rounds 30",
        "lfi --observation 1 | no algorithm 'lfi'; there are npe",
        "npe --observation 1 --estimator maff | --estimator maff is not one of maf, maf-relu, nsf, mdn",
        "npe --observation 1 --device gpu | --device gpu is not one of cpu, torch, cuda",
        "npe --observation 1 --threads 0 | --threads 0 is not positive",
        "npe --observation 1 | --observation 1 needs --data",
        "npe --observation 0 | --observation 0 is not positive",
        "npe | --observation",
        "npe --observation 1 --tempo 3 | Unknown options: '--tempo'",
      })
  void rejectsOptionsThatDoNotApply(String options, String message) {
    assertThat(run(CELL + options)).isEqualTo(2);
    assertThat(errors.toString()).contains(message);
    assertThat(output.toString()).isEmpty();
  }

  @Test
  void namesWhatCanBeTimed() {
    assertThat(run("speed --what train-lstm")).isEqualTo(2);
    assertThat(errors.toString()).contains("no work 'train-lstm' to time; there are train-maf,");
  }

  @ParameterizedTest
  @CsvSource({"--threads 0", "--datasets 0", "--trials 0"})
  void rejectsStudiesOfNothing(String option) {
    assertThat(run("drift-diffusion " + option)).isEqualTo(2);
    assertThat(errors.toString()).contains(option + " is not positive; give 1 or more");
  }

  @Test
  void studiesTheDriftDiffusionModel() {
    String few = "drift-diffusion --simulations 300 --trials 5 --datasets 1";
    assertThat(run(few)).as(errors.toString()).isZero();
    assertThat(output.toString())
        .startsWith("{\"simulations\":300,\"ensemble\":1,\"lower_bound\":true,\"seed\":1,")
        .contains("\"huber_log_below_delay\":0.0,", "\"c2st_5\":0.", "\"c2st_error_5\":null")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({"--simulations 0", "--workers 0", "--repeats 0"})
  void rejectsWorkWithoutWorkers(String option) {
    assertThat(run("workers " + option)).isEqualTo(2);
    assertThat(errors.toString()).contains(option + " is not positive; give 1 or more");
  }

  @Test
  void timesWorkers() {
    Assumptions.assumeTrue(hasPython(), "there is no python3 on the path");
    assertThat(run("workers --simulations 50 --workers 1 --repeats 2"))
        .as(errors.toString())
        .isZero();
    assertThat(output.toString())
        .startsWith("{\"workers\":1,\"milliseconds\":1.0,\"simulations\":50,\"seconds\":[")
        .contains("\"rows_per_second\":")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"loop", "memory", "store"})
  void timesTrivialSimulations(String target) {
    String few = "throughput --simulations 500 --repeats 2 --values 3 --into " + target;
    assertThat(run(few + " --directory " + directory)).as(errors.toString()).isZero();
    assertThat(output.toString())
        .startsWith("{\"into\":\"" + target.toUpperCase(Locale.ROOT) + "\",\"values\":3,")
        .contains("\"rows_per_second\":")
        .hasLineCount(1);
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({"--simulations 0", "--values 0", "--threads 0", "--repeats 0"})
  void rejectsThroughputOfNothing(String option) {
    assertThat(run("throughput " + option)).isEqualTo(2);
    assertThat(errors.toString()).contains(option + " is not positive; give 1 or more");
  }

  private static boolean hasPython() {
    try {
      PythonWorker.interpreter();
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  @Test
  void rejectsMoreSimulationsThanTheFileHas() {
    Path file = directory.resolve("simulations.csv");
    assertThat(run("simulate --task two_moons --simulations 50 --out " + file)).isZero();
    assertThat(output.toString())
        .startsWith("{\"task\":\"two_moons\",\"simulations\":50,\"seed\":1,")
        .hasLineCount(1);
    Path observed = directory.resolve("observed.csv");
    assertThat(run("simulate --task two_moons --simulations 1 --out " + observed)).isZero();
    assertThat(run(CELL + "npe --observation-file " + observed + " --simulations-file " + file))
        .isEqualTo(2);
    assertThat(errors.toString()).contains("--simulations 100 is more than the 50 rows");
  }

  @Test
  void rejectsFilesWithDifferentColumns() {
    Path first = directory.resolve("a.csv");
    Path second = directory.resolve("b.csv");
    run("simulate --task two_moons --simulations 200 --seed 1 --out " + first);
    run("simulate --task gaussian_linear --simulations 200 --seed 2 --out " + second);
    output.getBuffer().setLength(0);
    assertThat(run("c2st " + first + " " + second)).isEqualTo(2);
    assertThat(output.toString()).isEmpty();
    assertThat(errors.toString()).contains("has 20 columns in row 0 and the reference has 4");
  }

  private int run(String line) {
    return Main.run(new PrintWriter(output, true), new PrintWriter(errors, true), line.split(" "));
  }
}
