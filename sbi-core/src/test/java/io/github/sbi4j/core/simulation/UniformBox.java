package io.github.sbi4j.core.simulation;

import io.github.sbi4j.core.distribution.Bijection;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** The uniform distribution over the unit cube, as small as a prior can be. */
record UniformBox(int dimension) implements Distribution {
  @Override
  public double[] sample(RandomGenerator random) {
    double[] value = new double[dimension];
    for (int d = 0; d < dimension; d++) {
      value[d] = random.nextDouble();
    }
    return value;
  }

  @Override
  public double logProb(double[] value) {
    for (double v : value) {
      if (!(v >= 0 && v <= 1)) {
        return Double.NEGATIVE_INFINITY;
      }
    }
    return 0;
  }

  @Override
  public List<String> names() {
    return IntStream.rangeClosed(1, dimension).mapToObj(d -> "theta_" + d).toList();
  }

  @Override
  public Samples sample(int count, long seed) {
    double[] values = new double[count * dimension];
    for (int i = 0; i < count; i++) {
      System.arraycopy(sample(RandomStreams.of(seed, i)), 0, values, i * dimension, dimension);
    }
    return Samples.ofRowMajor(names(), values);
  }

  @Override
  public Support support() {
    throw new UnsupportedOperationException();
  }

  @Override
  public double[] mean() {
    throw new UnsupportedOperationException();
  }

  @Override
  public double[] variance() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Bijection bijection() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Distribution named(String... names) {
    throw new UnsupportedOperationException();
  }
}
