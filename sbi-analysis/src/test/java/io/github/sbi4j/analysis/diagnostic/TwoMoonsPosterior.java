package io.github.sbi4j.analysis.diagnostic;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.posterior.MapEstimate;
import io.github.sbi4j.flows.posterior.Posterior;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Two crescents, with the exact posterior: x is p + (1/4 - |s|, t), p being a noisy half circle of
 * radius 0.1, s and t the parameters turned by 45 degrees. A draw of p that the data allow gives
 * |s| and t, and the sign of s is a coin; it is kept where the prior allows it.
 */
record TwoMoonsPosterior(double[] observed) implements Posterior {
  private static final Distribution PRIOR =
      BoxUniform.of(new double[] {-1, -1}, new double[] {1, 1});

  static TwoMoonsPosterior exact() {
    return new TwoMoonsPosterior(new double[] {0, 0});
  }

  static Simulations simulate(int count, long seed) {
    return Simulations.run(
        (theta, random) -> {
          double[] p = crescent(random);
          return new double[] {
            p[0] + 0.25 - Math.abs(theta[0] + theta[1]) / Math.sqrt(2),
            p[1] + (theta[1] - theta[0]) / Math.sqrt(2)
          };
        },
        PRIOR,
        count,
        seed);
  }

  private static double[] crescent(RandomGenerator random) {
    double angle = Math.PI * (random.nextDouble() - 0.5);
    double radius = 0.1 + 0.01 * random.nextGaussian();
    return new double[] {radius * Math.cos(angle), radius * Math.sin(angle)};
  }

  @Override
  public Distribution prior() {
    return PRIOR;
  }

  @Override
  public Posterior given(double... observation) {
    return new TwoMoonsPosterior(observation);
  }

  @Override
  public Samples sample(int count) {
    return sample(count, 1);
  }

  @Override
  public Samples sample(int count, long seed) {
    RandomGenerator random = RandomStreams.of(seed, 0);
    List<double[]> rows = new ArrayList<>();
    while (rows.size() < count) {
      double[] p = crescent(random);
      double s = p[0] + 0.25 - observed[0];
      double t = observed[1] - p[1];
      double sum = random.nextBoolean() ? s : -s;
      double[] theta = {(sum - t) / Math.sqrt(2), (sum + t) / Math.sqrt(2)};
      if (s >= 0 && PRIOR.support().contains(theta)) {
        rows.add(theta);
      }
    }
    return Samples.copyOf(names(), rows.toArray(double[][]::new));
  }

  /**
   * The density of p at what is left of the data, up to a constant: that of the radius, over it.
   */
  @Override
  public double[] logProb(double[][] parameters) {
    return Arrays.stream(parameters)
        .mapToDouble(
            theta -> {
              double x = observed[0] - 0.25 + Math.abs(theta[0] + theta[1]) / Math.sqrt(2);
              double y = observed[1] - (theta[1] - theta[0]) / Math.sqrt(2);
              double radius = Math.hypot(x, y);
              double z = (radius - 0.1) / 0.01;
              return x < 0 || !PRIOR.support().contains(theta)
                  ? Double.NEGATIVE_INFINITY
                  : -0.5 * z * z - Math.log(radius);
            })
        .toArray();
  }

  @Override
  public MapEstimate map() {
    throw new UnsupportedOperationException();
  }
}
