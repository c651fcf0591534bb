package io.github.sbi4j.analysis.sensitivity;

import io.github.sbi4j.analysis.plot.CorrelationPlot;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The correlation of each pair of parameters while all others are fixed, averaged over conditions.
 *
 * <p>For a normal posterior of precision P it is {@code -P_ij / sqrt(P_ii P_jj)}, the partial
 * correlation, at every condition.
 */
public final class ConditionalCorrelation {
  private final List<String> names;
  private final double[][] mean;
  private final double[][] sd;

  /**
   * Averages matrices, D x D each; a correlation that is NaN at some condition is left out there.
   */
  ConditionalCorrelation(List<String> names, List<double[][]> matrices) {
    this.names = List.copyOf(names);
    int dimension = names.size();
    this.mean = new double[dimension][dimension];
    this.sd = new double[dimension][dimension];
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j < dimension; j++) {
        int row = i;
        int column = j;
        double[] values =
            matrices.stream()
                .mapToDouble(m -> m[row][column])
                .filter(v -> !Double.isNaN(v))
                .toArray();
        double average = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values).map(v -> (v - average) * (v - average)).sum();
        mean[i][j] = average;
        sd[i][j] = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0;
      }
    }
  }

  /** {@return the names of the parameters, D of them} */
  public List<String> names() {
    return names;
  }

  /** {@return the mean correlations, D x D with ones on the diagonal} */
  public double[][] matrix() {
    return Arrays.stream(mean).map(double[]::clone).toArray(double[][]::new);
  }

  /** {@return the standard deviation of each correlation over the conditions, D x D} */
  public double[][] sd() {
    return Arrays.stream(sd).map(double[]::clone).toArray(double[][]::new);
  }

  /**
   * The mean correlation of one pair.
   *
   * @param first a parameter
   * @param second another one
   * @return the correlation
   * @throws IllegalArgumentException if a name is unknown
   */
  public double of(String first, String second) {
    return mean[index(first)][index(second)];
  }

  private int index(String name) {
    int d = names.indexOf(name);
    if (d < 0) {
      throw new IllegalArgumentException(
          "there is no parameter " + name + ", expected one of " + names);
    }
    return d;
  }

  /** {@return the correlations as a coloured table} */
  public CorrelationPlot plot() {
    return CorrelationPlot.of(names, mean);
  }

  /** {@return an aligned table of the correlations} */
  public String summary() {
    int width = names.stream().mapToInt(String::length).max().orElse(0);
    int column = Math.max(7, width);
    StringBuilder text = new StringBuilder(" ".repeat(width));
    for (String name : names) {
      text.append(String.format(Locale.ROOT, " %" + column + "s", name));
    }
    for (int i = 0; i < mean.length; i++) {
      text.append(System.lineSeparator())
          .append(String.format(Locale.ROOT, "%-" + width + "s", names.get(i)));
      for (double value : mean[i]) {
        text.append(String.format(Locale.ROOT, " %" + column + ".3f", value));
      }
    }
    return text.toString();
  }
}
