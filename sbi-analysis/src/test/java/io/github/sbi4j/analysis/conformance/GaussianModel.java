package io.github.sbi4j.analysis.conformance;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * The linear Gaussian model with a posterior in closed form: x = theta + shift + noise, independent
 * in each of the first L of D parameters, with a standard normal or a box prior.
 *
 * <p>What is observed may be an increasing function of x. It leaves the posterior as it is, and
 * takes from the networks that all they have to learn is linear.
 */
final class GaussianModel {
  private final Distribution prior;
  private final boolean bounded;
  private final int observed;
  private final double shift;
  private final double noise;
  private final DoubleUnaryOperator view;

  private GaussianModel(
      Distribution prior,
      boolean bounded,
      int observed,
      double shift,
      double noise,
      DoubleUnaryOperator view) {
    this.prior = prior;
    this.bounded = bounded;
    this.observed = observed;
    this.shift = shift;
    this.noise = noise;
    this.view = view;
  }

  /** Shift -1 and noise of variance 0.3 on each of D standard normal parameters. */
  static GaussianModel normal(int parameters) {
    return new GaussianModel(
        standardNormal(parameters), false, parameters, -1, Math.sqrt(0.3), x -> x);
  }

  /** Shift -1 and noise of variance 0.3 on each of D parameters, uniform from -2 to 2. */
  static GaussianModel box(int parameters) {
    double[] high = new double[parameters];
    Arrays.fill(high, 2);
    double[] low = Arrays.stream(high).map(h -> -h).toArray();
    return new GaussianModel(
        BoxUniform.of(low, high), true, parameters, -1, Math.sqrt(0.3), x -> x);
  }

  /** The same with only the first values observed; of the other parameters nothing is learned. */
  GaussianModel observing(int values) {
    return new GaussianModel(prior, bounded, values, shift, noise, view);
  }

  GaussianModel withNoise(double newShift, double newNoise) {
    return new GaussianModel(prior, bounded, observed, newShift, newNoise, view);
  }

  /** The model of the mean of M independent trials, which tells as much as they do. */
  GaussianModel averaging(int trials) {
    return withNoise(shift, noise / Math.sqrt(trials));
  }

  GaussianModel seenAs(DoubleUnaryOperator increasing) {
    return new GaussianModel(prior, bounded, observed, shift, noise, increasing);
  }

  private static MultivariateNormal standardNormal(int dimension) {
    double[][] identity = new double[dimension][dimension];
    for (int d = 0; d < dimension; d++) {
      identity[d][d] = 1;
    }
    return MultivariateNormal.of(new double[dimension], identity);
  }

  Distribution prior() {
    return prior;
  }

  int parameters() {
    return prior.dimension();
  }

  /** What is observed when x is as given. */
  double[] seen(double... x) {
    return Arrays.stream(x).map(view).toArray();
  }

  Simulator simulator() {
    return (theta, random) -> {
      double[] x = new double[observed];
      Arrays.setAll(x, j -> theta[j] + shift + noise * random.nextGaussian());
      return seen(x);
    };
  }

  Simulations simulate(int count, long seed) {
    return Simulations.run(simulator(), prior, count, seed);
  }

  /** The mean of each parameter given x, before a box cuts it off. */
  double[] mean(double... x) {
    double[] mean = prior.mean();
    for (int d = 0; d < observed; d++) {
      mean[d] = (x[d] - shift) * (bounded ? 1 : 1 / (1 + noise * noise));
    }
    return mean;
  }

  /** The standard deviation of each parameter given any x, before a box cuts it off. */
  double[] sd() {
    double[] sd = new double[parameters()];
    Arrays.fill(sd, 1);
    Arrays.fill(sd, 0, observed, bounded ? noise : noise / Math.sqrt(1 + noise * noise));
    return sd;
  }

  /** The log-density of the posterior; each coordinate is a normal, cut off by a box. */
  double logProb(double[] theta, double... x) {
    double sum = 0;
    for (int d = 0; d < theta.length; d++) {
      NormalDistribution normal = new NormalDistribution(mean(x)[d], sd()[d]);
      sum += normal.logDensity(theta[d]);
      if (bounded) {
        sum -= Math.log(normal.probability(low(d), high(d)));
      }
    }
    return prior.support().contains(theta) ? sum : Double.NEGATIVE_INFINITY;
  }

  /**
   * Draws from the posterior, coordinate by coordinate through the inverse distribution function.
   */
  double[][] draws(int count, long seed, double... x) {
    double[][] rows = new double[count][parameters()];
    RandomGenerator random = RandomStreams.of(seed, 0);
    for (int d = 0; d < parameters(); d++) {
      NormalDistribution normal = new NormalDistribution(mean(x)[d], sd()[d]);
      double from = bounded ? normal.cumulativeProbability(low(d)) : 0;
      double to = bounded ? normal.cumulativeProbability(high(d)) : 1;
      for (double[] row : rows) {
        row[d] =
            normal.inverseCumulativeProbability(from + (to - from) * random.nextDouble(1e-12, 1));
      }
    }
    return rows;
  }

  private double low(int d) {
    return prior.support().lower()[d];
  }

  private double high(int d) {
    return prior.support().upper()[d];
  }

  @Override
  public String toString() {
    return (bounded ? "box" : "normal") + " prior";
  }
}
