package io.github.sbi4j.analysis.metric;

import java.util.Arrays;
import java.util.List;

/**
 * What a classifier two-sample test found: 0.5 for samples that cannot be told apart, 1 for samples
 * that never overlap.
 *
 * @param classifier the name of the classifier
 * @param runs one run per seed, in the order of the seeds
 */
public record C2stResult(String classifier, List<Run> runs) {
  /**
   * The accuracies with one seed.
   *
   * @param seed the seed of the folds and of the classifier
   * @param folds the accuracy on each held-out fold
   */
  public record Run(long seed, List<Double> folds) {
    /**
     * Copies the list of folds.
     *
     * @param seed the seed of the folds and of the classifier
     * @param folds the accuracy on each held-out fold
     */
    public Run {
      folds = List.copyOf(folds);
    }

    /** {@return the mean over the folds} */
    public double accuracy() {
      return folds.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
  }

  /**
   * Copies the list of runs.
   *
   * @param classifier the name of the classifier
   * @param runs one run per seed, in the order of the seeds
   */
  public C2stResult {
    runs = List.copyOf(runs);
  }

  /** {@return the accuracy of each seed} */
  public double[] values() {
    return runs.stream().mapToDouble(Run::accuracy).toArray();
  }

  /** {@return the median over the seeds} */
  public double median() {
    double[] sorted = values();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
