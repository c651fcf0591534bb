package io.github.sbi4j.benchmarks.speed;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** One kind of work to time. */
@FunctionalInterface
public interface Workload {
  /**
   * Prepares the work, warms up and measures.
   *
   * @param settings how
   * @return the times
   */
  Timing time(SpeedSettings settings);

  /**
   * The work of a name.
   *
   * @param name for example {@code train-maf}
   * @return the work
   * @throws IllegalArgumentException if there is none of that name
   */
  static Workload named(String name) {
    Supplier<Workload> workload = all().get(name);
    if (workload == null) {
      throw new IllegalArgumentException(
          "no work '%s' to time; there are %s".formatted(name, String.join(", ", all().keySet())));
    }
    return workload.get();
  }

  private static Map<String, Supplier<Workload>> all() {
    Map<String, Supplier<Workload>> all = new LinkedHashMap<>();
    for (String estimator : List.of("maf", "maf-relu", "nsf", "mdn")) {
      all.put("train-" + estimator, () -> new TrainingStep(estimator));
      all.put("sample-" + estimator, () -> new PosteriorSampling(estimator));
      all.put("logprob-" + estimator, () -> new PosteriorLogProb(estimator));
      all.put("gradient-" + estimator, () -> new LikelihoodGradient(estimator));
    }
    for (String task : List.of("two_moons", "slcp")) {
      all.put("chains-" + task, () -> new LikelihoodChains(task));
    }
    return all;
  }
}
