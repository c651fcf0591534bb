package io.github.sbi4j.analysis.diagnostic;

import io.github.sbi4j.core.concurrent.Tasks;
import io.github.sbi4j.core.random.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The posterior averaged over the data against the prior, of which the true parameters are draws.
 *
 * <p>Each marginal of the true parameters is compared with that of all draws by the greatest
 * distance of their distribution functions. Where the posterior is right, the true parameters of a
 * data set and the draws can change places: that gives an exact permutation test of the greatest of
 * the D distances.
 *
 * @param distances the distance for each of the D parameters
 * @param pValue the share of permutations, the true parameters as they are among them, with a
 *     distance as great as the greatest
 */
public record AveragedPosterior(List<Double> distances, double pValue) {
  private static final int MOST_DRAWS = 99;

  /**
   * Copies the list.
   *
   * @param distances the distance for each of the D parameters
   * @param pValue of the greatest distance
   */
  public AveragedPosterior {
    distances = List.copyOf(distances);
  }

  /** {@return the parameter of the greatest distance, from 0 to D - 1} */
  public int farthest() {
    int farthest = 0;
    for (int d = 1; d < distances.size(); d++) {
      farthest = distances.get(d) > distances.get(farthest) ? d : farthest;
    }
    return farthest;
  }

  /** The test by so many permutations. */
  static AveragedPosterior of(TestDraws draws, int permutations, long seed) {
    List<float[][]> places = Tasks.map(draws.threads(), draws.dimension(), d -> places(draws, d));
    int[] chosen = new int[draws.size()];
    List<Double> distances = new ArrayList<>();
    places.forEach(table -> distances.add(distance(table, chosen)));
    double greatest = distances.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    List<Double> permuted =
        Tasks.map(
            draws.threads(),
            permutations,
            b -> {
              RandomGenerator random = RandomStreams.of(seed, b);
              int[] other = new int[draws.size()];
              Arrays.setAll(other, i -> random.nextInt(places.get(0)[0].length));
              return places.stream().mapToDouble(table -> distance(table, other)).max().orElse(0);
            });
    long asGreat = permuted.stream().filter(value -> value >= greatest).count();
    return new AveragedPosterior(distances, (1.0 + asGreat) / (1 + permutations));
  }

  /**
   * For each data set the shares of all values of a parameter, true ones and draws, that lie below
   * its true value and its draws.
   */
  private static float[][] places(TestDraws draws, int d) {
    int count = 1 + Math.min(draws.draws(), MOST_DRAWS);
    double[][] values = new double[draws.size()][count];
    for (int i = 0; i < values.length; i++) {
      values[i][0] = draws.parameters().get(i, d);
      for (int k = 1; k < count; k++) {
        values[i][k] = draws.draw(i, k - 1, d);
      }
    }
    double[] sorted = Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray();
    Arrays.sort(sorted);
    float[][] places = new float[values.length][count];
    for (int i = 0; i < values.length; i++) {
      for (int k = 0; k < count; k++) {
        places[i][k] = (Arrays.binarySearch(sorted, values[i][k]) + 0.5f) / sorted.length;
      }
    }
    return places;
  }

  /** The distance of the distribution function of the chosen places from the diagonal. */
  private static double distance(float[][] places, int[] chosen) {
    float[] sorted = new float[places.length];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = places[i][chosen[i]];
    }
    Arrays.sort(sorted);
    double distance = 0;
    for (int i = 0; i < sorted.length; i++) {
      double above = (i + 1.0) / sorted.length - sorted[i];
      double below = sorted[i] - (double) i / sorted.length;
      distance = Math.max(distance, Math.max(above, below));
    }
    return distance;
  }
}
