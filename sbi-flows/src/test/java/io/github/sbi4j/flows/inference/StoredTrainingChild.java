package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.campaign.Campaign;
import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.simulation.Simulator;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.training.Training;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * A process that simulates into a store and trains on it; prints times and the peak of the heap.
 */
final class StoredTrainingChild {
  private static final int PARAMETERS = 10;
  private static final int OBSERVATIONS = 100;

  private StoredTrainingChild() {}

  /** Takes the directory and the number of rows. */
  public static void main(String... arguments) {
    int rows = Integer.parseInt(arguments[1]);
    double[] ones = new double[PARAMETERS];
    Arrays.fill(ones, 1);
    Distribution prior = BoxUniform.of(new double[PARAMETERS], ones);
    Simulator simulator =
        (theta, random) -> {
          double[] x = new double[OBSERVATIONS];
          for (int j = 0; j < x.length; j++) {
            x[j] = theta[j % PARAMETERS] + random.nextGaussian();
          }
          return x;
        };
    long begin = System.nanoTime();
    Campaign campaign = Campaign.open(Path.of(arguments[0]), "sums", prior, 1);
    campaign.run(simulator, rows);
    long simulated = System.nanoTime();
    SNPE inference =
        SNPE.with(prior)
            .densityEstimator(Maf.defaults())
            .training(Training.defaults().withMaxEpochs(2))
            .appendSimulations(campaign.simulations());
    long appended = System.nanoTime();
    inference.train();
    long trained = System.nanoTime();
    // The mean of ten values tells each parameter to about a third of its range.
    double[] middle = new double[OBSERVATIONS];
    Arrays.fill(middle, 0.5);
    double[] mean = inference.buildPosterior().given(middle).sample(1_000).mean();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.printf(
        Locale.ROOT,
        "%d rows: simulated in %.1f s, appended in %.1f s, trained in %.1f s (epochs end at %s),"
            + " peak of the heap %d MB of %d%n",
        rows,
        (simulated - begin) / 1e9,
        (appended - simulated) / 1e9,
        (trained - appended) / 1e9,
        inference.report().members().get(0).seconds(),
        peak() >> 20,
        Runtime.getRuntime().maxMemory() >> 20);
    if (!Arrays.stream(mean).allMatch(m -> Math.abs(m - 0.5) < 0.1)) {
      throw new IllegalStateException("the posterior's mean is " + Arrays.toString(mean));
    }
  }

  private static long peak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
