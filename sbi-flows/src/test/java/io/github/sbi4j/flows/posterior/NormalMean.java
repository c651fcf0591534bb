package io.github.sbi4j.flows.posterior;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.mcmc.DifferentiableLogDensity;
import io.github.sbi4j.flows.potential.Potential;
import io.github.sbi4j.flows.potential.PotentialSource;

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
    public DifferentiableLogDensity unconstrained() {
      return DifferentiableLogDensity.of(
              dimension(),
              (theta, gradient) -> {
                double[] value = new double[1];
                logProb(new double[][] {theta}, value);
                double[] ofPrior = prior.logProbGradient(theta);
                for (int d = 0; d < theta.length; d++) {
                  gradient[d] = ofPrior[d];
                  for (double[] trial : trials) {
                    gradient[d] += trial[d] - theta[d];
                  }
                }
                return value[0];
              })
          .unconstrained(prior.bijection());
    }
  }
}
