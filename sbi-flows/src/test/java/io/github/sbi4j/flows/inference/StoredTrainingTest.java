package io.github.sbi4j.flows.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.core.campaign.Campaign;
import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import io.github.sbi4j.flows.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Training on rows in files is training on the same rows in memory. */
class StoredTrainingTest {
  private static final Logger LOG = LoggerFactory.getLogger("stored-training");
  private static final Distribution PRIOR =
      BoxUniform.of(new double[2], new double[] {1, 1}).named("a", "b");
  private static final Simulator SIMULATOR =
      (theta, random) ->
          random.nextInt(40) == 0
              ? new double[] {Double.NaN, 0, 0}
              : new double[] {
                theta[0] + 0.1 * random.nextGaussian(),
                theta[1] - theta[0] + 0.1 * random.nextGaussian(),
                random.nextGaussian()
              };
  private static final Training SHORT = Training.defaults().withMaxEpochs(3);
  private static final double[] OBSERVED = {0.4, 0.2, 0};
  private static final double[] THETA = {0.4, 0.6};

  @TempDir Path directory;
  private Simulations stored;
  private Simulations inMemory;

  @BeforeEach
  void simulate() {
    inMemory = Simulations.run(SIMULATOR, PRIOR, 1_000, 5);
    stored =
        Campaign.open(directory.resolve("campaign"), "model", PRIOR, 5)
            .run(SIMULATOR, 1_000)
            .simulations();
  }

  @Test
  void posteriorIsTheSame() {
    assertThat(posterior(stored)).isEqualTo(posterior(inMemory));
    // Parts of a campaign, one after the other.
    SNPE parts = SNPE.with(PRIOR).training(SHORT);
    for (int from : new int[] {0, 300, 301}) {
      int to = from == 0 ? 300 : from == 300 ? 301 : 1_000;
      parts.appendSimulations(
          stored.parameters().slice(from, to), stored.observations().slice(from, to));
    }
    double[] density = parts.train().buildPosterior().given(OBSERVED).logProb(rows());
    assertThat(density[0]).isEqualTo(posterior(inMemory));
  }

  private static double[][] rows() {
    return new double[][] {THETA};
  }

  private static double posterior(Simulations simulations) {
    SNPE inference = SNPE.with(PRIOR).training(SHORT).appendSimulations(simulations).train();
    assertThat(inference.report().rowsUsed()).isBetween(950, 990);
    return inference.buildPosterior().given(OBSERVED).logProb(rows())[0];
  }

  @Test
  void likelihoodIsTheSame() {
    assertThat(likelihood(stored)).isEqualTo(likelihood(inMemory));
  }

  private static List<Double> likelihood(Simulations simulations) {
    SNLE inference = SNLE.with(PRIOR).training(SHORT).appendSimulations(simulations).train();
    return inference.report().members().get(0).validationLoss();
  }

  @Test
  void ratioIsTheSame() {
    assertThat(ratio(stored)).isEqualTo(ratio(inMemory));
  }

  private static List<Double> ratio(Simulations simulations) {
    SNRE inference = SNRE.with(PRIOR).training(SHORT).appendSimulations(simulations).train();
    return inference.report().members().get(0).validationLoss();
  }

  @Test
  @Tag("slow")
  void millionRowsOfTenAndHundredColumnsTrainInTwoGigabytes() throws Exception {
    Path output = directory.resolve("output.txt");
    assertThat(train(output, 1_000_000)).as(Files.readString(output)).isZero();
    LOG.info(Files.readString(output));
  }

  private int train(Path output, int rows) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "--add-modules",
                "jdk.incubator.vector",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                StoredTrainingChild.class.getName(),
                directory.resolve("large").toString(),
                Integer.toString(rows))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(30, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    return process.waitFor();
  }
}
