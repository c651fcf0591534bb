package io.github.sbi4j.flows.variational;

import io.github.sbi4j.core.mcmc.DifferentiableLogDensity;
import io.github.sbi4j.core.random.RandomStreams;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The density of z = m + L u, with u of a flow, or standard normal without one. */
record Approximation(AffineMap map, @Nullable Flow flow) {
  /** So many draws share a stream. */
  private static final int CHUNK = 240;

  /** Draws of z, N x D. */
  double[][] sample(int count, long seed) {
    double[][] points = standard(count, seed);
    Arrays.setAll(points, i -> map.apply(points[i]));
    return points;
  }

  /** The log-density of z. */
  double[] logProb(double[][] points) {
    double[] logs =
        standardLogProb(Arrays.stream(points).map(map::invert).toArray(double[][]::new));
    double logDeterminant = map.logDeterminant();
    Arrays.setAll(logs, i -> logs[i] - logDeterminant);
    return logs;
  }

  /** The log of target / density at fresh draws; -Infinity where the target is zero. */
  double[] logWeights(DifferentiableLogDensity target, int count, long seed) {
    double[][] points = standard(count, seed);
    double[] logs = new WhitenedTarget(target, map).logProb(points);
    double[] own = standardLogProb(points);
    Arrays.setAll(
        logs, i -> own[i] > Double.NEGATIVE_INFINITY ? logs[i] - own[i] : Double.NEGATIVE_INFINITY);
    return logs;
  }

  private double[][] standard(int count, long seed) {
    double[][] points = new double[count][];
    for (int from = 0; from < count; from += CHUNK) {
      int size = Math.min(CHUNK, count - from);
      RandomGenerator random = RandomStreams.of(seed, from / CHUNK);
      double[][] part =
          flow == null
              ? StandardNormal.draw(size, map.dimension(), random)
              : flow.sample(size, random);
      System.arraycopy(part, 0, points, from, size);
    }
    return points;
  }

  private double[] standardLogProb(double[][] points) {
    if (flow == null) {
      return Arrays.stream(points).mapToDouble(StandardNormal::logProb).toArray();
    }
    double[] logs = new double[points.length];
    for (int from = 0; from < points.length; from += CHUNK) {
      int to = Math.min(points.length, from + CHUNK);
      double[] part = flow.logProb(Arrays.copyOfRange(points, from, to));
      System.arraycopy(part, 0, logs, from, part.length);
    }
    return logs;
  }
}
