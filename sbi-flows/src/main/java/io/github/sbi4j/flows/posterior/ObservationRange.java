package io.github.sbi4j.flows.posterior;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The range of each observed value over the simulations, L values each.
 *
 * @param low the smallest
 * @param high the largest
 */
public record ObservationRange(List<Double> low, List<Double> high) {
  private static final double FAR = 0.25;

  /**
   * Copies the lists.
   *
   * @param low the smallest
   * @param high the largest
   */
  public ObservationRange {
    low = List.copyOf(low);
    high = List.copyOf(high);
  }

  /**
   * {@return the range of the columns of N x L values}
   *
   * @param observations N x L
   */
  public static ObservationRange of(List<double[]> observations) {
    int width = observations.isEmpty() ? 0 : observations.get(0).length;
    double[] low = new double[width];
    double[] high = new double[width];
    Arrays.fill(low, Double.POSITIVE_INFINITY);
    Arrays.fill(high, Double.NEGATIVE_INFINITY);
    for (double[] row : observations) {
      for (int j = 0; j < width; j++) {
        low[j] = Math.min(low[j], row[j]);
        high[j] = Math.max(high[j], row[j]);
      }
    }
    return new ObservationRange(
        Arrays.stream(low).boxed().toList(), Arrays.stream(high).boxed().toList());
  }

  /**
   * {@return the indices of values that lie outside their range by more than a quarter of its
   * width}
   *
   * @param observation L values
   */
  public List<Integer> farOutside(double[] observation) {
    return IntStream.range(0, observation.length)
        .filter(
            j -> {
              double slack = FAR * (high.get(j) - low.get(j));
              return observation[j] < low.get(j) - slack || observation[j] > high.get(j) + slack;
            })
        .boxed()
        .toList();
  }
}
