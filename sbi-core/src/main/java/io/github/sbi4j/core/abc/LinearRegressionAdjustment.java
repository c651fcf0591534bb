package io.github.sbi4j.core.abc;

import io.github.sbi4j.core.distribution.Bijection;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.sample.Samples;
import java.util.Arrays;

/**
 * Moves accepted parameters to where they would be had their simulation met the observation exactly
 * (Beaumont, Zhang and Balding, 2002).
 *
 * <p>In unconstrained space, z = f(theta) with the bijection of the prior, z is regressed on what
 * was compared, s, and becomes z + B (s<sub>observed</sub> - s); back among the parameters it is
 * always inside the prior's support. Each row counts with its weight times Epanechnikov's 1 -
 * (distance / tolerance)<sup>2</sup>, in the regression and after. This takes out what is linear in
 * the effect of the tolerance, so that a larger one will do.
 */
public final class LinearRegressionAdjustment {
  private LinearRegressionAdjustment() {}

  /**
   * Adjusts accepted parameters.
   *
   * @param population N accepted rows, with L compared values each
   * @param prior the prior of the D parameters
   * @return as many rows with other parameters and weights, and the distances and observations they
   *     had
   * @throws IllegalArgumentException if the prior has another dimension, there are not at least two
   *     rows with a weight more than compared values, or the observation has another number of
   *     values than the rows
   */
  public static Population adjust(Population population, Distribution prior) {
    Samples observations = population.observations();
    double[] observed = population.observed();
    double[] weights = kernelWeights(population);
    check(population, prior, weights);
    Bijection bijection = prior.bijection();
    double[][] unconstrained = new double[population.size()][prior.dimension()];
    for (int i = 0; i < unconstrained.length; i++) {
      bijection.forward(population.parameters().row(i), unconstrained[i]);
    }
    double[][] features = observations.toArray();
    LinearRegression regression = LinearRegression.fit(features, unconstrained, weights);
    double[] target = regression.predict(observed);
    double[][] adjusted = new double[unconstrained.length][prior.dimension()];
    for (int i = 0; i < adjusted.length; i++) {
      double[] moved = unconstrained[i];
      double[] predicted = regression.predict(features[i]);
      Arrays.setAll(moved, d -> moved[d] + target[d] - predicted[d]);
      bijection.inverse(moved, adjusted[i]);
    }
    return new Population(
        Samples.copyOf(population.parameters().names(), adjusted),
        weights,
        population.distances(),
        observations,
        observed,
        population.tolerance());
  }

  private static void check(Population population, Distribution prior, double[] weights) {
    if (prior.dimension() != population.parameters().columns()) {
      throw new IllegalArgumentException(
          "the prior has "
              + prior.dimension()
              + " parameters, but the population has "
              + population.parameters().columns()
              + "; give the prior that they were accepted with");
    }
    int columns = population.observations().columns();
    Require.sameLength(population.observed(), columns);
    long counting = Arrays.stream(weights).filter(weight -> weight > 0).count();
    if (counting < columns + 2L) {
      throw new IllegalArgumentException(
          counting
              + " accepted rows with a weight for "
              + columns
              + " values, expected at least "
              + (columns + 2)
              + "; accept more, or compare summaries: see SemiAutomaticSummary");
    }
  }

  /** The weights times Epanechnikov's kernel; as they are where all distances are the tolerance. */
  private static double[] kernelWeights(Population population) {
    double[] weights = population.weights();
    double[] distances = population.distances();
    double[] kernel = new double[weights.length];
    for (int i = 0; i < kernel.length; i++) {
      double ratio = distances[i] / population.tolerance();
      kernel[i] = weights[i] * Math.max(0, 1 - ratio * ratio);
    }
    return Arrays.stream(kernel).sum() > 0 ? Weights.normalised(kernel) : weights;
  }
}
