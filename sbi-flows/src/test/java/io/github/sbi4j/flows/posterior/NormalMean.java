package io.github.sbi4j.flows.posterior;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.flows.potential.Potential;
import io.github.sbi4j.flows.potential.PotentialSource;
import java.util.Arrays;

/** Trials are normal around the parameters with variance one. */
record NormalMean(Distribution prior) implements PotentialSource {
  @Override
  public Potential potential(double[]... trials) {
    return new OfMean(prior, trials);
  }

  record OfMean(Distribution prior, double[][] trials) implements Potential {
    @Override
    public void logProb(double[][] points, double[] values) {
      for (int i = 0; i < points.length; i++) {
        values[i] = prior.logProb(points[i]);
        for (double[] trial : trials) {
          for (int d = 0; d < trial.length; d++) {
            double r = trial[d] - points[i][d];
            values[i] -= 0.5 * r * r;
          }
        }
      }
    }

    @Override
    public void logProbGradient(double[][] points, double[][] gradients, double[] values) {
      logProb(points, values);
      for (int i = 0; i < points.length; i++) {
        if (values[i] == Double.NEGATIVE_INFINITY) {
          Arrays.fill(gradients[i], 0);
          continue;
        }
        double[] ofPrior = prior.logProbGradient(points[i]);
        for (int d = 0; d < ofPrior.length; d++) {
          gradients[i][d] = ofPrior[d];
          for (double[] trial : trials) {
            gradients[i][d] += trial[d] - points[i][d];
          }
        }
      }
    }
  }
}
