package io.github.sbi4j.core.distribution;

import io.github.sbi4j.core.sample.Samples;
import java.util.List;

/** A distribution with names for its values. */
final class NamedDistribution extends ForwardingDistribution {
  private final List<String> names;

  NamedDistribution(Distribution delegate, List<String> names) {
    super(delegate);
    this.names = Names.check(names, delegate.dimension());
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public Samples sample(int count, long seed) {
    return Samples.ofRowMajor(names, delegate.sample(count, seed).toRowMajorArray());
  }

  @Override
  public String toString() {
    return delegate + " named " + names;
  }
}
