package io.github.sbi4j.spark;

import io.github.sbi4j.analysis.diagnostic.SimulationBasedCalibration;
import io.github.sbi4j.analysis.diagnostic.TestDraws;
import io.github.sbi4j.analysis.predictive.PosteriorPredictiveCheck;
import io.github.sbi4j.analysis.report.ValidationChecklist;
import io.github.sbi4j.analysis.report.ValidationResult;
import io.github.sbi4j.core.campaign.Campaign;
import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.SimulatedRows;
import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.inference.SNPE;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.apache.spark.sql.SparkSession;

/**
 * A queue with one server, simulated by Spark: the posterior is that of local simulations, bit for
 * bit. With the argument {@code scaling}: how long one executor takes, and two.
 */
final class ClusterExample {
  private static final int CUSTOMERS = 20_000;
  private static final long SEED = 1;

  private ClusterExample() {}

  /** Quantiles of the times between departures. */
  static double[] queue(double[] theta, RandomGenerator random) {
    double[] between = new double[CUSTOMERS];
    double arrival = 0;
    double departure = 0;
    for (int i = 0; i < CUSTOMERS; i++) {
      arrival += random.nextExponential() / theta[2];
      double service = theta[0] + theta[1] * random.nextDouble();
      double left = Math.max(arrival, departure) + service;
      between[i] = left - departure;
      departure = left;
    }
    Arrays.sort(between);
    double[] quantiles = new double[5];
    for (int k = 0; k < quantiles.length; k++) {
      quantiles[k] = between[k * (CUSTOMERS - 1) / (quantiles.length - 1)];
    }
    return quantiles;
  }

  /** Runs the example. */
  public static void main(String[] arguments) throws IOException {
    SerializableSimulator queue = ClusterExample::queue;
    Distribution prior =
        BoxUniform.of(new double[] {0, 0.1, 0.05}, new double[] {5, 5, 0.3})
            .named("shortest", "range", "arrivals");
    double[] observed = queue(new double[] {1, 4, 0.2}, new SplittableRandom(SEED));
    if (List.of(arguments).contains("scaling")) {
      scaling(queue, prior);
      return;
    }
    try (SparkRunner spark = SparkRunner.start()) {
      Simulations there = spark.run(queue, prior, 5_000, SEED);
      Simulations here = Simulations.run(queue, prior, 5_000, SEED);
      DirectPosterior posterior = posterior(prior, there);
      Samples draws = posterior.given(observed).sample(1_000, SEED);
      Samples localDraws = posterior(prior, here).given(observed).sample(1_000, SEED);
      System.out.println(draws.summary());
      System.out.println("simulations equal: " + there.equals(here));
      System.out.println("posterior draws equal: " + draws.equals(localDraws));
      if (!there.equals(here) || !draws.equals(localDraws)) {
        throw new IllegalStateException("simulations by Spark differ from local ones");
      }
      check(spark, queue, posterior, observed, draws);
      keep(spark, queue, prior);
    }
  }

  private static DirectPosterior posterior(Distribution prior, Simulations table) {
    return SNPE.with(prior).appendSimulations(table).train().buildPosterior();
  }

  /** Simulations that checks ask for come from Spark too. */
  private static void check(
      SparkRunner spark,
      SerializableSimulator queue,
      DirectPosterior posterior,
      double[] observed,
      Samples draws) {
    Simulations fresh = spark.run(queue, posterior.prior(), 100, 2);
    TestDraws tests = TestDraws.with(posterior).draws(100).run(fresh);
    System.out.println(SimulationBasedCalibration.defaults().compute(tests).summary());

    Simulations predicted = spark.run(queue, draws.head(200), 3);
    System.out.println(PosteriorPredictiveCheck.of(predicted, observed).summary());

    ValidationResult all =
        ValidationChecklist.of(posterior, observed)
            .simulator(queue)
            .runner(spark)
            .tests(100, 99)
            .run();
    System.out.println(all.headline());
  }

  /** What is too much for the memory of this JVM goes from the executors to files. */
  private static void keep(SparkRunner spark, SerializableSimulator queue, Distribution prior)
      throws IOException {
    String path = Files.createTempDirectory("sbi4j-").resolve("queue").toString();
    Samples parameters = prior.sample(1_000, Simulations.parameterSeed(SEED));
    int failed = spark.runToParquet(queue, parameters, SEED, path);
    Simulations read = ParquetTables.by(spark.session()).readSimulations(path);
    System.out.println(read + " from " + path + ", " + failed + " failed");

    Path directory = Files.createTempDirectory("sbi4j-");
    Campaign campaign = Campaign.open(directory, "queue", prior, SEED);
    spark.run(
        queue,
        parameters,
        SEED,
        (SimulatedRows piece) -> {
          int first = piece.firstRow();
          Samples own = parameters.slice(first, first + piece.size());
          campaign.append(first, piece.toSimulations(own, 5, 0));
        });
    System.out.println(campaign.simulations() + " from " + directory);
  }

  /** One executor and two by turns, each a JVM with one core. */
  private static void scaling(SerializableSimulator queue, Distribution prior) throws IOException {
    int pairs = 5;
    int rows = 6_000;
    Samples parameters = prior.sample(rows, SEED);
    double[][] seconds = new double[2][pairs];
    for (int pair = 0; pair < pairs; pair++) {
      for (int executors = 1; executors <= 2; executors++) {
        try (SparkSession session = Sessions.cluster(executors)) {
          SparkRunner spark = SparkRunner.on(session).withPartitions(32);
          spark.run(queue, parameters.head(1_000), SEED); // the executors start and get warm
          long started = System.nanoTime();
          spark.run(queue, parameters, SEED);
          seconds[executors - 1][pair] = (System.nanoTime() - started) / 1e9;
        }
        System.out.printf(
            Locale.ROOT,
            "pair %d, %d executor(s): %.2f s%n",
            pair + 1,
            executors,
            seconds[executors - 1][pair]);
      }
    }
    SimulationSettings one = SimulationSettings.defaults().withThreads(1);
    Simulations.run(queue, parameters.head(2_000), SEED, one);
    long started = System.nanoTime();
    Simulations.run(queue, parameters, SEED, one);
    double local = (System.nanoTime() - started) / 1e9;
    for (double[] row : seconds) {
      Arrays.sort(row);
    }
    System.out.printf(
        Locale.ROOT,
        "medians of %d: one executor %.2f s, two %.2f s, %.2f times as fast; one local thread %.2f s%n",
        pairs,
        seconds[0][pairs / 2],
        seconds[1][pairs / 2],
        seconds[0][pairs / 2] / seconds[1][pairs / 2],
        local);
  }
}
