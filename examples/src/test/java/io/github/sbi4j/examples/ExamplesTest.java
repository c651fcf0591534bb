package io.github.sbi4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sbi4j.core.process.PythonWorker;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.examples.cookies.CookieBatch;
import io.github.sbi4j.examples.ecology.LotkaVolterra;
import io.github.sbi4j.examples.epidemic.GridEpidemic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every example at a tiny size; the seeds are fixed, so that a pass repeats. */
class ExamplesTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
  private final PrintStream console = System.out;
  private final PrintStream error = System.err;
  @TempDir private Path directory;

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void release() {
    System.setOut(console);
    System.setErr(error);
  }

  private String output() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private String complaint() {
    return complained.toString(StandardCharsets.UTF_8);
  }

  private void assertImage(String name) throws IOException {
    assertThat(ImageIO.read(directory.resolve(name).toFile()).getWidth()).isGreaterThan(300);
  }

  @Test
  void trialsFindTheLocation() {
    TrialsExample.main(new String[] {"500", "20", "800"});
    assertThat(output()).contains("ess bulk", "r-hat", "4 chains of 200 draws");
    String row = output().lines().filter(line -> line.startsWith("a ")).findFirst().orElseThrow();
    assertThat(Double.parseDouble(row.trim().split("\\s+")[1])).isBetween(1.5, 5.0);
  }

  @Test
  void quickstartFindsTheParameters() {
    QuickstartExample.main(new String[] {"300"});
    assertQuickstart();
  }

  @Test
  void quickstartInKotlinFindsTheParameters() {
    QuickstartKotlin.main(new String[] {"300"});
    assertQuickstart();
  }

  /**
   * The exact posterior has a = 1 with deviation 0.1 and b = -0.5 with deviation 0.22; the prior's
   * deviations are 1.15.
   */
  private void assertQuickstart() {
    assertThat(printed("a")[0]).isBetween(0.8, 1.2);
    assertThat(printed("a")[1]).isLessThan(0.5);
    assertThat(printed("b")[0]).isBetween(-1.0, 0.0);
    assertThat(printed("b")[1]).isLessThan(0.7);
  }

  @Test
  void hodgkinHuxleyFindsTheParameters() throws IOException {
    HodgkinHuxleyExample example = new HodgkinHuxleyExample();
    assertThat(run(example, "--simulations", "500", "--max-epochs", "30", "--samples", "500"))
        .isZero();

    Samples samples = Samples.readCsv(directory.resolve("posterior.csv"));
    assertThat(samples.names()).containsExactly("g_Na", "g_K", "E_L");
    assertThat(samples.rows()).isEqualTo(500);
    for (int d = 0; d < 3; d++) {
      double low = HodgkinHuxleyExample.LOW[d];
      double high = HodgkinHuxleyExample.HIGH[d];
      assertThat(Arrays.stream(samples.column(d))).allMatch(value -> value >= low && value <= high);
      assertThat(HodgkinHuxleyExample.TRUTH[d])
          .isBetween(samples.quantile(0.005)[d], samples.quantile(0.995)[d]);
      assertThat(samples.sd()[d]).isLessThan((high - low) / Math.sqrt(12));
    }
    // The resting potential all but shows E_L.
    assertThat(samples.sd()[2]).isLessThan(0.4 * 35 / Math.sqrt(12));
    assertImage("posterior.png");
    assertThat(output()).contains("True parameters").contains("g_Na").contains("this posterior");
    assertThat(directory.resolve("report.html")).content().contains("g_Na", "spike_count");
    assertThat(directory.resolve("report.json")).content().contains("\"schemaVersion\": 1");
  }

  @Test
  void badPosteriorEndsWithStatusOne() throws IOException {
    int status = run(new ValidatePosteriorExample(), "--simulations", "1000", "--narrowed", "0.5");
    assertThat(status).isEqualTo(1);
    assertThat(output()).startsWith("Do not trust this posterior: too narrow for a");
    assertThat(directory.resolve("report.html"))
        .content()
        .contains(">Do not trust this posterior: too narrow for a");
  }

  @Test
  void lynxAndHaresFitTheSeries() throws IOException {
    LynxHareExample example = new LynxHareExample();
    assertThat(run(example, "--simulations", "500", "--max-epochs", "10", "--samples", "300"))
        .isZero();

    Samples samples = Samples.readCsv(directory.resolve("posterior.csv"));
    assertThat(samples.names()).isEqualTo(LotkaVolterra.parameterNames());
    assertThat(Arrays.stream(samples.toRowMajorArray())).allMatch(value -> value > 0);
    assertImage("posterior.png");
    assertImage("predictive.png");
    assertThat(output()).contains("sigma_lynx");
  }

  @Test
  void epidemicFitsTheCases() throws IOException {
    EpidemicExample example = new EpidemicExample();
    assertThat(run(example, "--simulations", "500", "--max-epochs", "20", "--samples", "300"))
        .isZero();

    Samples samples = Samples.readCsv(directory.resolve("posterior.csv"));
    assertThat(samples.names()).isEqualTo(GridEpidemic.parameterNames());
    for (int d = 0; d < 3; d++) {
      assertThat(EpidemicExample.TRUTH[d])
          .isBetween(samples.quantile(0.005)[d], samples.quantile(0.995)[d]);
    }
    // Twelve weeks of cases all but show how infectious it is.
    assertThat(samples.sd()[0]).isLessThan(0.5 * 0.5 / Math.sqrt(12));
    assertImage("posterior.png");
    assertImage("predictive.png");
    assertThat(output()).contains("True parameters").contains("infection");
  }

  @Test
  void missingBrianIsExplained() throws IOException {
    Path python = directory.resolve("python");
    Files.writeString(
        python, "#!/bin/sh\necho \"ModuleNotFoundError: No module named 'brian2'\" >&2\nexit 1\n");
    assumeTrue(python.toFile().setExecutable(true), "no scripts can be run here");
    assertThat(run(new Brian2Example(), "--python", python.toString())).isEqualTo(1);
    assertThat(complaint()).contains("This example needs Brian2: pip install brian2");
  }

  @Test
  void brianFindsTheLeak() throws Exception {
    assumeTrue(hasBrian(), "there is no python3 with Brian2 (" + Brian2Example.INSTALL + ")");
    assertThat(
            run(
                new Brian2Example(),
                "--simulations",
                "60",
                "--max-epochs",
                "10",
                "--samples",
                "200",
                "--predictions",
                "10"))
        .isZero();
    Samples samples = Samples.readCsv(directory.resolve("posterior.csv"));
    assertThat(samples.names()).containsExactly("g_Na", "g_K", "E_L");
    assertThat(Samples.readCsv(directory.resolve("simulations.csv")).names())
        .contains("spike_count", "spike_width");
    assertImage("posterior.png");
    assertImage("predictive.png");
  }

  private static boolean hasBrian() throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(PythonWorker.interpreter().toString(), "-c", "import brian2")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IllegalStateException e) {
      return false; // no Python at all
    }
  }

  @Test
  void cookieFactoryFindsTheRates() throws IOException {
    CookieFactoryExample example = new CookieFactoryExample();
    assertThat(run(example, "--simulations", "4000", "--max-epochs", "15", "--samples", "800"))
        .isZero();
    assertThat(output()).contains("learned, pooled", "Poisson, hierarchical", "lambda[4]");
    assertImage("shrinkage-learned.png");
    assertImage("shrinkage-poisson.png");
  }

  @Test
  void cookiesWithoutAHeaderAreRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("counts.csv"), "9,1\n");
    assertThatThrownBy(() -> CookieBatch.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not begin with the line 'chips,location'");
  }

  @Test
  void cookiesInKotlinHaveAHierarchy() {
    CookieFactoryKotlin.main(new String[] {"2000", "100"});
    assertThat(output()).contains("mu", "sigma", "lambda[4]");
  }

  @Tag("slow")
  @Test
  void driftExampleComparesLikelihoods() throws IOException {
    HierarchicalDriftExample example = new HierarchicalDriftExample();
    assertThat(
            run(
                example,
                "--simulations",
                "500",
                "--max-epochs",
                "5",
                "--samples",
                "40",
                "--subjects",
                "3",
                "--trials",
                "10"))
        .isZero();
    assertThat(output()).contains("exact likelihood", "learned likelihood", "delay_of[2]");
    assertImage("drifts.png");
  }

  @Test
  void eightSchoolsShrink() throws IOException {
    EightSchoolsExample.main(new String[] {directory.resolve("schools.png").toString()});
    // posteriordb: mean 4.4 and deviation 3.3.
    assertThat(printed("mu")[0]).isBetween(3.9, 4.9);
    assertImage("schools.png");
  }

  @Test
  void varyingInterceptsFindTheSlope() throws IOException {
    VaryingInterceptsExample.main(new String[] {directory.resolve("intercepts.png").toString()});
    double[] beta = printed("beta");
    assertThat(beta[0]).isBetween(-0.7 - 3 * beta[1], -0.7 + 3 * beta[1]);
    assertImage("intercepts.png");
  }

  @Test
  void aWrongOptionIsExplained() {
    assertThat(ExampleOptions.run(new LynxHareExample(), "--simulations", "many")).isEqualTo(2);
    assertThat(complaint()).contains("--simulations").contains("many").contains("Usage");
  }

  private int run(Object example, String... options) {
    String[] all = Arrays.copyOf(options, options.length + 3);
    all[options.length] = "--no-progress";
    all[options.length + 1] = "--output";
    all[options.length + 2] = directory.toString();
    return ExampleOptions.run(example, all);
  }

  /** The mean and the deviation that were printed for a parameter. */
  private double[] printed(String parameter) {
    String line =
        output().lines().filter(text -> text.startsWith(parameter + " ")).findFirst().orElseThrow();
    return Arrays.stream(line.substring(parameter.length()).trim().split("\\s+"))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }
}
