package io.github.sbi4j.benchmarks.algorithm;

/**
 * An algorithm of the benchmark: from a prior, a simulator and an observation to posterior samples.
 */
public interface Algorithm {
  /** The density estimator, classifier or other network it uses where none is named. */
  String defaultEstimator();

  /** The number of rounds where none is given. */
  default int defaultRounds() {
    return 1;
  }

  /**
   * Rejects settings that do not apply.
   *
   * @param settings the settings
   * @throws IllegalArgumentException naming the option and what is possible
   */
  void check(Settings settings);

  /**
   * Does the work that serves every observation: an amortised algorithm trains here.
   *
   * @param problem the prior, the simulator and the data
   * @param settings the settings, checked
   * @return answers for observations
   */
  Solver prepare(Problem problem, Settings settings);

  /**
   * The algorithm of a name.
   *
   * @param name the name; {@code snpe} with one round is {@code npe}
   * @return the algorithm
   * @throws IllegalArgumentException if there is none of that name
   */
  static Algorithm named(String name) {
    return switch (name) {
      case "npe" -> new Npe();
      case "nle" -> new SampledAlgorithm(true);
      case "nre" -> new SampledAlgorithm(false);
      case "snpe" -> new InRounds(new Npe());
      case "snle" -> new InRounds(new SampledAlgorithm(true));
      case "snre" -> new InRounds(new SampledAlgorithm(false));
      case "tsnpe" -> new Tsnpe();
      default ->
          throw new IllegalArgumentException(
              "no algorithm '%s'; there are npe, nle and nre, and in rounds snpe, snle, snre and tsnpe"
                  .formatted(name));
    };
  }
}
