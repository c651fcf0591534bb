package io.github.sbi4j.core.distribution;

import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** A distribution held to what {@link Distribution} promises. */
final class CheckedDistribution extends ForwardingDistribution {
  private final int dimension;
  private final Support support;

  CheckedDistribution(Distribution delegate) {
    super(delegate);
    this.dimension = delegate.dimension();
    this.support = delegate.support();
    checkLength("support()", support.dimension());
    checkLength("names()", delegate.names().size());
  }

  private void checkLength(String method, int length) {
    if (length != dimension) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "%s: %s gave %d values but dimension() is %d",
              delegate,
              method,
              length,
              dimension));
    }
  }

  @Override
  public double[] sample(RandomGenerator random) {
    double[] draw = delegate.sample(random);
    checkLength("sample()", draw.length);
    for (double value : draw) {
      if (Double.isNaN(value)) {
        throw new IllegalStateException(
            delegate + ": sample() gave " + Arrays.toString(draw) + ", expected no NaN");
      }
    }
    return draw;
  }

  @Override
  public double logProb(double[] value) {
    if (!support.contains(value)) {
      return Double.NEGATIVE_INFINITY;
    }
    double logProb = delegate.logProb(value);
    if (!(logProb < Double.POSITIVE_INFINITY)) {
      throw new IllegalStateException(
          String.format(
                  Locale.ROOT,
                  "%s: logProb(%s) is %s; return -Infinity outside the support, or override support() if it",
                  delegate,
                  Arrays.toString(value),
                  logProb)
              + " is a box");
    }
    return logProb;
  }

  @Override
  public double[] logProbGradient(double[] value) {
    Checks.inside(support, value);
    double[] gradient = delegate.logProbGradient(value);
    checkLength("logProbGradient()", gradient.length);
    return gradient;
  }

  @Override
  public Distribution checked() {
    return this;
  }
}
