package io.github.sbi4j.analysis.sensitivity;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.posterior.Posterior;
import io.github.sbi4j.flows.potential.Potential;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * The directions in parameter space along which a function f changes most: the eigenvectors of
 * {@code M = E[grad f grad f^T]} over samples.
 *
 * <p>f is the log of a posterior density, or a property that emerges from the model, as a
 * regression gives it. Gradients are taken in units of the prior's standard deviations s, u =
 * (theta - prior mean) / s, so that directions do not depend on the parameters' units. For a normal
 * posterior of precision P the matrix is {@code diag(s) P diag(s)}: directions with large
 * eigenvalues are stiff, the data determine them; along those with small ones parameters make up
 * for each other.
 *
 * @see <a href="https://doi.org/10.1137/1.9781611973860">Constantine (2015)</a>
 */
public final class ActiveSubspace {
  private static final double MARGIN = 0.2;

  /** Keeps what networks record for gradients in the caches. */
  private static final int ROWS_AT_ONCE = 1000;

  private final List<String> names;
  private final double[] location;
  private final double[] scale;
  private final RealMatrix matrix;
  private final double[] eigenvalues;
  private final double[][] directions;
  private final double explained;

  /**
   * Decomposes the mean of the squared gradients.
   *
   * @param gradients N x D, with respect to the parameters
   */
  private ActiveSubspace(Distribution prior, double[][] gradients, double explained) {
    this.names = prior.names();
    this.location = prior.mean();
    this.scale = scale(prior);
    this.explained = explained;
    int dimension = names.size();
    this.matrix = new Array2DRowRealMatrix(dimension, dimension);
    for (double[] gradient : gradients) {
      for (int i = 0; i < dimension; i++) {
        for (int j = 0; j < dimension; j++) {
          double product = gradient[i] * scale[i] * gradient[j] * scale[j];
          matrix.addToEntry(i, j, product / gradients.length);
        }
      }
    }
    EigenDecomposition decomposition = new EigenDecomposition(matrix);
    double[] values = decomposition.getRealEigenvalues();
    int[] order =
        IntStream.range(0, dimension)
            .boxed()
            .sorted((a, b) -> Double.compare(values[b], values[a]))
            .mapToInt(Integer::intValue)
            .toArray();
    this.eigenvalues = Arrays.stream(order).mapToDouble(k -> Math.max(0, values[k])).toArray();
    this.directions =
        Arrays.stream(order)
            .mapToObj(k -> oriented(decomposition.getEigenvector(k).toArray()))
            .toArray(double[][]::new);
  }

  private static double[] scale(Distribution prior) {
    double[] scale = Arrays.stream(prior.variance()).map(Math::sqrt).toArray();
    for (int d = 0; d < scale.length; d++) {
      if (!(scale[d] > 0) || Double.isInfinite(scale[d])) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the prior's standard deviation of %s is %s; expected a positive number to measure"
                    + " its changes by",
                prior.names().get(d),
                scale[d]));
      }
    }
    return scale;
  }

  /** The sign that makes the largest entry positive. */
  private static double[] oriented(double[] vector) {
    double largest = 0;
    for (double entry : vector) {
      largest = Math.abs(entry) > Math.abs(largest) * (1 + 1e-9) ? entry : largest;
    }
    double sign = largest < 0 ? -1 : 1;
    return Arrays.stream(vector).map(entry -> sign * entry).toArray();
  }

  /**
   * The directions of a posterior, by the gradients of its potential.
   *
   * @param potential the potential at the observation, such as {@code
   *     posterior.potential(observed)} of a learned posterior, likelihood or ratio
   * @param samples N samples of that posterior, D columns
   * @return the directions
   * @throws IllegalArgumentException if the number of columns is not D, no sample has a positive
   *     density, or a prior's standard deviation is not positive and finite
   */
  public static ActiveSubspace of(Potential potential, Samples samples) {
    double[][] points = awayFromBounds(potential.prior(), samples);
    double[][] gradients = new double[points.length][potential.dimension()];
    double[] values = new double[points.length];
    for (int from = 0; from < points.length; from += ROWS_AT_ONCE) {
      int to = Math.min(points.length, from + ROWS_AT_ONCE);
      double[] part = new double[to - from];
      potential.logProbGradient(
          Arrays.copyOfRange(points, from, to), Arrays.copyOfRange(gradients, from, to), part);
      System.arraycopy(part, 0, values, from, part.length);
    }
    double[][] possible =
        IntStream.range(0, points.length)
            .filter(i -> values[i] > Double.NEGATIVE_INFINITY)
            .mapToObj(i -> gradients[i])
            .toArray(double[][]::new);
    return new ActiveSubspace(potential.prior(), requireSome(possible), Double.NaN);
  }

  /**
   * The directions of any posterior, by central differences of its log-density over one hundredth
   * of the samples' standard deviations.
   *
   * @param posterior the posterior, given an observation
   * @param samples N samples of it, D columns
   * @return the directions
   * @throws IllegalArgumentException if the number of columns is not D, no sample has a positive
   *     density around it, or a prior's standard deviation is not positive and finite
   */
  public static ActiveSubspace of(Posterior posterior, Samples samples) {
    double[][] points = awayFromBounds(posterior.prior(), samples);
    double[][] gradients = SampleDifferences.gradients(posterior, points, samples.sd());
    double[][] possible =
        Arrays.stream(gradients)
            .filter(g -> Arrays.stream(g).allMatch(Double::isFinite))
            .toArray(double[][]::new);
    return new ActiveSubspace(posterior.prior(), requireSome(possible), Double.NaN);
  }

  /**
   * The directions of a property that emerges from the model, such as a firing rate or an energy,
   * as a quadratic regression of it on the parameters gives them.
   *
   * @param prior the prior, for names and scales
   * @param samples N samples of the D parameters, such as of a posterior; N above (D + 1)(D + 2) /
   *     2
   * @param property the property of each, N finite values
   * @return the directions, with the share of variance that the regression {@linkplain #explained
   *     explains}
   * @throws IllegalArgumentException if sizes do not fit, a value is not finite or all are equal,
   *     or there are too few samples
   */
  public static ActiveSubspace ofProperty(Distribution prior, Samples samples, double[] property) {
    double[][] points = points(prior, samples);
    QuadraticRegression regression = QuadraticRegression.fit(points, property);
    double[][] gradients = Arrays.stream(points).map(regression::gradient).toArray(double[][]::new);
    return new ActiveSubspace(prior, gradients, regression.explained());
  }

  private static double[][] points(Distribution prior, Samples samples) {
    if (samples.columns() != prior.dimension()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "samples have %d columns and the prior has %d parameters; give samples of all parameters",
              samples.columns(),
              prior.dimension()));
    }
    return samples.toArray();
  }

  /**
   * The samples that are at least a fifth of a standard deviation inside the prior's bounds: next
   * to a bound a learned density rises or falls as its networks happen to, without end where they
   * compute in unconstrained space, and that would outweigh all that the data say.
   */
  private static double[][] awayFromBounds(Distribution prior, Samples samples) {
    double[][] points = points(prior, samples);
    double[] lower = prior.support().lower();
    double[] upper = prior.support().upper();
    double[] sd = samples.sd();
    return Arrays.stream(points)
        .filter(
            point ->
                IntStream.range(0, sd.length)
                    .allMatch(
                        d ->
                            point[d] > lower[d] + MARGIN * sd[d]
                                && point[d] < upper[d] - MARGIN * sd[d]))
        .toArray(double[][]::new);
  }

  private static double[][] requireSome(double[][] gradients) {
    if (gradients.length == 0) {
      throw new IllegalArgumentException(
          "no sample has a finite log-density around it; give samples of this posterior, at its"
              + " observation");
    }
    return gradients;
  }

  /** {@return the D eigenvalues, the largest first} */
  public double[] eigenvalues() {
    return eigenvalues.clone();
  }

  /**
   * {@return the eigenvectors, D x D: row k is the unit vector of the k-th largest eigenvalue, in
   * units of the prior's standard deviations, its largest entry positive}
   */
  public double[][] directions() {
    return Arrays.stream(directions).map(double[]::clone).toArray(double[][]::new);
  }

  /** {@return the matrix M, D x D} */
  public double[][] matrix() {
    return matrix.getData();
  }

  /**
   * {@return how much each parameter matters, D values that sum to one: the mean squared derivative
   * with respect to it, {@code sum_k lambda_k v_kd^2}, over that of all}
   */
  public double[] importance() {
    double trace = matrix.getTrace();
    return IntStream.range(0, names.size())
        .mapToDouble(d -> trace > 0 ? matrix.getEntry(d, d) / trace : 0)
        .toArray();
  }

  /**
   * {@return the share of the property's variance that the regression predicts for samples left out
   * one at a time; under one half, do not trust the directions. NaN for a posterior}
   */
  public double explained() {
    return explained;
  }

  /**
   * Samples along the leading directions.
   *
   * @param samples N x D
   * @param count the number of directions, K
   * @return N x K: the products of (theta - prior mean) / s with the first K directions
   * @throws IllegalArgumentException if the number of columns is not D, or K is not from 1 to D
   */
  public Samples project(Samples samples, int count) {
    int dimension = names.size();
    if (samples.columns() != dimension || count < 1 || count > dimension) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "got %d columns and %d directions; give samples of %d columns and from 1 to %d"
                  + " directions",
              samples.columns(),
              count,
              dimension,
              dimension));
    }
    double[][] rows = new double[samples.rows()][count];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < count; k++) {
        for (int d = 0; d < dimension; d++) {
          rows[i][k] += directions[k][d] * (samples.get(i, d) - location[d]) / scale[d];
        }
      }
    }
    return Samples.copyOf(
        IntStream.rangeClosed(1, count).mapToObj(k -> "direction_" + k).toList(), rows);
  }

  /** {@return a table of eigenvalues and directions, with the importance of each parameter} */
  public String summary() {
    int width = 12;
    for (String name : names) {
      width = Math.max(width, name.length());
    }
    StringBuilder text = new StringBuilder(row(width, "eigenvalue", eigenvalues, ""));
    double[] importance = importance();
    for (int d = 0; d < names.size(); d++) {
      int column = d;
      double[] entries = Arrays.stream(directions).mapToDouble(v -> v[column]).toArray();
      String share = String.format(Locale.ROOT, "  %5.1f %%", 100 * importance[d]);
      text.append(System.lineSeparator()).append(row(width, names.get(d), entries, share));
    }
    return text.toString();
  }

  private static String row(int width, String name, double[] values, String end) {
    StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-" + width + "s", name));
    for (double value : values) {
      text.append(String.format(Locale.ROOT, " %10.4g", value));
    }
    return text.append(end).toString();
  }
}
