package io.github.sbi4j.analysis.predictive;

import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The comparison that all predictive checks make.
 *
 * @param statistics one entry for each of the K quantities
 * @param predicted N x K
 * @param failures the number of simulations left out
 */
record Predictions(List<PredictedStatistic> statistics, Samples predicted, int failures) {
  private static final int FEWEST = 2;

  static Predictions of(
      Simulations simulations, double[] observed, PredictiveQuantity... quantities) {
    Samples simulated = simulations.valid().observations();
    if (simulated.columns() != observed.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "got %d observed values and the simulator gives %d; give the same statistics",
              observed.length,
              simulated.columns()));
    }
    for (int j = 0; j < observed.length; j++) {
      if (!Double.isFinite(observed[j])) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "observed value %d is %s; give finite values", j, observed[j]));
      }
    }
    if (simulated.rows() < FEWEST) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "only %d of %d simulations gave finite values; look at the simulator's failures",
              simulated.rows(),
              simulations.size()));
    }
    Samples predicted = simulated;
    double[] own = observed;
    if (quantities.length > 0) {
      double[][] values =
          Arrays.stream(simulated.toArray())
              .map(x -> values(x, quantities))
              .toArray(double[][]::new);
      predicted =
          Samples.copyOf(Arrays.stream(quantities).map(PredictiveQuantity::name).toList(), values);
      own = values(observed.clone(), quantities);
    }
    return new Predictions(
        compare(predicted, own), predicted, simulations.size() - simulated.rows());
  }

  private static double[] values(double[] x, PredictiveQuantity[] quantities) {
    double[] values = new double[quantities.length];
    for (int k = 0; k < values.length; k++) {
      values[k] = quantities[k].value().applyAsDouble(x);
      if (!Double.isFinite(values[k])) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "test quantity \"%s\" is %s for %s; expected a finite number",
                quantities[k].name(),
                values[k],
                Arrays.toString(x)));
      }
    }
    return values;
  }

  private static List<PredictedStatistic> compare(Samples predicted, double[] observed) {
    double[] mean = predicted.mean();
    double[] sd = predicted.sd();
    double[][] quantiles = predicted.quantiles(0.05, 0.5, 0.95);
    List<PredictedStatistic> statistics = new ArrayList<>();
    for (int j = 0; j < observed.length; j++) {
      statistics.add(
          new PredictedStatistic(
              predicted.names().get(j),
              observed[j],
              mean[j],
              sd[j],
              quantiles[0][j],
              quantiles[1][j],
              quantiles[2][j],
              PredictedStatistic.tailProbability(observed[j], predicted.column(j))));
    }
    return statistics;
  }
}
