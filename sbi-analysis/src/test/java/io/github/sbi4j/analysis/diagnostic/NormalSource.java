package io.github.sbi4j.analysis.diagnostic;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.flows.potential.Potential;
import io.github.sbi4j.flows.potential.PotentialSource;

/** The likelihood of the normal model as samplers take it. */
record NormalSource(NormalModel model) implements PotentialSource {
  @Override
  public Distribution prior() {
    return model.prior();
  }

  @Override
  public Potential potential(double[]... trials) {
    Distribution prior = prior();
    return new Potential() {
      @Override
      public Distribution prior() {
        return prior;
      }

      @Override
      public void logProb(double[][] points, double[] values) {
        for (int i = 0; i < points.length; i++) {
          values[i] = prior.logProb(points[i]);
          for (int d = 0; d < points[i].length; d++) {
            double z = (trials[0][d] - points[i][d]) / model.noise();
            values[i] -= 0.5 * z * z;
          }
        }
      }
    };
  }
}
