package io.github.sbi4j.flows.estimator;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/**
 * What contexts say of targets on which they depend linearly, with Gaussian noise: up to a term
 * without u, log p(c | u) = u' (H c + h) - u' K u / 2.
 *
 * <p>That holds whatever the targets were drawn from, unlike a regression of targets on contexts,
 * so that rows of any proposals may be put together and the prior is added afterwards. Contexts may
 * be many and useless. They count by what a {@linkplain LinearGaussian ridge regression} of targets
 * on them predicts, s = A c + b: it is linear and Gaussian in u like them, s = G u + g + e, and has
 * all that they say of u. Then K = G' S<sup>-1</sup> G, with S the covariance of e, and H = G'
 * S<sup>-1</sup> A. G and S are those of rows that the regression has not seen.
 */
final class LinearLikelihood {
  private static final double SMALLEST_VARIANCE = 1e-12;
  private static final double SMALLEST_SHARE = 1e-9;

  /** Of a value in units of its interval: a deviation of ten of them is as good as none. */
  private static final double LEAST_PRECISION = 0.01;

  private final DMatrixRMaj precision;
  private final DMatrixRMaj slopes;
  private final DMatrixRMaj intercept;

  private LinearLikelihood(DMatrixRMaj precision, DMatrixRMaj slopes, DMatrixRMaj intercept) {
    this.precision = precision;
    this.slopes = slopes;
    this.intercept = intercept;
  }

  /**
   * Fits to rows.
   *
   * @param targets standardised targets u, N x D
   * @param contexts standardised contexts c, N x L
   * @return the likelihood
   */
  static LinearLikelihood fit(double[][] targets, double[][] contexts) {
    int d = targets[0].length;
    DMatrixRMaj ofTargets = new DMatrixRMaj(d, d);
    DMatrixRMaj ofBoth = new DMatrixRMaj(d, d);
    DMatrixRMaj ofSummaries = new DMatrixRMaj(d, d);
    for (int half = 0; half < 2; half++) {
      // Rows of several rounds are in their order, and both halves should have all of them.
      LinearGaussian unseen =
          LinearGaussian.fit(everyOther(targets, 1 - half), everyOther(contexts, 1 - half));
      double[][] predicted =
          Arrays.stream(everyOther(contexts, half)).map(unseen::mean).toArray(double[][]::new);
      DMatrixRMaj u = centred(everyOther(targets, half));
      DMatrixRMaj s = centred(predicted);
      double share = 1.0 / targets.length;
      CommonOps_DDRM.multAddTransA(share, u, u, ofTargets);
      CommonOps_DDRM.multAddTransA(share, s, u, ofBoth);
      CommonOps_DDRM.multAddTransA(share, s, s, ofSummaries);
    }
    double least = SMALLEST_VARIANCE * CommonOps_DDRM.trace(ofTargets) / d + Double.MIN_NORMAL;
    DMatrixRMaj g = CommonOps_DDRM.mult(ofBoth, inverse(regular(ofTargets, least)), null);
    CommonOps_DDRM.multAddTransB(-1, g, ofBoth, ofSummaries);
    DMatrixRMaj noise = regular(ofSummaries, least);
    DMatrixRMaj weights = CommonOps_DDRM.multTransA(g, inverse(noise), null);

    LinearGaussian all = LinearGaussian.fit(targets, contexts);
    DMatrixRMaj a = DMatrixRMaj.wrap(d, contexts[0].length, all.slopes());
    // s - g: the mean of s is that of G u + g.
    DMatrixRMaj fromMean = DMatrixRMaj.wrap(d, 1, all.intercept());
    CommonOps_DDRM.subtractEquals(fromMean, column(all.mean(mean(contexts))));
    CommonOps_DDRM.multAdd(g, column(mean(targets)), fromMean);
    return new LinearLikelihood(
        CommonOps_DDRM.mult(weights, g, null),
        CommonOps_DDRM.mult(weights, a, null),
        CommonOps_DDRM.mult(weights, fromMean, null));
  }

  /**
   * The posterior under a Gaussian prior.
   *
   * @param mean of the prior, D values
   * @param covariance of the prior, D x D
   * @return the posterior; without any dependence where it cannot be computed
   */
  LinearGaussian posterior(double[] mean, double[][] covariance) {
    DMatrixRMaj ofPrior = inverse(regular(new DMatrixRMaj(covariance), SMALLEST_VARIANCE));
    DMatrixRMaj posterior = inverse(CommonOps_DDRM.add(precision, ofPrior, null));
    DMatrixRMaj linear = intercept.copy();
    CommonOps_DDRM.multAdd(ofPrior, column(mean), linear);
    CholeskyDecomposition_F64<DMatrixRMaj> cholesky =
        DecompositionFactory_DDRM.chol(mean.length, true);
    if (!cholesky.decompose(posterior.copy())) {
      return LinearGaussian.identity(mean.length, slopes.numCols);
    }
    return LinearGaussian.of(
        CommonOps_DDRM.mult(posterior, slopes, null).getData(),
        CommonOps_DDRM.mult(posterior, linear, null).getData(),
        cholesky.getT(null).getData());
  }

  /**
   * The posterior under a prior that is uniform between bounds in some values, with a mean of zero,
   * Gaussian in the others, and independent between the two kinds.
   *
   * <p>Each value is conditioned on those before it. Those after it are integrated out as if those
   * with bounds were Gaussian too, which changes nothing where they are independent of it given the
   * context, or where their bounds are far.
   *
   * @param mean of the prior, D values
   * @param covariance of the prior, D x D
   * @param lower D lower bounds, -Infinity for values that are Gaussian
   * @param upper D upper bounds, Infinity for values that are Gaussian
   * @return the posterior
   */
  TruncatedGaussian posterior(
      double[] mean, double[][] covariance, double[] lower, double[] upper) {
    int d = mean.length;
    int l = slopes.numCols;
    DMatrixRMaj ofPrior = inverse(regular(new DMatrixRMaj(covariance), SMALLEST_VARIANCE));
    DMatrixRMaj sum = CommonOps_DDRM.add(precision, ofPrior, null);
    // The linear term of u_k: a function of the other values, the context and one.
    DMatrixRMaj linear = new DMatrixRMaj(d, d + l + 1);
    DMatrixRMaj constant = intercept.copy();
    CommonOps_DDRM.multAdd(ofPrior, column(mean), constant);
    DMatrixRMaj ofOthers = sum.copy();
    CommonOps_DDRM.changeSign(ofOthers);
    CommonOps_DDRM.insert(ofOthers, linear, 0, 0);
    CommonOps_DDRM.insert(slopes, linear, 0, d);
    CommonOps_DDRM.insert(constant, linear, 0, d + l);

    DMatrixRMaj conditional = new DMatrixRMaj(d, d + l + 1);
    double[] deviations = new double[d];
    for (int k = 0; k < d; k++) {
      DMatrixRMaj row = CommonOps_DDRM.extract(linear, k, k + 1, 0, d + l + 1);
      double own = sum.get(k, k);
      if (k + 1 < d) {
        DMatrixRMaj later = CommonOps_DDRM.extract(sum, k + 1, d, k + 1, d);
        DMatrixRMaj cross = CommonOps_DDRM.extract(sum, k, k + 1, k + 1, d);
        DMatrixRMaj gain = CommonOps_DDRM.mult(cross, inverse(later), null);
        DMatrixRMaj ofLater = CommonOps_DDRM.extract(linear, k + 1, d, 0, d + l + 1);
        CommonOps_DDRM.multAdd(-1, gain, ofLater, row);
        own -= CommonOps_DDRM.dot(gain, cross);
      }
      if (lower[k] > Double.NEGATIVE_INFINITY) {
        // Here the bounds are the prior.
        double width = upper[k] - lower[k];
        own = Math.max(own - ofPrior.get(k, k), LEAST_PRECISION / (width * width));
      }
      CommonOps_DDRM.scale(1 / own, row);
      CommonOps_DDRM.insert(row, conditional, k, 0);
      deviations[k] = 1 / Math.sqrt(own);
    }
    return TruncatedGaussian.of(
        CommonOps_DDRM.extract(conditional, 0, d, d, d + l).getData(),
        CommonOps_DDRM.extract(conditional, 0, d, d + l, d + l + 1).getData(),
        CommonOps_DDRM.extract(conditional, 0, d, 0, d).getData(),
        deviations,
        lower,
        upper);
  }

  /** A covariance with a little more on its diagonal. */
  private static DMatrixRMaj regular(DMatrixRMaj covariance, double least) {
    DMatrixRMaj regular = covariance.copy();
    for (int k = 0; k < regular.numRows; k++) {
      regular.add(k, k, least + SMALLEST_SHARE * covariance.get(k, k));
    }
    return regular;
  }

  private static DMatrixRMaj inverse(DMatrixRMaj matrix) {
    DMatrixRMaj inverse = new DMatrixRMaj(matrix.numRows, matrix.numRows);
    CommonOps_DDRM.invert(matrix, inverse);
    return inverse;
  }

  private static DMatrixRMaj column(double[] values) {
    return DMatrixRMaj.wrap(values.length, 1, values);
  }

  private static double[][] everyOther(double[][] rows, int first) {
    return IntStream.range(0, rows.length)
        .filter(i -> i % 2 == first)
        .mapToObj(i -> rows[i])
        .toArray(double[][]::new);
  }

  private static double[] mean(double[][] rows) {
    return LinearGaussian.mean(rows, rows.length);
  }

  private static DMatrixRMaj centred(double[][] rows) {
    return LinearGaussian.centred(rows, mean(rows), rows.length);
  }
}
