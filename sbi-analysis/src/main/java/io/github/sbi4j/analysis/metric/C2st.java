package io.github.sbi4j.analysis.metric;

import io.github.sbi4j.analysis.classifier.Classifier;
import io.github.sbi4j.analysis.classifier.MlpClassifier;
import io.github.sbi4j.analysis.classifier.RandomForestClassifier;
import io.github.sbi4j.core.concurrent.Tasks;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The classifier two-sample test: the accuracy with which a classifier tells two sets of samples
 * apart, cross-validated.
 *
 * <p>Follows the protocol of the sbibm benchmark: both sets are standardised by the mean and
 * standard deviation (N - 1 in the denominator) of the reference, all rows are shuffled into five
 * folds, and the accuracies on the folds are averaged. 0.5 says that the sets cannot be told apart,
 * 1 that they never overlap. The sampling noise of one value is about {@code 0.5 / sqrt(2 N)}.
 *
 * <p>The network of the protocol stops early when its first epochs show no progress and then
 * reports 0.5 for sets that differ; its values over several seeds fall in two groups. Use several
 * seeds, look at their {@linkplain C2stResult#median() median}, and take a random forest for a
 * second opinion. Numbers of different classifiers are not to be compared.
 *
 * <p>Immutable. The result depends on the samples, the classifier and the seeds only, not on the
 * number of threads.
 *
 * @see <a href="https://arxiv.org/abs/1610.06545">Lopez-Paz and Oquab (2017)</a>
 * @see <a href="https://arxiv.org/abs/2101.04653">Lueckmann et al. (2021), the sbibm benchmark</a>
 */
public final class C2st {
  private final Classifier classifier;
  private final long[] seeds;
  private final int folds;
  private final boolean standardised;
  private final int threads;

  private C2st(Classifier classifier, long[] seeds, int folds, boolean standardised, int threads) {
    this.classifier = classifier;
    this.seeds = seeds;
    this.folds = folds;
    this.standardised = standardised;
    this.threads = threads;
  }

  /** {@return the test with the network of the sbibm protocol, seed 1, on all processors} */
  public static C2st mlp() {
    return with(MlpClassifier.defaults());
  }

  /** {@return the test with a random forest of 100 trees, seed 1, on all processors} */
  public static C2st randomForest() {
    return with(RandomForestClassifier.defaults());
  }

  /**
   * The test with any classifier, seed 1, on all processors.
   *
   * @param classifier the classifier to train on each fold
   * @return the test
   */
  public static C2st with(Classifier classifier) {
    return new C2st(classifier, new long[] {1}, 5, true, Tasks.allProcessors());
  }

  /**
   * A copy with other seeds, each of them a full cross-validation.
   *
   * @param values at least one seed
   * @return the copy
   * @throws IllegalArgumentException if there is no seed
   */
  public C2st seeds(long... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("got no seeds; give at least one");
    }
    return new C2st(classifier, values.clone(), folds, standardised, threads);
  }

  /**
   * A copy with another number of folds.
   *
   * @param count the number of folds
   * @return the copy
   * @throws IllegalArgumentException if it is under 2
   */
  public C2st folds(int count) {
    if (count < 2) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "folds must be at least 2, got %d", count));
    }
    return new C2st(classifier, seeds, count, standardised, threads);
  }

  /**
   * A copy that does or does not standardise both sets by the reference.
   *
   * @param standardise true, the default, to standardise
   * @return the copy
   */
  public C2st zScore(boolean standardise) {
    return new C2st(classifier, seeds, folds, standardise, threads);
  }

  /**
   * A copy that works on another number of threads.
   *
   * @param count the number of threads
   * @return the copy
   * @throws IllegalArgumentException if it is not positive
   */
  public C2st threads(int count) {
    return new C2st(classifier, seeds, folds, standardised, Tasks.requireThreads(count));
  }

  /**
   * Runs the test.
   *
   * @param reference N samples from the reference distribution, D columns; sets the scale
   * @param samples M samples to compare, D columns in the same order
   * @return the accuracies
   * @throws IllegalArgumentException if the numbers of columns differ, a value is not finite, or
   *     there are fewer rows than folds
   */
  public C2stResult compute(Samples reference, Samples samples) {
    return compute(reference.toArray(), samples.toArray());
  }

  /**
   * Runs the test.
   *
   * @param reference N samples from the reference distribution, rows of D values; sets the scale
   * @param samples M samples to compare, rows of D values
   * @return the accuracies
   * @throws IllegalArgumentException if the numbers of columns differ, a value is not finite, or
   *     there are fewer rows than folds
   */
  public C2stResult compute(double[][] reference, double[][] samples) {
    TwoSamples.check(reference, samples);
    if (Math.min(reference.length, samples.length) < folds) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "got %d reference rows and %d sample rows for %d folds; give more rows or fewer folds",
              reference.length,
              samples.length,
              folds));
    }
    double[][] rows = TwoSamples.stack(reference, samples);
    if (standardised) {
      TwoSamples.standardise(rows, reference);
    }
    int[][] orders = new int[seeds.length][];
    for (int s = 0; s < seeds.length; s++) {
      orders[s] = permutation(rows.length, RandomStreams.of(seeds[s], 0));
    }
    List<Double> accuracies =
        Tasks.map(
            threads,
            seeds.length * folds,
            task -> {
              int fold = task % folds;
              int s = task / folds;
              long seed = RandomStreams.key(seeds[s], 1 + fold);
              return accuracy(rows, reference.length, orders[s], fold, seed);
            });
    List<C2stResult.Run> runs = new ArrayList<>();
    for (int s = 0; s < seeds.length; s++) {
      runs.add(new C2stResult.Run(seeds[s], accuracies.subList(s * folds, (s + 1) * folds)));
    }
    return new C2stResult(classifier.name(), runs);
  }

  /**
   * The accuracy on one fold after training on the others; rows from {@code border} on are class
   * one.
   */
  private double accuracy(double[][] rows, int border, int[] order, int fold, long seed) {
    int from = (int) ((long) fold * rows.length / folds);
    int to = (int) ((long) (fold + 1) * rows.length / folds);
    double[][] held = new double[to - from][];
    boolean[] heldLabels = new boolean[held.length];
    double[][] rest = new double[rows.length - held.length][];
    boolean[] restLabels = new boolean[rest.length];
    int h = 0;
    int r = 0;
    for (int i = 0; i < order.length; i++) {
      if (i >= from && i < to) {
        heldLabels[h] = order[i] >= border;
        held[h++] = rows[order[i]];
      } else {
        restLabels[r] = order[i] >= border;
        rest[r++] = rows[order[i]];
      }
    }
    return classifier.fit(rest, restLabels, seed).accuracy(held, heldLabels);
  }

  private static int[] permutation(int length, RandomGenerator random) {
    int[] order = IntStream.range(0, length).toArray();
    for (int i = length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}
