package io.github.sbi4j.analysis.diagnostic;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.posterior.MapEstimate;
import io.github.sbi4j.flows.posterior.Posterior;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Ten parameters, uniform from -1 to 1, each seen once with normal noise of variance 0.1
 * (gaussian_linear_uniform of the sbibm benchmark): the posterior is normal around the observed
 * values, cut off at the bounds.
 */
record BoxNormalPosterior(double[] observed) implements Posterior {
  private static final int DIMENSION = 10;
  private static final double SD = Math.sqrt(0.1);
  private static final Distribution PRIOR;

  static {
    double[] high = new double[DIMENSION];
    Arrays.fill(high, 1);
    double[] low = new double[DIMENSION];
    Arrays.fill(low, -1);
    PRIOR = BoxUniform.of(low, high);
  }

  static BoxNormalPosterior exact() {
    return new BoxNormalPosterior(new double[DIMENSION]);
  }

  static Simulations simulate(int count, long seed) {
    return Simulations.run(
        (theta, random) ->
            Arrays.stream(theta).map(value -> value + SD * random.nextGaussian()).toArray(),
        PRIOR,
        count,
        seed);
  }

  @Override
  public Distribution prior() {
    return PRIOR;
  }

  @Override
  public Posterior given(double... observation) {
    return new BoxNormalPosterior(observation);
  }

  @Override
  public Samples sample(int count) {
    return sample(count, 1);
  }

  @Override
  public Samples sample(int count, long seed) {
    RandomGenerator random = RandomStreams.of(seed, 0);
    double[][] rows = new double[count][DIMENSION];
    for (double[] row : rows) {
      Arrays.setAll(row, d -> inside(observed[d], random));
    }
    return Samples.copyOf(names(), rows);
  }

  /** Normal, drawn until it lies inside; at the bounds every other draw does. */
  private static double inside(double mean, RandomGenerator random) {
    double value;
    do {
      value = mean + SD * random.nextGaussian();
    } while (Math.abs(value) > 1);
    return value;
  }

  /** The log-density but for a constant that depends on the observation alone. */
  @Override
  public double[] logProb(double[][] parameters) {
    return Arrays.stream(parameters)
        .mapToDouble(
            theta -> {
              double sum = PRIOR.support().contains(theta) ? 0 : Double.NEGATIVE_INFINITY;
              for (int d = 0; d < DIMENSION; d++) {
                double z = (theta[d] - observed[d]) / SD;
                sum -= z * z / 2;
              }
              return sum;
            })
        .toArray();
  }

  @Override
  public MapEstimate map() {
    double[] mode = Arrays.stream(observed).map(v -> Math.max(-1, Math.min(1, v))).toArray();
    return new MapEstimate(Arrays.stream(mode).boxed().toList(), logProb(mode), true);
  }
}
