package io.github.sbi4j.flows.posterior;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.flows.potential.Potential;
import java.util.Arrays;
import java.util.List;

/**
 * The prior times the mean likelihood of each trial: log p(theta) + sum<sub>m</sub> log
 * sum<sub>k</sub> w<sub>k</sub> p<sub>k</sub>(x<sub>m</sub> | theta). A member's likelihood is its
 * potential less the log of its own prior.
 */
final class EnsemblePotential implements Potential {
  private final Distribution prior;
  private final List<List<Potential>> ofTrials;
  private final double[] weights;

  /**
   * An average.
   *
   * @param prior of the parameters
   * @param ofTrials the K potentials of each of M trials
   * @param weights K of them
   */
  EnsemblePotential(Distribution prior, List<List<Potential>> ofTrials, double[] weights) {
    this.prior = prior;
    this.ofTrials = ofTrials;
    this.weights = weights;
  }

  @Override
  public Distribution prior() {
    return prior;
  }

  @Override
  public void logProb(double[][] points, double[] values) {
    Arrays.setAll(values, i -> prior.logProb(points[i]));
    double[][] ofPriors = new double[weights.length][];
    Arrays.setAll(ofPriors, k -> logPriors(k, points));
    for (List<Potential> members : ofTrials) {
      double[][] logs = new double[weights.length][];
      Arrays.setAll(logs, k -> less(ofPriors[k], members.get(k).logProb(points)));
      add(Members.logMean(weights, logs), values);
    }
  }

  @Override
  public void logProbGradient(double[][] points, double[][] gradients, double[] values) {
    int dimension = dimension();
    Arrays.setAll(values, i -> prior.logProb(points[i]));
    double[][] ofPriors = new double[weights.length][];
    double[][][] slopesOfPriors = new double[weights.length][points.length][dimension];
    for (int k = 0; k < weights.length; k++) {
      ofPriors[k] = logPriors(k, points);
      slopes(ofTrials.get(0).get(k).prior(), points, slopesOfPriors[k]);
    }
    slopes(prior, points, gradients);
    for (List<Potential> members : ofTrials) {
      double[][] logs = new double[weights.length][points.length];
      double[][][] slopes = new double[weights.length][points.length][dimension];
      for (int k = 0; k < weights.length; k++) {
        members.get(k).logProbGradient(points, slopes[k], logs[k]);
        logs[k] = less(ofPriors[k], logs[k]);
      }
      double[] mean = Members.logMean(weights, logs);
      add(mean, values);
      for (int i = 0; i < points.length; i++) {
        for (int k = 0; k < weights.length && mean[i] > Double.NEGATIVE_INFINITY; k++) {
          double share = weights[k] * Math.exp(logs[k][i] - mean[i]);
          for (int d = 0; d < dimension; d++) {
            gradients[i][d] += share * (slopes[k][i][d] - slopesOfPriors[k][i][d]);
          }
        }
      }
    }
    for (int i = 0; i < points.length; i++) {
      if (values[i] == Double.NEGATIVE_INFINITY) {
        Arrays.fill(gradients[i], 0);
      }
    }
  }

  private double[] logPriors(int member, double[][] points) {
    Distribution ofMember = ofTrials.get(0).get(member).prior();
    return Arrays.stream(points).mapToDouble(ofMember::logProb).toArray();
  }

  private void slopes(Distribution of, double[][] points, double[][] slopes) {
    for (int i = 0; i < points.length; i++) {
      Arrays.fill(slopes[i], 0);
      if (prior.support().contains(points[i])) {
        double[] slope = of.logProbGradient(points[i]);
        System.arraycopy(slope, 0, slopes[i], 0, slope.length);
      }
    }
  }

  private static double[] less(double[] ofPrior, double[] logs) {
    double[] likelihoods = new double[logs.length];
    Arrays.setAll(
        likelihoods,
        i -> logs[i] == Double.NEGATIVE_INFINITY ? Double.NEGATIVE_INFINITY : logs[i] - ofPrior[i]);
    return likelihoods;
  }

  private static void add(double[] logs, double[] values) {
    for (int i = 0; i < values.length; i++) {
      double sum = values[i] + logs[i];
      values[i] = Double.isNaN(sum) ? Double.NEGATIVE_INFINITY : sum;
    }
  }
}
