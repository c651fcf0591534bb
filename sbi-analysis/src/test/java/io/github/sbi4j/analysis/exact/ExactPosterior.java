package io.github.sbi4j.analysis.exact;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import io.github.sbi4j.flows.posterior.MapEstimate;
import io.github.sbi4j.flows.posterior.Posterior;
import io.github.sbi4j.flows.potential.Potential;
import io.github.sbi4j.flows.potential.PotentialSource;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * The exact posterior of theta ~ N(0, I), x = A theta + s e with e ~ N(0, I), A having ones on its
 * diagonal and one half beside it; or one with another spread and place.
 */
public final class ExactPosterior implements Posterior, PotentialSource {
  private final MultivariateNormal prior;
  private final RealMatrix map;
  private final double noise;
  private final RealMatrix covariance;
  private final double spread;
  private final double shift;
  private final double[] observation;

  private ExactPosterior(
      int dimension, double noise, double spread, double shift, double[] observation) {
    this.prior =
        MultivariateNormal.of(
            new double[dimension], MatrixUtils.createRealIdentityMatrix(dimension).getData());
    this.map = new Array2DRowRealMatrix(dimension, dimension);
    for (int i = 0; i < dimension; i++) {
      map.setEntry(i, i, 1);
      if (i > 0) {
        map.setEntry(i, i - 1, 0.5);
        map.setEntry(i - 1, i, 0.5);
      }
    }
    this.noise = noise;
    RealMatrix precision =
        MatrixUtils.createRealIdentityMatrix(dimension)
            .add(map.transpose().multiply(map).scalarMultiply(1 / (noise * noise)));
    this.covariance = new LUDecomposition(precision).getSolver().getInverse();
    this.spread = spread;
    this.shift = shift;
    this.observation = observation;
  }

  public static ExactPosterior of(int dimension, double noise) {
    return new ExactPosterior(dimension, noise, 1, 0, new double[0]);
  }

  /** Standard deviations times the spread, the mean moved by shift of them in each parameter. */
  public ExactPosterior wrong(double newSpread, double newShift) {
    return new ExactPosterior(prior.dimension(), noise, newSpread, newShift, observation);
  }

  @Override
  public ExactPosterior given(double... x) {
    return new ExactPosterior(prior.dimension(), noise, spread, shift, x.clone());
  }

  public Simulator simulator() {
    return (theta, random) -> {
      double[] x = map.operate(theta);
      Arrays.setAll(x, j -> x[j] + noise * random.nextGaussian());
      return x;
    };
  }

  public Simulations simulate(int count, long seed) {
    return Simulations.run(simulator(), prior, count, seed);
  }

  /** The posterior at the observation, as it is after all changes. */
  public MultivariateNormal distribution() {
    double[] mean =
        covariance
            .multiply(map.transpose())
            .scalarMultiply(1 / (noise * noise))
            .operate(observation);
    Arrays.setAll(mean, d -> mean[d] + shift * Math.sqrt(covariance.getEntry(d, d)));
    return MultivariateNormal.of(mean, covariance.scalarMultiply(spread * spread).getData());
  }

  @Override
  public Distribution prior() {
    return prior;
  }

  @Override
  public Samples sample(int count) {
    return sample(count, 1);
  }

  @Override
  public Samples sample(int count, long seed) {
    MultivariateNormal normal = distribution();
    double[][] rows = new double[count][];
    RandomGenerator random = RandomStreams.of(seed, 0);
    Arrays.setAll(rows, i -> normal.sample(random));
    return Samples.copyOf(names(), rows);
  }

  @Override
  public double[] logProb(double[][] parameters) {
    return Arrays.stream(parameters).mapToDouble(distribution()::logProb).toArray();
  }

  @Override
  public MapEstimate map() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Potential potential(double[]... trials) {
    ExactPosterior at = given(trials[0]);
    return new Potential() {
      @Override
      public Distribution prior() {
        return prior;
      }

      @Override
      public void logProb(double[][] points, double[] values) {
        System.arraycopy(at.logProb(points), 0, values, 0, values.length);
      }
    };
  }
}
