package io.github.sbi4j.core.abc;

import io.github.sbi4j.core.sample.Samples;
import java.util.function.ToDoubleFunction;

/**
 * How far a simulation is from the observation; called from many threads at once.
 *
 * <p>A distance is zero or more, +Infinity for a simulation that is not to be accepted at any
 * tolerance, and never NaN. A lambda is a distance of one's own.
 */
@FunctionalInterface
public interface Distance {
  /**
   * Measures one simulation.
   *
   * @param observed the observation, L values
   * @param simulated the simulation, L values; both are not to be changed
   * @return the distance
   */
  double between(double[] observed, double[] simulated);

  /**
   * The distance from one observation, with what has to be learned once: scales from simulations, a
   * bandwidth from the observation.
   *
   * @param observed the observation, L values
   * @param simulated N simulations of the prior, rows of L values
   * @return what measures the distance of a simulation from that observation
   * @throws IllegalArgumentException if the observation does not fit the simulations
   */
  default ToDoubleFunction<double[]> from(double[] observed, Samples simulated) {
    return row -> between(observed, row);
  }

  /**
   * {@return the Euclidean distance of values divided by their scales: (sum<sub>l</sub>
   * ((s<sub>l</sub> - o<sub>l</sub>) / scale<sub>l</sub>)<sup>2</sup>)<sup>1/2</sup>}
   */
  static CoordinateDistance euclidean() {
    return CoordinateDistance.of(CoordinateDistance.Norm.EUCLIDEAN);
  }

  /**
   * {@return the sum of the absolute differences of values divided by their scales: sum<sub>l</sub>
   * |s<sub>l</sub> - o<sub>l</sub>| / scale<sub>l</sub>}
   */
  static CoordinateDistance manhattan() {
    return CoordinateDistance.of(CoordinateDistance.Norm.MANHATTAN);
  }

  /**
   * {@return the mean of the squared differences of values divided by their scales: the Euclidean
   * distance squared, over L}
   */
  static CoordinateDistance meanSquared() {
    return CoordinateDistance.of(CoordinateDistance.Norm.MEAN_SQUARED);
  }

  /**
   * The maximum mean discrepancy of two sets of independent trials, each a row of values as {@link
   * Trials} lays them out; the sets may differ in size.
   *
   * <p>(mean k(o, o') + mean k(s, s') - 2 mean k(o, s))<sup>1/2</sup> over all pairs of trials,
   * with k(a, b) = exp(-|a - b|<sup>2</sup> / (2 h<sup>2</sup>)). The values of a trial are divided
   * by their standard deviations among the observed trials, and h is the median distance of two
   * observed trials (Park, Jitkrittum and Sejdinovic, 2016). The cost is quadratic in the number of
   * trials.
   *
   * @param values the number of values of a trial
   * @return the distance
   * @throws IllegalArgumentException if {@code values} is less than one
   */
  static Distance maximumMeanDiscrepancy(int values) {
    return new MaximumMeanDiscrepancy(Require.atLeast("values of a trial", values, 1));
  }

  /**
   * The Wasserstein distance of order 1 of two sets of independent trials, each a row of values as
   * {@link Trials} lays them out; the sets may differ in size.
   *
   * <p>It is exact for trials of one value: the area between the two distribution functions. Trials
   * of several are divided by their standard deviations among the observed trials, and the distance
   * is the mean over the projections on 50 fixed directions (Bernton, Jacob, Gerber and Robert,
   * 2019; Nadjahi et al., 2020).
   *
   * @param values the number of values of a trial
   * @return the distance
   * @throws IllegalArgumentException if {@code values} is less than one
   */
  static Distance wasserstein(int values) {
    return new Wasserstein(Require.atLeast("values of a trial", values, 1));
  }
}
