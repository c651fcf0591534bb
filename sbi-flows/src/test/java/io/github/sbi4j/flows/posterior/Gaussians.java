package io.github.sbi4j.flows.posterior;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.estimator.ConditionalDensity;
import io.github.sbi4j.flows.estimator.Coordinates;
import io.github.sbi4j.flows.estimator.DensityModel;
import io.github.sbi4j.flows.estimator.LinearGaussian;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.estimator.Standardization;
import io.github.sbi4j.flows.tensor.Weights;
import java.util.Collections;
import java.util.List;

/**
 * Posteriors known exactly: a flow begins as the identity, so that its linear Gaussian part is all
 * there is.
 */
final class Gaussians {
  private Gaussians() {}

  /**
   * z given x is normal with mean x + shift and the covariance F F^T, z the value on the support.
   */
  static DirectPosterior posterior(
      Distribution prior, Support support, double[] shift, double[] factor) {
    int dimension = shift.length;
    Maf maf = Maf.defaults().withTransforms(1).withHiddenFeatures(4).withHiddenLayers(1);
    DensityModel model = DensityModel.build(maf, Embedding.identity(), dimension, dimension, 1);
    Weights weights = Device.cpu().engine().weights(model.layout(), model.layout().initialValues());
    double[] slopes = new double[dimension * dimension];
    for (int d = 0; d < dimension; d++) {
      slopes[d * dimension + d] = 1;
    }
    Coordinates coordinates =
        new Coordinates(
            support,
            Standardization.identity(dimension),
            Standardization.identity(dimension),
            LinearGaussian.of(slopes, shift, factor));
    List<Double> low = Collections.nCopies(dimension, -10.0);
    List<Double> high = Collections.nCopies(dimension, 10.0);
    return DirectPosterior.of(
        new ConditionalDensity(model, List.of(weights), coordinates),
        prior.checked(),
        new ObservationRange(low, high),
        5);
  }

  /**
   * One value that leaks: theta given x is normal with mean x and the standard deviation sd,
   * truncated to the prior.
   */
  static DirectPosterior truncated(Distribution prior, double sd) {
    return posterior(prior, Support.real(1), new double[1], new double[] {sd});
  }
}
