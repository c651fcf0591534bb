package io.github.sbi4j.analysis.diagnostic;

import io.github.sbi4j.analysis.classifier.Classifier;
import io.github.sbi4j.analysis.classifier.MlpClassifier;
import io.github.sbi4j.core.concurrent.Tasks;
import io.github.sbi4j.core.progress.Progress;
import io.github.sbi4j.core.progress.ProgressListener;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.posterior.Posterior;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The local classifier two-sample test (L-C2ST): is the posterior right at this very observation?
 *
 * <p>A classifier learns to tell pairs {@code (theta, x)} from the model, class zero, from {@code
 * (theta', x)} with theta' drawn from the posterior at the same x, class one. Where the posterior
 * is right, both are alike and the probability d of class one is one half. The statistic at an
 * observation x<sub>o</sub> is the mean of {@code (d(theta, x_o) - 1/2)^2} over posterior draws
 * there. Its distribution under the null hypothesis comes from training again with the two members
 * of each pair exchanged at random, which changes nothing if the posterior is right at all
 * observations; the p-value is then exact for any number of pairs and trials, however well or badly
 * the classifier learns.
 *
 * <p>Against the paper: labels are exchanged within pairs rather than over all rows, so that the
 * observations alone never tell the classes apart; and parameters are standardised by the mean and
 * covariance of further posterior draws at their observation (see {@link #scaledBy}), which finds
 * wrong spreads with a tenth of the pairs where the data are informative.
 *
 * <p>Training is done once, {@link TrainedLocalC2st#evaluate} is cheap and takes any number of
 * observations. Immutable; results do not depend on the number of threads.
 *
 * @see <a href="https://arxiv.org/abs/2306.03580">Linhart, Gramfort and Rodrigues (2023)</a>
 */
public final class LocalC2st {
  /** Null for the one that depends on the number of pairs. */
  private final @Nullable Classifier classifier;

  private final int trials;
  private final int ensemble;
  private final int evaluations;
  private final int scaling;
  private final double level;
  private final int threads;
  private final ProgressListener progress;

  private LocalC2st(
      @Nullable Classifier classifier,
      int trials,
      int ensemble,
      int evaluations,
      int scaling,
      double level,
      int threads,
      ProgressListener progress) {
    this.classifier = classifier;
    this.trials = trials;
    this.ensemble = ensemble;
    this.evaluations = evaluations;
    this.scaling = scaling;
    this.level = level;
    this.threads = threads;
    this.progress = progress;
  }

  /**
   * {@return the test with a network of two hidden layers of 32 units, 100 trials of the null
   * hypothesis, 1000 draws at each observation, 50 draws that scale parameters, and level 0.05}
   */
  public static LocalC2st defaults() {
    return new LocalC2st(
        null, 100, 1, 1000, 50, 0.05, Tasks.allProcessors(), ProgressListener.NONE);
  }

  /**
   * A network trained for a number of passes that is fixed: 20, or 100 batches of 200 rows where
   * pairs are few. Stopping early at held-out rows finds less with few pairs.
   */
  private static Classifier network(int pairs) {
    int epochs = Math.max(20, Math.min(100, 10_000 / pairs));
    return MlpClassifier.defaults()
        .withHiddenUnits(32, 32)
        .withNeutralStart()
        .withPenalty(0)
        .withBatchSize(200)
        .withLearningRate(3e-3)
        .withMaximumEpochs(epochs)
        .withPatience(epochs);
  }

  /**
   * A copy with another classifier.
   *
   * @param other learns from rows of D standardised parameters and L standardised observed values
   * @return the copy
   */
  public LocalC2st classifier(Classifier other) {
    return new LocalC2st(other, trials, ensemble, evaluations, scaling, level, threads, progress);
  }

  /**
   * A copy with another number of trials of the null hypothesis.
   *
   * @param count the number of trainings with exchanged pairs, the smallest p-value being {@code 1
   *     / (count + 1)}
   * @return the copy
   * @throws IllegalArgumentException if it is under 19, with which nothing could be significant
   */
  public LocalC2st trials(int count) {
    atLeast("trials", count, 19, "100");
    return new LocalC2st(
        classifier, count, ensemble, evaluations, scaling, level, threads, progress);
  }

  /**
   * A copy that averages the probabilities of several classifiers.
   *
   * @param count the number of classifiers in each trial
   * @return the copy
   * @throws IllegalArgumentException if it is not positive
   */
  public LocalC2st ensemble(int count) {
    atLeast("ensemble", count, 1, "1");
    return new LocalC2st(classifier, trials, count, evaluations, scaling, level, threads, progress);
  }

  /**
   * A copy with another number of posterior draws at each observation.
   *
   * @param count the number of draws
   * @return the copy
   * @throws IllegalArgumentException if it is under 10
   */
  public LocalC2st evaluations(int count) {
    atLeast("evaluations", count, 10, "1000");
    return new LocalC2st(classifier, trials, ensemble, count, scaling, level, threads, progress);
  }

  /**
   * A copy that draws another number of parameters at each observation to standardise those that
   * are compared.
   *
   * @param draws the number of further draws at each observation; 0 for the paper's single draw,
   *     with parameters standardised over all observations at once
   * @return the copy
   * @throws IllegalArgumentException if it is neither 0 nor at least 10
   */
  public LocalC2st scaledBy(int draws) {
    if (draws != 0) {
      atLeast("draws to scale by", draws, 10, "50, and 0 for none,");
    }
    return new LocalC2st(
        classifier, trials, ensemble, evaluations, draws, level, threads, progress);
  }

  /**
   * A copy with another level.
   *
   * @param falseAlarmRate the probability with which a right posterior may fail, at all
   *     observations of one evaluation together
   * @return the copy
   * @throws IllegalArgumentException if it is not between 0 and 1
   */
  public LocalC2st level(double falseAlarmRate) {
    if (!(falseAlarmRate > 0 && falseAlarmRate < 1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "level must be between 0 and 1, got %s; 0.05 is usual", falseAlarmRate));
    }
    return new LocalC2st(
        classifier, trials, ensemble, evaluations, scaling, falseAlarmRate, threads, progress);
  }

  /**
   * A copy that works on another number of threads.
   *
   * @param count the number of threads
   * @return the copy
   * @throws IllegalArgumentException if it is not positive
   */
  public LocalC2st threads(int count) {
    return new LocalC2st(
        classifier,
        trials,
        ensemble,
        evaluations,
        scaling,
        level,
        Tasks.requireThreads(count),
        progress);
  }

  /**
   * A copy that tells how far training is.
   *
   * @param listener hears of each trial
   * @return the copy
   */
  public LocalC2st progress(ProgressListener listener) {
    return new LocalC2st(
        classifier, trials, ensemble, evaluations, scaling, level, threads, listener);
  }

  private static void atLeast(String what, int value, int least, String usual) {
    if (value < least) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s must be at least %d, got %d; %s is usual",
              what,
              least,
              value,
              usual));
    }
  }

  /**
   * Trains the classifiers, once with the pairs as they are and once for each trial.
   *
   * @param posterior the posterior, sampled at each observation
   * @param simulations N simulations with parameters from the prior, not trained on; failed ones
   *     are left out. 5000 to 10 000 see fine errors, 500 those of a quarter of a standard
   *     deviation
   * @param seed decides draws, exchanges and training
   * @return the test, to be evaluated at observations
   * @throws IllegalArgumentException if fewer than 100 simulations are valid, or parameters of
   *     simulations and posterior differ in number
   */
  public TrainedLocalC2st train(Posterior posterior, Simulations simulations, long seed) {
    Simulations valid = simulations.valid();
    if (valid.size() < 100) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d of %d simulations are valid; give at least 100 that the posterior was not trained on",
              valid.size(),
              simulations.size()));
    }
    if (valid.parameters().columns() != posterior.prior().dimension()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "simulations have %d parameters and the posterior %d; give simulations of the same model",
              valid.parameters().columns(),
              posterior.prior().dimension()));
    }
    LocalFeatures features = LocalFeatures.of(valid.parameters(), valid.observations());
    double[][] rows = pairs(posterior, valid, features, RandomStreams.key(seed, -1));
    Classifier chosen = classifier == null ? network(valid.size()) : classifier;
    Reporter reporter = new Reporter(progress, trials + 1);
    List<Classifier.Fitted> fitted =
        Tasks.map(
            threads,
            trials + 1,
            trial -> {
              Classifier.Fitted one = fit(chosen, rows, trial, seed);
              reporter.done();
              return one;
            });
    return new TrainedLocalC2st(posterior, features, fitted, evaluations, scaling, level, threads);
  }

  /** The features of pair i in rows 2 i, from the model, and 2 i + 1, from the posterior. */
  private double[][] pairs(
      Posterior posterior, Simulations valid, LocalFeatures features, long seed) {
    Samples parameters = valid.parameters();
    Samples observations = valid.observations();
    List<double[][]> pairs =
        Tasks.map(
            threads,
            valid.size(),
            i -> {
              double[] x = observations.row(i);
              double[][] draws =
                  posterior.given(x).sample(1 + scaling, RandomStreams.key(seed, i)).toArray();
              double[][] both = {parameters.row(i), draws[0]};
              return features.rows(both, Arrays.copyOfRange(draws, 1, draws.length), x);
            });
    double[][] rows = new double[2 * pairs.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = pairs.get(i / 2)[i % 2];
    }
    return rows;
  }

  /** Trial 0 has the true labels; in the others half of the pairs, at random, are exchanged. */
  private Classifier.Fitted fit(Classifier chosen, double[][] rows, int trial, long seed) {
    long own = RandomStreams.key(seed, trial);
    RandomGenerator random = RandomStreams.of(own, 0);
    boolean[] labels = new boolean[rows.length];
    for (int i = 0; i < labels.length; i += 2) {
      boolean exchanged = trial > 0 && random.nextBoolean();
      labels[i] = exchanged;
      labels[i + 1] = !exchanged;
    }
    List<Classifier.Fitted> members = new ArrayList<>();
    for (int m = 0; m < ensemble; m++) {
      members.add(chosen.fit(rows, labels, RandomStreams.key(own, 1 + m)));
    }
    return points -> {
      double[] mean = new double[points.length];
      for (Classifier.Fitted member : members) {
        double[] probabilities = member.probabilities(points);
        for (int i = 0; i < mean.length; i++) {
          mean[i] += probabilities[i] / members.size();
        }
      }
      return mean;
    };
  }

  /** Counts trials from several threads. */
  private static final class Reporter {
    private final ProgressListener listener;
    private final int total;
    private final long start = System.nanoTime();
    private int done;

    Reporter(ProgressListener listener, int total) {
      this.listener = listener;
      this.total = total;
    }

    synchronized void done() {
      done++;
      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      listener.onProgress(new Progress("training classifiers", done, total, elapsed, ""));
    }
  }
}
