package io.github.sbi4j.flows.posterior;

import io.github.sbi4j.core.distribution.Bijection;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.mcmc.DifferentiableLogDensity;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Function;
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

  private final DifferentiableLogDensity target;
  private final Support support;
  private final Bijection bijection;

  /**
   * A search.
   *
   * @param target the log-density over unconstrained space, Jacobian included
   * @param bijection from parameters to that space
   * @param support where parameters may lie
   */
  MapSearch(DifferentiableLogDensity target, Bijection bijection, Support support) {
    this.target = target;
    this.bijection = bijection;
    this.support = support;
  }

  /**
   * Searches from the best draws.
   *
   * @param draws N x D
   * @param logProb gives the log-density of parameters
   * @return the best place found
   */
  MapEstimate run(double[][] draws, Function<double[][], double[]> logProb) {
    return run(draws, logProb, STARTS);
  }

  /** Searches from so many of the best draws. */
  MapEstimate run(double[][] draws, Function<double[][], double[]> logProb, int starts) {
    double[] logs = logProb.apply(draws);
    int[] order =
        IntStream.range(0, draws.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -logs[i]))
            .mapToInt(Integer::intValue)
            .limit(starts)
            .toArray();
    int dimension = target.dimension();
    double[][] z = new double[order.length][dimension];
    for (int i = 0; i < z.length; i++) {
      bijection.forward(draws[order[i]], z[i]);
    }
    double[] scale = spread(draws, bijection);
    double[] gradients = new double[z.length * dimension];
    double[] positions = new double[z.length * dimension];
    double[] values = new double[z.length];
    double[][] first = new double[z.length][dimension];
    double[][] second = new double[z.length][dimension];
    double bestValue = Double.NEGATIVE_INFINITY;
    double[] best = z[0].clone();
    double bestSlope = Double.POSITIVE_INFINITY;
    double[] zeros = new double[dimension];
    double[] logJacobian = new double[dimension];
    double[] value = new double[dimension];
    double[] gradient = new double[dimension];
    for (int step = 1; step <= STEPS; step++) {
      for (int i = 0; i < z.length; i++) {
        System.arraycopy(z[i], 0, positions, i * dimension, dimension);
      }
      target.logDensitiesAndGradients(z.length, positions, values, gradients);
      double rate = FIRST_STEP * 0.5 * (1 + Math.cos(Math.PI * step / STEPS));
      for (int i = 0; i < z.length; i++) {
        double log = values[i] - bijection.inverse(z[i], value);
        bijection.pullBack(z[i], zeros, logJacobian);
        double slope = 0;
        for (int d = 0; d < dimension; d++) {
          gradient[d] = (gradients[i * dimension + d] - logJacobian[d]) * scale[d];
          slope = Math.max(slope, Math.abs(gradient[d]));
        }
        if (log > bestValue && support.contains(value)) {
          bestValue = log;
          best = z[i].clone();
          bestSlope = slope;
        }
        ascend(z[i], gradient, first[i], second[i], scale, rate, step);
      }
    }
    bijection.inverse(best, value);
    double logAtBest = logProb.apply(new double[][] {value})[0];
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

  /** The standard deviations of draws in unconstrained space. */
  static double[] spread(double[][] draws, Bijection bijection) {
    int dimension = bijection.dimension();
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
