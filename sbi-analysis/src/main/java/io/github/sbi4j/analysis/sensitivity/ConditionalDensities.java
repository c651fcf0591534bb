package io.github.sbi4j.analysis.sensitivity;

import io.github.sbi4j.analysis.plot.ConditionalPairPlot;
import io.github.sbi4j.core.concurrent.Tasks;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.posterior.Posterior;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Densities of one or two parameters of a posterior while all others are held fixed.
 *
 * <p>A marginal shows what is known of a parameter if nothing is known of the others; a
 * conditional, how finely it has to be tuned once they have their values. A pair that is
 * uncorrelated in the posterior may be strongly so in the conditional: one can then make up for the
 * other.
 *
 * <p>Immutable; results do not depend on the number of threads.
 *
 * @see <a href="https://doi.org/10.7554/eLife.56261">Gonçalves et al. (2020), figure 5</a>
 */
public final class ConditionalDensities {
  private final Posterior posterior;
  private final double[] low;
  private final double[] high;
  private final int resolution;
  private final int threads;

  private ConditionalDensities(
      Posterior posterior, double[] low, double[] high, int resolution, int threads) {
    this.posterior = posterior;
    this.low = low;
    this.high = high;
    this.resolution = resolution;
    this.threads = threads;
  }

  /**
   * Densities on grids of 50 values in each parameter, over the range of samples and a tenth more
   * on either side.
   *
   * @param posterior the posterior, given an observation
   * @param samples N samples of it, D columns
   * @return the densities, on all processors
   * @throws IllegalArgumentException if the number of columns is not D, or a column does not vary
   */
  public static ConditionalDensities of(Posterior posterior, Samples samples) {
    int dimension = posterior.prior().dimension();
    requireColumns(samples.columns(), dimension);
    Support support = posterior.prior().support();
    double[] low = new double[dimension];
    double[] high = new double[dimension];
    for (int d = 0; d < dimension; d++) {
      double[] values = samples.column(d);
      double min = Arrays.stream(values).min().orElseThrow();
      double max = Arrays.stream(values).max().orElseThrow();
      double margin = 0.1 * (max - min);
      low[d] = Math.max(support.lower()[d], min - margin);
      high[d] = Math.min(support.upper()[d], max + margin);
    }
    return new ConditionalDensities(posterior, low, high, 50, Tasks.allProcessors())
        .limits(low, high);
  }

  private static void requireColumns(int columns, int dimension) {
    if (columns != dimension) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "samples have %d columns and the posterior has %d parameters; give samples of all"
                  + " parameters",
              columns,
              dimension));
    }
  }

  /**
   * A copy with other limits.
   *
   * @param lower the D lower ends of the grids
   * @param upper the D upper ends
   * @return the copy
   * @throws IllegalArgumentException if there are not D of each, or a lower one is not below its
   *     upper one
   */
  public ConditionalDensities limits(double[] lower, double[] upper) {
    if (lower.length != low.length || upper.length != low.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "got %d lower and %d upper limits for %d parameters",
              lower.length,
              upper.length,
              low.length));
    }
    for (int d = 0; d < low.length; d++) {
      if (!(lower[d] < upper[d]) || Double.isInfinite(upper[d] - lower[d])) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the limits of %s are %s and %s; give finite ones, the first below the second",
                posterior.names().get(d),
                lower[d],
                upper[d]));
      }
    }
    return new ConditionalDensities(posterior, lower.clone(), upper.clone(), resolution, threads);
  }

  /**
   * A copy with grids of another number of values.
   *
   * @param values the number of values in each parameter, G
   * @return the copy
   * @throws IllegalArgumentException if it is under 5
   */
  public ConditionalDensities resolution(int values) {
    if (values < 5) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "resolution must be at least 5, got %d; 50 is usual", values));
    }
    return new ConditionalDensities(posterior, low, high, values, threads);
  }

  /**
   * A copy that works on another number of threads.
   *
   * @param count the number of threads
   * @return the copy
   * @throws IllegalArgumentException if it is not positive
   */
  public ConditionalDensities threads(int count) {
    return new ConditionalDensities(posterior, low, high, resolution, Tasks.requireThreads(count));
  }

  /**
   * The density of one parameter.
   *
   * @param condition the values of all D parameters, that of the one looked at not used
   * @param name the parameter
   * @return the density on G values
   * @throws IllegalArgumentException if there are not D values, the name is unknown, or the density
   *     is zero on the whole grid
   */
  public ConditionalGrid at(double[] condition, String name) {
    return grid(condition, index(name), -1);
  }

  /**
   * The density of two parameters.
   *
   * @param condition the values of all D parameters, those of the two looked at not used
   * @param first the first parameter
   * @param second the second parameter
   * @return the density on G x G values
   * @throws IllegalArgumentException if there are not D values, a name is unknown, both are the
   *     same, or the density is zero on the whole grid
   */
  public ConditionalGrid at(double[] condition, String first, String second) {
    if (first.equals(second)) {
      throw new IllegalArgumentException(
          "both parameters are " + first + "; give two, or one alone");
    }
    return grid(condition, index(first), index(second));
  }

  /**
   * A plot of the density of each parameter and each pair while all others are fixed.
   *
   * @param condition the values of all D parameters
   * @return the plot, with the condition marked
   * @throws IllegalArgumentException if there are not D values, or the density is zero on a whole
   *     grid
   */
  public ConditionalPairPlot plot(double[] condition) {
    int count = low.length;
    double[][] grids = new double[count][];
    double[][] diagonal = new double[count][];
    double[][][][] pairs = new double[count][count][][];
    for (int i = 0; i < count; i++) {
      grids[i] = values(i);
      ConditionalGrid alone = grid(condition, i, -1);
      diagonal[i] = Arrays.stream(alone.density()).mapToDouble(row -> row[0]).toArray();
      for (int j = 0; j < i; j++) {
        pairs[i][j] = grid(condition, i, j).density();
      }
    }
    return ConditionalPairPlot.of(grids, diagonal, pairs)
        .condition(condition)
        .labels(posterior.names().toArray(String[]::new));
  }

  /**
   * The correlation of each pair of parameters while all others are fixed, averaged over
   * conditions.
   *
   * @param conditions N x D values to fix parameters at, such as 50 samples of the posterior; the
   *     density is evaluated N D (D - 1) / 2 G<sup>2</sup> times
   * @return the correlations
   * @throws IllegalArgumentException if the number of columns is not D, there are fewer than two
   *     parameters, or the density is zero on a whole grid
   */
  public ConditionalCorrelation correlation(Samples conditions) {
    int dimension = low.length;
    requireColumns(conditions.columns(), dimension);
    if (dimension < 2) {
      throw new IllegalArgumentException(
          "one parameter has no pairs; give a posterior of two or more");
    }
    List<double[][]> matrices =
        Tasks.map(threads, conditions.rows(), n -> correlations(conditions.row(n)));
    return new ConditionalCorrelation(posterior.names(), matrices);
  }

  private double[][] correlations(double[] condition) {
    double[][] matrix = new double[low.length][low.length];
    for (int i = 0; i < low.length; i++) {
      matrix[i][i] = 1;
      for (int j = 0; j < i; j++) {
        matrix[i][j] = grid(condition, i, j).correlation();
        matrix[j][i] = matrix[i][j];
      }
    }
    return matrix;
  }

  private int index(String name) {
    int d = posterior.names().indexOf(name);
    if (d < 0) {
      throw new IllegalArgumentException(
          "there is no parameter " + name + ", expected one of " + posterior.names());
    }
    return d;
  }

  private double[] values(int d) {
    double[] values = new double[resolution];
    // Centres of cells, so that no value lies on a bound of the prior.
    Arrays.setAll(values, g -> low[d] + (high[d] - low[d]) * (g + 0.5) / resolution);
    return values;
  }

  private ConditionalGrid grid(double[] condition, int i, int j) {
    if (condition.length != low.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the condition has %d values and the posterior %d parameters; give a value for each",
              condition.length,
              low.length));
    }
    double[] first = values(i);
    double[] second = j < 0 ? new double[] {Double.NaN} : values(j);
    double[][] points = new double[first.length * second.length][];
    for (int at = 0; at < points.length; at++) {
      points[at] = condition.clone();
      points[at][i] = first[at / second.length];
      if (j >= 0) {
        points[at][j] = second[at % second.length];
      }
    }
    double[] logs = posterior.logProb(points);
    double[][] rows = new double[first.length][];
    Arrays.setAll(rows, g -> Arrays.copyOfRange(logs, g * second.length, (g + 1) * second.length));
    List<String> names = posterior.names();
    return new ConditionalGrid(names.get(i), j < 0 ? "" : names.get(j), first, second, rows);
  }
}
