package io.github.sbi4j.analysis.diagnostic;

import io.github.sbi4j.analysis.plot.CalibrationPlot;
import io.github.sbi4j.analysis.plot.ClassifierMapPlot;
import io.github.sbi4j.core.sample.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How a posterior differs from the true one at one observation, as a classifier sees it. */
public final class LocalDiscrepancy {
  /** Corrections beyond this are those of noise in the probabilities. */
  private static final double SMALLEST = 0.02;

  private final double[] observation;
  private final double[] statistics;
  private final double pValue;
  private final double familyPValue;
  private final Samples draws;
  private final List<double[]> probabilities;

  LocalDiscrepancy(
      double[] observation,
      double[] statistics,
      double pValue,
      double familyPValue,
      Samples draws,
      List<double[]> probabilities) {
    this.observation = observation.clone();
    this.statistics = statistics;
    this.pValue = pValue;
    this.familyPValue = familyPValue;
    this.draws = draws;
    this.probabilities = probabilities;
  }

  /** {@return the observation, L values} */
  public double[] observation() {
    return observation.clone();
  }

  /** {@return the mean of {@code (d - 1/2)^2} over the draws; from 0 to 1/4} */
  public double statistic() {
    return statistics[0];
  }

  /** {@return the statistics of the B trials of the null hypothesis} */
  public double[] nullStatistics() {
    return Arrays.copyOfRange(statistics, 1, statistics.length);
  }

  /** {@return the share of trials, the data as given among them, with at least this statistic} */
  public double pValue() {
    return pValue;
  }

  /**
   * {@return the same with the largest statistic over all observations that were evaluated
   * together, each in units of its own spread over the trials: a p-value corrected for their
   * number}
   */
  public double familyPValue() {
    return familyPValue;
  }

  /** {@return the posterior draws at the observation, M x D} */
  public Samples draws() {
    return draws;
  }

  /**
   * {@return for each of the M draws the probability d that it is of the posterior rather than
   * true: above one half where the posterior has too much mass, {@code d / (1 - d)} being the ratio
   * of the two densities}
   */
  public double[] probabilities() {
    return probabilities.get(0).clone();
  }

  /**
   * The probabilities in one trial of the null hypothesis, such as for the band of a P-P plot.
   *
   * @param trial from 0 to B - 1
   * @return M values
   */
  public double[] nullProbabilities(int trial) {
    return probabilities.get(1 + trial).clone();
  }

  /**
   * {@return the draws coloured by their probabilities: where there is too much mass, and where too
   * little}
   */
  public ClassifierMapPlot plot() {
    return ClassifierMapPlot.of(draws, probabilities());
  }

  /**
   * {@return the distribution function of the probabilities, with the pointwise band that holds
   * those of 95 % of the trials}
   */
  public CalibrationPlot probabilityPlot() {
    double[] grid = IntStream.rangeClosed(0, 100).mapToDouble(k -> k / 100.0).toArray();
    double[] lower = new double[grid.length];
    double[] upper = new double[grid.length];
    for (int k = 0; k < grid.length; k++) {
      double at = grid[k];
      double[] shares =
          probabilities.stream()
              .skip(1)
              .mapToDouble(trial -> Arrays.stream(trial).filter(p -> p <= at).count())
              .map(count -> count / draws.rows())
              .sorted()
              .toArray();
      lower[k] = shares[(int) (0.025 * shares.length)];
      upper[k] = shares[(int) (0.975 * shares.length)];
    }
    return CalibrationPlot.pp(grid, probabilities())
        .band(lower, upper)
        .labels("classifier")
        .axisLabels("probability of being a posterior draw", "share of draws below");
  }

  /**
   * {@return the mean of each parameter corrected by the classifier, D values: a step towards the
   * truth, which falls short where the posterior is so narrow that it has no draws}
   */
  public double[] correctedMean() {
    return Arrays.stream(corrected()).mapToDouble(m -> m[0]).toArray();
  }

  /**
   * {@return the standard deviation of each parameter corrected by the classifier, D values: a step
   * towards the truth, as a classifier trained for few steps learns the larger part of a
   * difference}
   */
  public double[] correctedSd() {
    return Arrays.stream(corrected()).mapToDouble(m -> m[1]).toArray();
  }

  /** Means and standard deviations with the weights (1 - d) / d of the true posterior. */
  private double[][] corrected() {
    double[] weights = Arrays.stream(probabilities()).map(LocalDiscrepancy::weight).toArray();
    double sum = Arrays.stream(weights).sum();
    double[][] moments = new double[draws.columns()][2];
    for (int d = 0; d < moments.length; d++) {
      double[] values = draws.column(d);
      for (int i = 0; i < values.length; i++) {
        moments[d][0] += weights[i] / sum * values[i];
      }
      for (int i = 0; i < values.length; i++) {
        double distance = values[i] - moments[d][0];
        moments[d][1] += weights[i] / sum * distance * distance;
      }
      moments[d][1] = Math.sqrt(moments[d][1]);
    }
    return moments;
  }

  private static double weight(double probability) {
    double d = Math.min(Math.max(probability, SMALLEST), 1 - SMALLEST);
    return (1 - d) / d;
  }

  /** A sentence with the parameter that is furthest off. */
  String reading(double level) {
    String significance =
        String.format(
            Locale.ROOT,
            "statistic %.4f, p = %.3f%s",
            statistic(),
            pValue,
            familyPValue == pValue
                ? ""
                : String.format(Locale.ROOT, " (%.3f over all observations)", familyPValue));
    if (familyPValue > level) {
      return "no difference from the true posterior was found: " + significance;
    }
    double[] mean = draws.mean();
    double[] sd = draws.sd();
    double[][] corrected = corrected();
    int worst = 0;
    double largest = -1;
    for (int d = 0; d < mean.length; d++) {
      double off =
          Math.abs(corrected[d][0] - mean[d]) / sd[d] + Math.abs(Math.log(corrected[d][1] / sd[d]));
      if (off > largest) {
        largest = off;
        worst = d;
      }
    }
    return String.format(
        Locale.ROOT,
        "the posterior differs from the true one (%s); most for %s, whose mean and standard deviation"
            + " are %.4g and %.4g, and %.4g and %.4g as the classifier would correct them",
        significance,
        draws.names().get(worst),
        mean[worst],
        sd[worst],
        corrected[worst][0],
        corrected[worst][1]);
  }
}
