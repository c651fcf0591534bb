package io.github.sbi4j.flows.variational;

import io.github.sbi4j.core.mcmc.DifferentiableLogDensity;
import java.util.random.RandomGenerator;

/**
 * Fits a Gaussian by steps in its own standard coordinates, in which every Gaussian is the standard
 * normal: near a Gaussian target the steps are Newton's, whatever its scales and correlations.
 */
final class GaussianFitter implements Fitter {
  /** The share of Newton's step at rate one. */
  private static final double STEP = 0.5;

  /** A step changes location and log scale by no more standard deviations than this. */
  private static final double LONGEST = 0.5;

  private final DifferentiableLogDensity target;
  private final VariationalObjective objective;
  private final int draws;
  private final boolean correlated;
  private AffineMap map;

  GaussianFitter(
      DifferentiableLogDensity target,
      VariationalObjective objective,
      int draws,
      boolean correlated,
      AffineMap start) {
    this.target = target;
    this.objective = objective;
    this.draws = draws;
    this.correlated = correlated;
    this.map = start;
  }

  AffineMap map() {
    return map;
  }

  @Override
  public double[] step(double rate, RandomGenerator random) {
    int dimension = map.dimension();
    double[][] points = StandardNormal.draw(draws, dimension, random);
    double[][] slopes = new double[draws][dimension];
    WhitenedTarget whitened = new WhitenedTarget(target, map);
    double[] logWeights =
        objective.throughDraws()
            ? whitened.logProbGradient(points, slopes)
            : whitened.logProb(points);
    for (int i = 0; i < draws; i++) {
      logWeights[i] -= StandardNormal.logProb(points[i]);
    }
    double[] coefficients = objective.coefficients(logWeights);
    double[] shift = new double[dimension];
    double[][] slope = new double[dimension][dimension];
    for (int i = 0; i < draws; i++) {
      if (coefficients[i] != 0) {
        add(coefficients[i], points[i], slopes[i], shift, slope);
      }
    }
    move(rate, shift, slope);
    return logWeights;
  }

  private void add(
      double coefficient, double[] point, double[] gradient, double[] shift, double[][] slope) {
    for (int i = 0; i < point.length; i++) {
      // The slope of log q is -u, and its score with respect to the location u.
      double pull = coefficient * (objective.throughDraws() ? gradient[i] + point[i] : point[i]);
      shift[i] += pull;
      for (int j = correlated ? 0 : i; j < i; j++) {
        slope[i][j] += pull * point[j];
      }
      slope[i][i] += 0.5 * pull * point[i];
    }
  }

  private void move(double rate, double[] shift, double[][] slope) {
    double squares = 0;
    for (int i = 0; i < shift.length; i++) {
      squares += shift[i] * shift[i];
      for (int j = 0; j <= i; j++) {
        squares += slope[i][j] * slope[i][j];
      }
    }
    double length = STEP * Math.sqrt(squares);
    if (!Double.isFinite(length)) {
      return;
    }
    double factor = rate * STEP * (length > LONGEST ? LONGEST / length : 1);
    for (int i = 0; i < shift.length; i++) {
      shift[i] *= factor;
      for (int j = 0; j <= i; j++) {
        slope[i][j] *= factor;
      }
    }
    map = map.after(shift, slope);
  }
}
