package io.github.sbi4j.core.distribution;

import io.github.sbi4j.core.sample.Samples;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A view of another distribution that says what it says; views override what they change. */
abstract class ForwardingDistribution implements Distribution {
  final Distribution delegate;

  ForwardingDistribution(Distribution delegate) {
    this.delegate = delegate;
  }

  @Override
  public Distribution unwrapped() {
    return delegate.unwrapped();
  }

  @Override
  public int dimension() {
    return delegate.dimension();
  }

  @Override
  public double[] sample(RandomGenerator random) {
    return delegate.sample(random);
  }

  @Override
  public double logProb(double[] value) {
    return delegate.logProb(value);
  }

  @Override
  public double[] logProbGradient(double[] value) {
    return delegate.logProbGradient(value);
  }

  @Override
  public List<String> names() {
    return delegate.names();
  }

  @Override
  public Support support() {
    return delegate.support();
  }

  @Override
  public double[] mean() {
    return delegate.mean();
  }

  @Override
  public double[] variance() {
    return delegate.variance();
  }

  @Override
  public Bijection bijection() {
    return delegate.bijection();
  }

  @Override
  public Samples sample(int count, long seed) {
    return delegate.sample(count, seed);
  }

  @Override
  public Optional<double[]> observation() {
    return delegate.observation();
  }

  @Override
  public Optional<Distribution> restrictionOf() {
    return delegate.restrictionOf();
  }

  @Override
  public String toString() {
    return delegate.toString();
  }
}
