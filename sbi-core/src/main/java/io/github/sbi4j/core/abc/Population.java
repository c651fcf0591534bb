package io.github.sbi4j.core.abc;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import java.util.Arrays;

/**
 * Accepted parameters with their weights and what was simulated from them: N weighted draws from
 * the posterior given that a simulation is within the tolerance of the observation.
 *
 * @param parameters the N accepted rows of D parameters
 * @param weights their N weights, which add up to one
 * @param distances the N distances of their simulations from the observation
 * @param observations what was compared with the observation, N rows of L values: simulations, or
 *     summaries of them
 * @param observed what they were compared with, L values: the observation, or its summary
 * @param tolerance the largest distance that was accepted
 */
public record Population(
    Samples parameters,
    double[] weights,
    double[] distances,
    Samples observations,
    double[] observed,
    double tolerance) {

  /**
   * Copies the arrays.
   *
   * @param parameters N rows of D parameters, N at least 1
   * @param weights N weights, none negative and not all zero; they are scaled to add up to one
   * @param distances N distances
   * @param observations N rows of L values
   * @param observed L values; as many as the trials have where trials are compared
   * @param tolerance the largest accepted distance
   * @throws IllegalArgumentException if the numbers of rows differ or are zero, or the weights do
   *     not serve
   */
  public Population {
    int rows = parameters.rows();
    if (rows == 0
        || weights.length != rows
        || distances.length != rows
        || observations.rows() != rows) {
      throw new IllegalArgumentException(
          rows
              + " rows of parameters, "
              + weights.length
              + " weights, "
              + distances.length
              + " distances and "
              + observations.rows()
              + " rows of observations, expected the same number of each and at least 1");
    }
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      if (!(weights[i] >= 0)) {
        throw new IllegalArgumentException(
            "weight " + i + " is " + weights[i] + ", expected zero or more");
      }
      sum += weights[i];
    }
    if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the weights add up to " + sum + ", expected a positive finite number");
    }
    weights = Weights.normalised(weights);
    distances = distances.clone();
    observed = observed.clone();
  }

  /** {@return a copy of the N weights} */
  @Override
  public double[] weights() {
    return weights.clone();
  }

  /** {@return a copy of the N distances} */
  @Override
  public double[] distances() {
    return distances.clone();
  }

  /** {@return a copy of what the observations were compared with, L values} */
  @Override
  public double[] observed() {
    return observed.clone();
  }

  /** {@return the number of accepted rows, N} */
  public int size() {
    return weights.length;
  }

  /**
   * {@return how many draws of equal weights are worth as much as these: 1 / sum<sub>i</sub>
   * w<sub>i</sub><sup>2</sup>}
   */
  public double effectiveSampleSize() {
    return Weights.effectiveSampleSize(weights);
  }

  /** {@return the D weighted means of the parameters} */
  public double[] mean() {
    double[] mean = new double[parameters.columns()];
    for (int i = 0; i < weights.length; i++) {
      for (int d = 0; d < mean.length; d++) {
        mean[d] += weights[i] * parameters.get(i, d);
      }
    }
    return mean;
  }

  /** {@return the D weighted standard deviations of the parameters} */
  public double[] sd() {
    double[] mean = mean();
    double[] sd = new double[mean.length];
    for (int i = 0; i < weights.length; i++) {
      for (int d = 0; d < mean.length; d++) {
        double residual = parameters.get(i, d) - mean[d];
        sd[d] += weights[i] * residual * residual;
      }
    }
    return Arrays.stream(sd).map(Math::sqrt).toArray();
  }

  /**
   * Draws of equal weights, for plots, checks and whatever else takes a table: systematic
   * resampling, in which a row comes as often as its weight says, up to one.
   *
   * @param count how many; more than N repeat rows without adding to what is known
   * @param seed the seed
   * @return rows of the parameters
   * @throws IllegalArgumentException if {@code count} is less than one
   */
  public Samples sample(int count, long seed) {
    Require.atLeast("count", count, 1);
    return parameters.take(Weights.resample(weights, count, RandomStreams.of(seed, 0)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Population that
        && parameters.equals(that.parameters)
        && observations.equals(that.observations)
        && tolerance == that.tolerance
        && Arrays.equals(weights, that.weights)
        && Arrays.equals(distances, that.distances)
        && Arrays.equals(observed, that.observed);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * parameters.hashCode() + observations.hashCode()) + Arrays.hashCode(weights);
  }

  /** {@return the size, the names and the tolerance, not the values} */
  @Override
  public String toString() {
    return "Population[" + parameters + ", tolerance " + tolerance + "]";
  }
}
