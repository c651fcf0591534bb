package io.github.sbi4j.flows.estimator;

import io.github.sbi4j.core.distribution.Bijection;
import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Independent;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.distribution.Uniform;
import io.github.sbi4j.flows.embedding.Embedding;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fits the {@link Coordinates} of a posterior, whose targets are parameters: the Gaussian part is
 * the posterior of a {@linkplain LinearLikelihood linear simulator} under the prior, so that rows
 * may come from any proposals. Where rows fill a small part of the prior, which has been truncated,
 * it is their regression instead.
 */
public final class PosteriorCoordinates {
  private static final int PRIOR_DRAWS = 10_000;

  /** Of the prior's range; ten rounds of equal size keep about a third of it. */
  private static final double NARROW = 0.2;

  private final Distribution prior;
  private final Support support;
  private final boolean[] bounded;

  private PosteriorCoordinates(Distribution prior, Support support, boolean[] bounded) {
    this.prior = prior;
    this.support = support;
    this.bounded = bounded;
  }

  /**
   * Parameters all go to unconstrained space before their Gaussian part is taken out.
   *
   * @param prior the prior
   * @param support where targets lie; that of the prior, or all of R^D if they are not to be mapped
   * @return how to fit
   */
  public static PosteriorCoordinates affine(Distribution prior, Support support) {
    return new PosteriorCoordinates(prior, support, new boolean[prior.dimension()]);
  }

  /**
   * Parameters that are uniform under the prior keep their bounds until their Gaussian part,
   * truncated to these, is taken out.
   *
   * @param prior the prior
   * @return how to fit
   */
  public static PosteriorCoordinates truncated(Distribution prior) {
    boolean[] uniform = new boolean[prior.dimension()];
    markUniform(prior, 0, uniform);
    return new PosteriorCoordinates(prior, prior.support(), uniform);
  }

  private static void markUniform(Distribution part, int at, boolean[] uniform) {
    Distribution plain = part.unwrapped();
    if (plain instanceof Independent independent) {
      int next = at;
      for (Distribution inner : independent.parts()) {
        markUniform(inner, next, uniform);
        next += inner.dimension();
      }
    } else if (plain instanceof BoxUniform || plain instanceof Uniform) {
      Arrays.fill(uniform, at, at + plain.dimension(), true);
    }
  }

  /**
   * Fits to the rows to be trained on.
   *
   * @param parameters N x D, inside the support
   * @param observations N x L
   * @param embedding what observations go through first
   * @param seed decides the draws of the prior that are looked at
   * @return the coordinates
   */
  public Coordinates fit(
      List<double[]> parameters, List<double[]> observations, Embedding embedding, long seed) {
    int d = prior.dimension();
    int l = observations.get(0).length;
    if (!Coordinates.isRegressed(parameters.size(), d, l, embedding)) {
      return Coordinates.fit(support, parameters, observations, embedding);
    }
    List<double[]> draws = Arrays.asList(prior.sample(PRIOR_DRAWS, seed).toArray());
    if (isNarrow(parameters, draws)) {
      return Coordinates.fit(support, parameters, observations, embedding);
    }
    Bijection bijection = support.only(k -> !bounded[k]).bijection();
    Standardization ofParameters =
        Standardization.fit(mapped(parameters, bijection), Embedding.identity());
    double[] lower = Support.real(d).lower();
    double[] upper = Support.real(d).upper();
    for (int k = 0; k < d; k++) {
      if (bounded[k]) {
        double width = support.upper()[k] - support.lower()[k];
        double middle = support.lower()[k] + 0.5 * width;
        ofParameters = ofParameters.with(k, middle, width / Math.sqrt(12));
        lower[k] = -Math.sqrt(3);
        upper[k] = Math.sqrt(3);
      }
    }
    Standardization ofObservations = Standardization.fit(observations, embedding);
    int rows = Math.min(parameters.size(), LinearGaussian.MOST_ROWS);
    LinearLikelihood likelihood =
        LinearLikelihood.fit(
            scaled(mapped(parameters, bijection), ofParameters, rows),
            scaled(observations, ofObservations, rows));
    double[][] u = scaled(mapped(draws, bijection), ofParameters, draws.size());
    double[] mean = mean(u);
    double[][] covariance = covariance(u, mean);
    GaussianPart part =
        IntStream.range(0, d).anyMatch(k -> bounded[k])
            ? likelihood.posterior(mean, covariance, lower, upper)
            : likelihood.posterior(mean, covariance);
    return new Coordinates(support, ofParameters, ofObservations, part);
  }

  /** Whether rows fill so little of the prior that its scale is not theirs. */
  private boolean isNarrow(List<double[]> parameters, List<double[]> draws) {
    Bijection bijection = support.bijection();
    double[] ofRows = ranges(mapped(parameters, bijection));
    double[] ofPrior = ranges(mapped(draws, bijection));
    return IntStream.range(0, ofRows.length).anyMatch(k -> ofRows[k] < NARROW * ofPrior[k]);
  }

  /** The width of the central 95 % of each column. */
  private static double[] ranges(List<double[]> rows) {
    int n = Math.min(rows.size(), LinearGaussian.MOST_ROWS);
    // Of all rounds, whose rows are in their order.
    double[][] some = new double[n][];
    Arrays.setAll(some, i -> rows.get((int) ((long) i * rows.size() / n)));
    double[] ranges = new double[some[0].length];
    for (int k = 0; k < ranges.length; k++) {
      int column = k;
      double[] sorted = Arrays.stream(some).mapToDouble(row -> row[column]).sorted().toArray();
      ranges[k] = sorted[(int) (0.975 * (n - 1))] - sorted[(int) (0.025 * (n - 1))];
    }
    return ranges;
  }

  private double[] mean(double[][] rows) {
    double[] mean = new double[bounded.length];
    for (double[] row : rows) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += bounded[j] ? 0 : row[j] / rows.length;
      }
    }
    return mean;
  }

  /** Values that keep their bounds are independent of the others, and have the variance one. */
  private double[][] covariance(double[][] rows, double[] mean) {
    int d = mean.length;
    double[][] covariance = new double[d][d];
    for (int j = 0; j < d; j++) {
      for (int k = 0; k < d; k++) {
        if (bounded[j] || bounded[k]) {
          covariance[j][k] = j == k ? 1 : 0;
          continue;
        }
        for (double[] row : rows) {
          covariance[j][k] += (row[j] - mean[j]) * (row[k] - mean[k]) / rows.length;
        }
      }
    }
    return covariance;
  }

  private static List<double[]> mapped(List<double[]> rows, Bijection bijection) {
    return new AbstractList<>() {
      @Override
      public double[] get(int i) {
        double[] z = rows.get(i).clone();
        bijection.forward(z, z);
        return z;
      }

      @Override
      public int size() {
        return rows.size();
      }
    };
  }

  private static double[][] scaled(List<double[]> rows, Standardization standardization, int n) {
    double[][] result = new double[n][standardization.columns()];
    for (int i = 0; i < n; i++) {
      standardization.forward(rows.get(i), result[i]);
    }
    return result;
  }
}
