package io.github.sbi4j.core.distribution;

import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * When a Wiener process with drift z first leaves [-1, 1] from its middle.
 *
 * <p>p(x) = cosh(z) exp(-z<sup>2</sup> x / 2) sum over n of (-1)<sup>n</sup> a<sub>n</sub>(x), the
 * distribution J*(1, z) of Polson, Scott and Windle (2013, JASA 108:1339), drawn by their
 * algorithm: proposals from an inverse Gaussian below a threshold and an exponential above,
 * accepted once the partial sums, which alternate around the density, have decided.
 */
final class ExitTime {
  private static final double THRESHOLD = 0.64;
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private ExitTime() {}

  /** Draws a time for a drift of at least zero. */
  static double sample(double drift, RandomGenerator random) {
    double rate = Math.PI * Math.PI / 8 + drift * drift / 2;
    double above = Math.PI / (2 * rate) * Math.exp(-rate * THRESHOLD);
    double below = 2 * Math.exp(-drift) * inverseGaussian(drift);
    while (true) {
      double x =
          random.nextDouble() < above / (above + below)
              ? THRESHOLD + random.nextExponential() / rate
              : truncated(drift, random);
      double sum = term(0, x);
      double height = random.nextDouble() * sum;
      for (int n = 1; ; n++) {
        if (n % 2 == 1) {
          sum -= term(n, x);
          if (height <= sum) {
            return x;
          }
        } else {
          sum += term(n, x);
          if (height > sum) {
            break;
          }
        }
      }
    }
  }

  private static double term(int n, double x) {
    double k = n + 0.5;
    return x > THRESHOLD
        ? Math.PI * k * Math.exp(-k * k * Math.PI * Math.PI * x / 2)
        : Math.PI * k * Math.pow(2 / (Math.PI * x), 1.5) * Math.exp(-2 * k * k / x);
  }

  /** The mass below the threshold of an inverse Gaussian with mean 1 / z and shape 1. */
  private static double inverseGaussian(double z) {
    double root = Math.sqrt(1 / THRESHOLD);
    double tail = NORMAL.cumulativeProbability(-root * (THRESHOLD * z + 1));
    double reflected = tail == 0 ? 0 : Math.exp(2 * z + Math.log(tail));
    return NORMAL.cumulativeProbability(root * (THRESHOLD * z - 1)) + reflected;
  }

  /** An inverse Gaussian with mean 1 / z and shape 1, below the threshold. */
  private static double truncated(double z, RandomGenerator random) {
    if (z < 1 / THRESHOLD) {
      while (true) {
        double e = random.nextExponential();
        double other = random.nextExponential();
        if (e * e <= 2 * other / THRESHOLD) {
          double root = 1 + THRESHOLD * e;
          double x = THRESHOLD / (root * root);
          if (random.nextDouble() <= Math.exp(-z * z * x / 2)) {
            return x;
          }
        }
      }
    }
    double mean = 1 / z;
    while (true) {
      double g = random.nextGaussian();
      double y = mean * g * g;
      double x = mean + mean / 2 * (y - Math.sqrt(4 * y + y * y));
      if (random.nextDouble() > mean / (mean + x)) {
        x = mean * mean / x;
      }
      if (x <= THRESHOLD) {
        return x;
      }
    }
  }
}
