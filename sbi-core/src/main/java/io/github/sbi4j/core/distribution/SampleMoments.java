package io.github.sbi4j.core.distribution;

import io.github.sbi4j.core.sample.Samples;

/**
 * Means and variances of distributions that do not know their own, from a fixed sample.
 *
 * <p>The seed is fixed so that an estimate repeats; the standard error of a mean is a hundredth of
 * a standard deviation.
 */
final class SampleMoments {
  static final int COUNT = 10_000;
  private static final long SEED = 0x5EED;

  private SampleMoments() {}

  static double[] mean(Distribution distribution) {
    return mean(distribution.sample(COUNT, SEED));
  }

  static double[] variance(Distribution distribution) {
    Samples samples = distribution.sample(COUNT, SEED);
    double[] mean = mean(samples);
    double[] variance = new double[mean.length];
    for (int d = 0; d < mean.length; d++) {
      for (int i = 0; i < COUNT; i++) {
        double deviation = samples.get(i, d) - mean[d];
        variance[d] += deviation * deviation / (COUNT - 1);
      }
    }
    return variance;
  }

  private static double[] mean(Samples samples) {
    double[] mean = new double[samples.columns()];
    for (int d = 0; d < mean.length; d++) {
      for (int i = 0; i < COUNT; i++) {
        mean[d] += samples.get(i, d) / COUNT;
      }
    }
    return mean;
  }
}
