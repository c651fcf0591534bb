package io.github.sbi4j.benchmarks.algorithm;

/**
 * What a user sets for a run of an algorithm.
 *
 * @param algorithm the algorithm's name, for example {@code npe}
 * @param estimator the density estimator's name, for example {@code maf}
 * @param simulations the number of simulations of all rounds together
 * @param rounds the number of rounds
 * @param ensemble the number of networks
 * @param seed the seed
 * @param device {@code cpu}, {@code torch} or {@code cuda}
 * @param threads the number of threads
 * @param samples the number of posterior samples
 */
public record Settings(
    String algorithm,
    String estimator,
    int simulations,
    int rounds,
    int ensemble,
    long seed,
    String device,
    int threads,
    int samples) {
  /** Checks that every count is positive. */
  public Settings {
    requirePositive("--simulations", simulations);
    requirePositive("--rounds", rounds);
    requirePositive("--ensemble", ensemble);
    requirePositive("--threads", threads);
    requirePositive("--samples", samples);
  }

  private static void requirePositive(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "%s %d is not positive; give 1 or more".formatted(option, value));
    }
  }
}
