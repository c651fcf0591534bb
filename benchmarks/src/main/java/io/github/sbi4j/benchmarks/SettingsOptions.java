package io.github.sbi4j.benchmarks;

import io.github.sbi4j.benchmarks.algorithm.Algorithm;
import io.github.sbi4j.benchmarks.algorithm.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every cell of the benchmark has, alone or in a table. */
final class SettingsOptions {
  @Option(names = "--estimator", description = "maf, nsf or mdn; the algorithm's own by default")
  @Nullable String estimator;

  @Option(names = "--rounds", description = "rounds; 10 by default for snpe, snle and snre")
  @Nullable Integer rounds;

  @Option(names = "--ensemble", description = "networks to average", defaultValue = "1")
  int ensemble;

  @Option(names = "--seed", description = "seed of the run", defaultValue = "1")
  long seed;

  @Option(names = "--device", description = "cpu, torch or cuda", defaultValue = "cpu")
  String device = "cpu";

  @Option(names = "--threads", description = "threads; as many as processors by default")
  int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--samples", description = "posterior samples", defaultValue = "10000")
  int samples;

  /** The settings of an algorithm, checked against it. */
  Settings settings(String algorithm, int simulations) {
    Algorithm named = Algorithm.named(algorithm);
    String name = estimator != null ? estimator : named.defaultEstimator();
    Settings settings =
        new Settings(
            algorithm,
            name,
            simulations,
            rounds != null ? rounds : named.defaultRounds(),
            ensemble,
            seed,
            device,
            threads,
            samples);
    named.check(settings);
    return settings;
  }
}
