package io.github.sbi4j.flows.file;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.embedding.EmbeddingNetwork;
import io.github.sbi4j.flows.estimator.ConditionalDensity;
import io.github.sbi4j.flows.estimator.Coordinates;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.DensityModel;
import io.github.sbi4j.flows.estimator.LinearGaussian;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.estimator.Standardization;
import io.github.sbi4j.flows.network.LinearLayer;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.posterior.ObservationRange;
import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.tensor.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Small posteriors with random weights, whose values depend on every setting that is saved. */
public final class Examples {
  public static final Maf MAF = Maf.defaults().withTransforms(2).withHiddenFeatures(5);
  public static final int OBSERVED = 3;
  public static final double[] OBSERVATION = {0.1, -2.0 / 3, 5};

  private Examples() {}

  public static DirectPosterior posterior(Distribution prior, DensityEstimator estimator) {
    return posterior(prior, estimator, Embedding.identity(), prior.support(), 1);
  }

  public static DirectPosterior posterior(
      Distribution prior,
      DensityEstimator estimator,
      Embedding embedding,
      Support support,
      int members) {
    int dimension = prior.dimension();
    List<Weights> weights = new ArrayList<>();
    DensityModel model = DensityModel.build(estimator, embedding, dimension, OBSERVED, 0);
    for (int k = 0; k < members; k++) {
      DensityModel start = DensityModel.build(estimator, embedding, dimension, OBSERVED, k);
      weights.add(Device.cpu().engine().weights(model.layout(), start.layout().initialValues()));
    }
    double[] location = new double[dimension];
    Arrays.setAll(location, d -> 0.1 * (d + 1));
    double[] scale = new double[dimension];
    Arrays.setAll(scale, d -> 1 / (3.0 + d));
    boolean[] compressed = new boolean[dimension];
    compressed[dimension - 1] = true;
    Standardization targets = Standardization.of(location, scale, compressed);
    Standardization contexts =
        Standardization.of(
            new double[] {0.1, 0.2, 0.3},
            new double[] {1, 2, 3},
            new boolean[] {false, true, false});
    double[] slopes = new double[dimension * OBSERVED];
    Arrays.setAll(slopes, i -> 0.1 / (i + 1));
    double[] intercept = new double[dimension];
    Arrays.setAll(intercept, d -> 0.2 / (d + 1));
    double[] factor = new double[dimension * dimension];
    for (int d = 0; d < dimension; d++) {
      Arrays.fill(factor, d * dimension, d * dimension + d, 1.0 / 7);
      factor[d * dimension + d] = 0.7 + 0.1 * d;
    }
    LinearGaussian regression = LinearGaussian.of(slopes, intercept, factor);
    Coordinates coordinates = new Coordinates(support, targets, contexts, regression);
    ConditionalDensity density = new ConditionalDensity(model, weights, coordinates);
    ObservationRange range =
        new ObservationRange(List.of(-10.0, -10.1, -1.0 / 3), List.of(10.0, 10.1, 7.0));
    return DirectPosterior.of(density, prior.checked(), range, Long.MIN_VALUE + 3);
  }

  /** A prior of a user's own, on (0, 2). */
  public static class Ramp implements Distribution {
    @Override
    public int dimension() {
      return 1;
    }

    @Override
    public double[] sample(RandomGenerator random) {
      return new double[] {2 * Math.sqrt(1 - random.nextDouble())};
    }

    @Override
    public double logProb(double[] value) {
      return Math.log(value[0] / 2);
    }

    @Override
    public Support support() {
      return Support.box(new double[] {0}, new double[] {2});
    }
  }

  /** A prior of a user's own, on (0, infinity). */
  public static final class HalfOpen extends Ramp {
    @Override
    public Support support() {
      return Support.box(new double[] {0}, new double[] {Double.POSITIVE_INFINITY});
    }
  }

  /** An embedding network of a user's own: one layer. */
  public record OneLayer(int features) implements Embedding {
    @Override
    public EmbeddingNetwork build(int inputs, ParameterLayout layout, RandomGenerator random) {
      LinearLayer layer =
          LinearLayer.create(
              layout, "embedding", inputs, features, Activation.TANH, 1, RandomStreams.of(7, 0));
      return new EmbeddingNetwork() {
        @Override
        public int outputs() {
          return features;
        }

        @Override
        public Tensor apply(Operations ops, Tensor observations) {
          return layer.apply(ops, observations);
        }
      };
    }
  }
}
