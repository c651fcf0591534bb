package io.github.sbi4j.analysis.diagnostic;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.posterior.MapEstimate;
import io.github.sbi4j.flows.posterior.Posterior;
import java.util.Arrays;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * D independent standard normal parameters, each seen once with normal noise, and their posterior:
 * exact, or with its standard deviations multiplied and its means moved by so many of them.
 */
record NormalModel(
    int dimension, double noise, double factor, double shift, double @Nullable [] observed)
    implements Posterior {
  static NormalModel exact(int dimension) {
    return new NormalModel(dimension, 0.5, 1, 0, null);
  }

  NormalModel wrong(double newFactor, double newShift) {
    return new NormalModel(dimension, noise, newFactor, newShift, observed);
  }

  Simulations simulate(int count, long seed) {
    return Simulations.run(
        (theta, random) ->
            Arrays.stream(theta).map(value -> value + noise * random.nextGaussian()).toArray(),
        prior(),
        count,
        seed);
  }

  /** The mean of each parameter given its observed value is this times the value. */
  private double weight() {
    return 1 / (1 + noise * noise);
  }

  double exactSd() {
    return noise * Math.sqrt(weight());
  }

  @Override
  public Distribution prior() {
    double[][] identity = new double[dimension][dimension];
    for (int d = 0; d < dimension; d++) {
      identity[d][d] = 1;
    }
    return MultivariateNormal.of(new double[dimension], identity);
  }

  @Override
  public NormalModel given(double... observation) {
    return new NormalModel(dimension, noise, factor, shift, observation);
  }

  private double mean(int d) {
    return weight() * Objects.requireNonNull(observed)[d] + shift * exactSd();
  }

  @Override
  public Samples sample(int count) {
    return sample(count, 1);
  }

  @Override
  public Samples sample(int count, long seed) {
    RandomGenerator random = RandomStreams.of(seed, 0);
    double[] values = new double[count * dimension];
    Arrays.setAll(values, i -> mean(i % dimension) + factor * exactSd() * random.nextGaussian());
    return Samples.ofRowMajor(names(), values);
  }

  @Override
  public double[] logProb(double[][] parameters) {
    return Arrays.stream(parameters)
        .mapToDouble(
            row -> {
              double sum = 0;
              for (int d = 0; d < dimension; d++) {
                double z = (row[d] - mean(d)) / (factor * exactSd());
                sum -= 0.5 * z * z + Math.log(factor * exactSd());
              }
              return sum;
            })
        .toArray();
  }

  @Override
  public MapEstimate map() {
    throw new UnsupportedOperationException();
  }
}
