package io.github.sbi4j.flows.posterior;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.flows.potential.Potential;
import java.util.Arrays;
import java.util.List;

/**
 * The prior times the mean likelihood of each trial: with the members' potentials u<sub>km</sub> =
 * log p(theta) + log p<sub>k</sub>(x<sub>m</sub> | theta), sum<sub>m</sub> log sum<sub>k</sub>
 * w<sub>k</sub> exp u<sub>km</sub> - (M - 1) log p(theta).
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
    startWithPrior(points, values);
    for (List<Potential> members : ofTrials) {
      double[][] logs = new double[weights.length][];
      for (int k = 0; k < weights.length; k++) {
        logs[k] = members.get(k).logProb(points);
      }
      add(Members.logMean(weights, logs), values);
    }
  }

  @Override
  public void logProbGradient(double[][] points, double[][] gradients, double[] values) {
    startWithPrior(points, values);
    for (int i = 0; i < points.length; i++) {
      Arrays.fill(gradients[i], 0);
      if (values[i] > Double.NEGATIVE_INFINITY && ofTrials.size() > 1) {
        double[] slope = prior.logProbGradient(points[i]);
        addScaled(1 - ofTrials.size(), slope, gradients[i]);
      }
    }
    for (List<Potential> members : ofTrials) {
      double[][] logs = new double[weights.length][points.length];
      double[][][] slopes = new double[weights.length][points.length][dimension()];
      for (int k = 0; k < weights.length; k++) {
        members.get(k).logProbGradient(points, slopes[k], logs[k]);
      }
      double[] mean = Members.logMean(weights, logs);
      add(mean, values);
      for (int i = 0; i < points.length; i++) {
        for (int k = 0; k < weights.length && mean[i] > Double.NEGATIVE_INFINITY; k++) {
          addScaled(weights[k] * Math.exp(logs[k][i] - mean[i]), slopes[k][i], gradients[i]);
        }
      }
    }
    for (int i = 0; i < points.length; i++) {
      if (values[i] == Double.NEGATIVE_INFINITY) {
        Arrays.fill(gradients[i], 0);
      }
    }
  }

  /** -(M - 1) log p(theta), or -Infinity outside the prior. */
  private void startWithPrior(double[][] points, double[] values) {
    for (int i = 0; i < points.length; i++) {
      double log = prior.logProb(points[i]);
      values[i] = log == Double.NEGATIVE_INFINITY ? log : (1 - ofTrials.size()) * log;
    }
  }

  private static void add(double[] logs, double[] values) {
    for (int i = 0; i < values.length; i++) {
      double sum = values[i] + logs[i];
      values[i] = Double.isNaN(sum) ? Double.NEGATIVE_INFINITY : sum;
    }
  }

  private static void addScaled(double factor, double[] slope, double[] gradient) {
    for (int d = 0; d < gradient.length; d++) {
      gradient[d] += factor * slope[d];
    }
  }
}
