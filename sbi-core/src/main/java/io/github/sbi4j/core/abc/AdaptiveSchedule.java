package io.github.sbi4j.core.abc;

import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Tolerances by the effective sample size of what is within them. */
record AdaptiveSchedule(double share) implements ToleranceSchedule {
  @Override
  public OptionalDouble next(Population last) {
    double[] weights = last.weights();
    double[] distances = last.distances();
    int[] order =
        IntStream.range(0, distances.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> distances[i]))
            .mapToInt(i -> i)
            .toArray();
    double wanted = share * last.effectiveSampleSize();
    double below = Double.NaN;
    double sum = 0;
    double squares = 0;
    for (int k = 0; k < order.length; k++) {
      double weight = weights[order[k]];
      double distance = distances[order[k]];
      if (!(distance < last.tolerance())) {
        break;
      }
      below = distance;
      sum += weight;
      squares += weight * weight;
      boolean lastOfTies = k + 1 == order.length || distances[order[k + 1]] > distance;
      if (lastOfTies && sum * sum / squares >= wanted) {
        break;
      }
    }
    // Where most particles tie at the tolerance, this is the largest distance below.
    return Double.isNaN(below) ? OptionalDouble.empty() : OptionalDouble.of(below);
  }
}
