package io.github.sbi4j.benchmarks.drift;

import io.github.sbi4j.core.distribution.Bijection;
import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.core.mcmc.LogDensity;
import io.github.sbi4j.core.random.RandomStreams;
import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A Student t distribution with five degrees of freedom, fitted to a density by importance sampling
 * in steps; and independent draws of densities near that one, by resampling its draws.
 */
final class Proposal {
  private static final int FREEDOM = 5;
  private static final int DRAWS = 2000;
  private static final int STEPS = 20;

  private final MultivariateNormal normal;
  private final double[] centre;

  private Proposal(MultivariateNormal normal, double[] centre) {
    this.normal = normal;
    this.centre = centre;
  }

  /** Draws with their log-densities, up to a constant. */
  private record Drawn(double[][] points, double[] logs) {}

  /**
   * Fits, from standard normal coordinates on: each step goes as far towards the target as keeps a
   * twentieth of the draws effective, and the last has all the way.
   *
   * @param target a density in coordinates in which the prior is about standard normal
   * @param seed decides the draws
   */
  static Proposal fit(LogDensity target, long seed) {
    int dimension = target.dimension();
    double[][] identity = new double[dimension][dimension];
    for (int d = 0; d < dimension; d++) {
      identity[d][d] = 1;
    }
    double[] zero = new double[dimension];
    Proposal proposal = new Proposal(MultivariateNormal.of(zero, identity), zero);
    for (int step = 0; step < STEPS; step++) {
      Drawn drawn = proposal.draw(DRAWS, RandomStreams.of(seed, step));
      double[] logs = ratios(target, drawn);
      double power = 1;
      double[] weights = weights(logs, power);
      while (effective(weights) < DRAWS / 20.0) {
        power *= 0.8;
        weights = weights(logs, power);
      }
      boolean arrived = power == 1 && effective(weights) > DRAWS / 3.0;
      proposal = around(drawn.points, weights);
      if (arrived) {
        return proposal;
      }
    }
    throw new IllegalStateException("no proposal found in " + STEPS + " steps");
  }

  private static Proposal around(double[][] points, double[] weights) {
    int dimension = points[0].length;
    double[] mean = new double[dimension];
    double[][] covariance = new double[dimension][dimension];
    for (int i = 0; i < points.length; i++) {
      for (int d = 0; d < dimension; d++) {
        mean[d] += weights[i] * points[i][d];
      }
    }
    for (int i = 0; i < points.length; i++) {
      for (int d = 0; d < dimension; d++) {
        for (int e = 0; e < dimension; e++) {
          covariance[d][e] += weights[i] * (points[i][d] - mean[d]) * (points[i][e] - mean[e]);
        }
      }
    }
    return new Proposal(MultivariateNormal.of(mean, covariance), mean);
  }

  private Drawn draw(int count, RandomGenerator random) {
    double[][] points = new double[count][];
    double[] logs = new double[count];
    int dimension = centre.length;
    double top = normal.logProb(centre);
    for (int i = 0; i < count; i++) {
      double squares = 0;
      for (int k = 0; k < FREEDOM; k++) {
        double noise = random.nextGaussian();
        squares += noise * noise / FREEDOM;
      }
      double[] point = normal.sample(random);
      double distance = 2 * (top - normal.logProb(point)) / squares;
      for (int d = 0; d < dimension; d++) {
        point[d] = centre[d] + (point[d] - centre[d]) / Math.sqrt(squares);
      }
      points[i] = point;
      logs[i] = -0.5 * (FREEDOM + dimension) * Math.log1p(distance / FREEDOM);
    }
    return new Drawn(points, logs);
  }

  private static double[] ratios(LogDensity target, Drawn drawn) {
    double[] positions = Arrays.stream(drawn.points).flatMapToDouble(Arrays::stream).toArray();
    double[] logs = new double[drawn.points.length];
    target.logDensities(logs.length, positions, logs);
    Arrays.setAll(logs, i -> logs[i] - drawn.logs[i]);
    return logs;
  }

  private static double[] weights(double[] logs, double power) {
    double max = Arrays.stream(logs).max().orElseThrow();
    double[] weights = Arrays.stream(logs).map(log -> Math.exp(power * (log - max))).toArray();
    double all = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(weight -> weight / all).toArray();
  }

  private static double effective(double[] weights) {
    return 1 / Arrays.stream(weights).map(weight -> weight * weight).sum();
  }

  /**
   * Draws, none taken twice: those of the largest u<sup>1 / weight</sup> for uniform u (Efraimidis
   * and Spirakis 2006).
   *
   * @param target the density
   * @param bijection from parameters to the coordinates of the target
   * @param count how many, out of ten times as many
   * @param seed decides the draws
   * @return parameters
   */
  double[][] resample(LogDensity target, Bijection bijection, int count, long seed) {
    RandomGenerator random = RandomStreams.of(seed, STEPS);
    Drawn drawn = draw(10 * count, random);
    double[] weights = weights(ratios(target, drawn), 1);
    double[] keys =
        Arrays.stream(weights).map(weight -> Math.log(1 - random.nextDouble()) / weight).toArray();
    return IntStream.range(0, keys.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -keys[i]))
        .limit(count)
        .map(
            i -> {
              double[] parameters = new double[centre.length];
              bijection.inverse(drawn.points[i], parameters);
              return parameters;
            })
        .toArray(double[][]::new);
  }
}
