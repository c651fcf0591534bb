package io.github.sbi4j.flows.posterior;

import io.github.sbi4j.core.distribution.Bijection;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.flows.estimator.ConditionalDensity;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Gradient ascent in unconstrained space from the best of many draws at once: Adam with a falling
 * step in units of the draws' standard deviations, maximising the density over the parameters
 * themselves (not over their unconstrained images).
 */
final class MapSearch {
  private static final int STARTS = 100;
  private static final int STEPS = 400;
  private static final double FIRST_STEP = 0.1;
  private static final double SETTLED = 0.02;

  private final ConditionalDensity density;
  private final Support support;
  private final Bijection bijection;
  private final double[] observation;

  MapSearch(ConditionalDensity density, Support support, double[] observation) {
    this.density = density;
    this.support = support;
    this.bijection = density.coordinates().bijection();
    this.observation = observation;
  }

  MapEstimate run(double[][] draws, Conditioned conditioned) {
    double[] logProb = density.logProb(draws, observation);
    int[] order =
        IntStream.range(0, draws.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -logProb[i]))
            .mapToInt(Integer::intValue)
            .limit(STARTS)
            .toArray();
    int dimension = density.targets();
    double[][] z = new double[order.length][dimension];
    for (int i = 0; i < z.length; i++) {
      bijection.forward(draws[order[i]], z[i]);
    }
    double[] scale = spread(draws, dimension);
    double[][] gradients = new double[z.length][dimension];
    double[][] first = new double[z.length][dimension];
    double[][] second = new double[z.length][dimension];
    double bestValue = Double.NEGATIVE_INFINITY;
    double[] best = z[0].clone();
    double bestSlope = Double.POSITIVE_INFINITY;
    double[] zeros = new double[dimension];
    double[] logJacobian = new double[dimension];
    double[] value = new double[dimension];
    for (int step = 1; step <= STEPS; step++) {
      double[] logs = density.logProbGradient(z, observation, gradients);
      double rate = FIRST_STEP * 0.5 * (1 + Math.cos(Math.PI * step / STEPS));
      for (int i = 0; i < z.length; i++) {
        double log = logs[i] - bijection.inverse(z[i], value);
        bijection.pullBack(z[i], zeros, logJacobian);
        double slope = 0;
        for (int d = 0; d < dimension; d++) {
          gradients[i][d] = (gradients[i][d] - logJacobian[d]) * scale[d];
          slope = Math.max(slope, Math.abs(gradients[i][d]));
        }
        if (log > bestValue && support.contains(value)) {
          bestValue = log;
          best = z[i].clone();
          bestSlope = slope;
        }
        ascend(z[i], gradients[i], first[i], second[i], scale, rate, step);
      }
    }
    bijection.inverse(best, value);
    double logAtBest = conditioned.logProb(new double[][] {value})[0];
    return new MapEstimate(Arrays.stream(value).boxed().toList(), logAtBest, bestSlope < SETTLED);
  }

  private static void ascend(
      double[] z,
      double[] gradient,
      double[] first,
      double[] second,
      double[] scale,
      double rate,
      int step) {
    for (int d = 0; d < z.length; d++) {
      if (!Double.isFinite(gradient[d])) {
        continue;
      }
      first[d] = 0.9 * first[d] + 0.1 * gradient[d];
      second[d] = 0.99 * second[d] + 0.01 * gradient[d] * gradient[d];
      double mean = first[d] / (1 - Math.pow(0.9, step));
      double square = second[d] / (1 - Math.pow(0.99, step));
      z[d] += rate * scale[d] * mean / (Math.sqrt(square) + 1e-8);
    }
  }

  private double[] spread(double[][] draws, int dimension) {
    double[] sum = new double[dimension];
    double[] squares = new double[dimension];
    double[] z = new double[dimension];
    for (double[] draw : draws) {
      bijection.forward(draw, z);
      for (int d = 0; d < dimension; d++) {
        sum[d] += z[d];
        squares[d] += z[d] * z[d];
      }
    }
    double[] sd = new double[dimension];
    for (int d = 0; d < dimension; d++) {
      double mean = sum[d] / draws.length;
      sd[d] = Math.sqrt(Math.max(squares[d] / draws.length - mean * mean, 1e-20));
    }
    return sd;
  }
}
