package io.github.sbi4j.analysis.diagnostic;

import io.github.sbi4j.analysis.classifier.Classifier;
import io.github.sbi4j.core.concurrent.Tasks;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.posterior.Posterior;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The trained classifiers of a local test, to be evaluated at observations; see {@link LocalC2st}.
 */
public final class TrainedLocalC2st {
  private final Posterior posterior;
  private final LocalFeatures features;
  private final List<Classifier.Fitted> classifiers;
  private final int evaluations;
  private final int scaling;
  private final double level;
  private final int threads;

  /** The first classifier is the one with the true labels. */
  TrainedLocalC2st(
      Posterior posterior,
      LocalFeatures features,
      List<Classifier.Fitted> classifiers,
      int evaluations,
      int scaling,
      double level,
      int threads) {
    this.posterior = posterior;
    this.features = features;
    this.classifiers = classifiers;
    this.evaluations = evaluations;
    this.scaling = scaling;
    this.level = level;
    this.threads = threads;
  }

  /** {@return the number of trials of the null hypothesis, B} */
  public int trials() {
    return classifiers.size() - 1;
  }

  /**
   * Tests the posterior at one observation or several at once.
   *
   * @param seed decides the posterior draws, those at observation k by stream (seed, k)
   * @param observations K x L, K at least 1
   * @return what was found at each, and over all
   * @throws IllegalArgumentException if there is no observation, or the posterior refuses one
   */
  public LocalC2stResult evaluate(long seed, double[]... observations) {
    if (observations.length == 0) {
      throw new IllegalArgumentException("got no observations; give at least one");
    }
    double[][] statistics = new double[observations.length][];
    List<Samples> draws = new ArrayList<>();
    List<List<double[]>> probabilities = new ArrayList<>();
    for (int k = 0; k < observations.length; k++) {
      double[] x = observations[k];
      Samples all = posterior.given(x).sample(evaluations + scaling, RandomStreams.key(seed, k));
      Samples evaluated = all.head(evaluations);
      double[][] scale =
          scaling == 0 ? new double[0][] : all.slice(evaluations, all.rows()).toArray();
      double[][] rows = features.rows(evaluated.toArray(), scale, x);
      List<double[]> ofTrials =
          Tasks.map(threads, classifiers.size(), b -> classifiers.get(b).probabilities(rows));
      draws.add(evaluated);
      probabilities.add(ofTrials);
      statistics[k] = ofTrials.stream().mapToDouble(TrainedLocalC2st::statistic).toArray();
    }
    double[] family = largest(statistics);
    List<LocalDiscrepancy> found = new ArrayList<>();
    for (int k = 0; k < observations.length; k++) {
      double[] studentised = studentised(statistics[k]);
      found.add(
          new LocalDiscrepancy(
              observations[k],
              statistics[k],
              pValue(statistics[k][0], statistics[k]),
              pValue(studentised[0], family),
              draws.get(k),
              probabilities.get(k)));
    }
    return new LocalC2stResult(found, trials(), level);
  }

  private static double statistic(double[] probabilities) {
    return Arrays.stream(probabilities).map(p -> (p - 0.5) * (p - 0.5)).average().orElseThrow();
  }

  /** The share of values, the first of which is the observed one, that are at least as large. */
  private static double pValue(double observed, double[] values) {
    long others = Arrays.stream(values, 1, values.length).filter(v -> v >= observed).count();
    return (1.0 + others) / values.length;
  }

  /**
   * Statistics of one observation over their own mean and spread, all trials and the true labels
   * treated alike, so that they can be compared between observations.
   */
  private static double[] studentised(double[] statistics) {
    double mean = Arrays.stream(statistics).average().orElseThrow();
    double variance =
        Arrays.stream(statistics).map(t -> (t - mean) * (t - mean)).average().orElseThrow();
    double sd = variance > 0 ? Math.sqrt(variance) : 1;
    return Arrays.stream(statistics).map(t -> (t - mean) / sd).toArray();
  }

  /** The largest studentised statistic over the observations, for each trial. */
  private static double[] largest(double[][] statistics) {
    double[] largest = new double[statistics[0].length];
    Arrays.fill(largest, Double.NEGATIVE_INFINITY);
    for (double[] ofObservation : statistics) {
      double[] studentised = studentised(ofObservation);
      for (int b = 0; b < largest.length; b++) {
        largest[b] = Math.max(largest[b], studentised[b]);
      }
    }
    return largest;
  }
}
