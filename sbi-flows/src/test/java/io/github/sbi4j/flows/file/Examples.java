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
import io.github.sbi4j.flows.estimator.LowerBounds;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.estimator.Mnle;
import io.github.sbi4j.flows.estimator.Standardization;
import io.github.sbi4j.flows.estimator.TargetColumns;
import io.github.sbi4j.flows.estimator.TruncatedGaussian;
import io.github.sbi4j.flows.network.LinearLayer;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.posterior.Likelihood;
import io.github.sbi4j.flows.posterior.ObservationRange;
import io.github.sbi4j.flows.posterior.Ratio;
import io.github.sbi4j.flows.ratio.Classifier;
import io.github.sbi4j.flows.ratio.ConditionalRatio;
import io.github.sbi4j.flows.ratio.RatioLoss;
import io.github.sbi4j.flows.ratio.RatioModel;
import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.tensor.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Small posteriors, likelihoods and ratios with random weights, whose values depend on every
 * setting that is saved.
 */
public final class Examples {
  public static final Maf MAF = Maf.defaults().withTransforms(2).withHiddenFeatures(5);
  public static final int OBSERVED = 3;
  public static final double[] OBSERVATION = {0.1, -2.0 / 3, 5};

  private static final ObservationRange RANGE =
      new ObservationRange(List.of(-10.0, -10.1, -1.0 / 3), List.of(10.0, 10.1, 7.0));
  private static final Provenance PROVENANCE =
      new Provenance(9, "0123", List.of("choice", "time", "count"), 5, -1.0 / 3, "in full");

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
    LinearGaussian regression = regression(dimension, OBSERVED);
    Coordinates coordinates = new Coordinates(support, targets, contexts, regression);
    ConditionalDensity density = new ConditionalDensity(model, weights, coordinates);
    return DirectPosterior.of(density, prior.checked(), RANGE, Long.MIN_VALUE + 3);
  }

  /** The same with a Gaussian part that keeps the bounds of the prior's first parameter. */
  public static DirectPosterior truncated(DirectPosterior posterior) {
    Coordinates plain = posterior.density().coordinates();
    int d = plain.dimension();
    double[] couplings = new double[d * d];
    Arrays.fill(couplings, 0.1);
    double[] deviations = new double[d];
    Arrays.fill(deviations, 1.0 / 3);
    double[] lower = Support.real(d).lower();
    double[] upper = Support.real(d).upper();
    double[] bounds = {plain.support().lower()[0], plain.support().upper()[0]};
    lower[0] = (bounds[0] - plain.targets().location()[0]) / plain.targets().scale()[0];
    upper[0] = (bounds[1] - plain.targets().location()[0]) / plain.targets().scale()[0];
    LinearGaussian linear = (LinearGaussian) plain.regression();
    TruncatedGaussian part =
        TruncatedGaussian.of(
            linear.slopes(), linear.intercept(), couplings, deviations, lower, upper);
    Coordinates coordinates =
        new Coordinates(plain.support(), plain.targets(), plain.contexts(), part);
    ConditionalDensity density =
        new ConditionalDensity(
            posterior.density().model(), posterior.density().members(), coordinates);
    return DirectPosterior.of(density, posterior.prior(), RANGE, posterior.seed());
  }

  /** A likelihood of three continuous values. */
  public static Likelihood likelihood(Distribution prior, DensityEstimator estimator) {
    return likelihood(
        prior, estimator, TargetColumns.continuous(OBSERVED), Support.real(OBSERVED), 1);
  }

  /** A likelihood of three values of any kind. */
  public static Likelihood likelihood(
      Distribution prior,
      DensityEstimator estimator,
      TargetColumns columns,
      Support support,
      int members) {
    int parameters = prior.dimension();
    int others = columns.others().length;
    DensityEstimator known = estimator instanceof Mnle mnle ? mnle.over(columns) : estimator;
    DensityModel model =
        DensityModel.build(known, Embedding.identity(), columns.seen(), parameters, 0);
    Coordinates coordinates =
        new Coordinates(
            support,
            columns,
            LowerBounds.none(OBSERVED),
            standardization(others),
            standardization(parameters),
            regression(others, parameters));
    ConditionalDensity density =
        new ConditionalDensity(model, weights(model.layout(), members), coordinates);
    return Likelihood.of(density, prior.checked(), RANGE, PROVENANCE);
  }

  /** A ratio of three observed values. */
  public static Ratio ratio(
      Distribution prior,
      Classifier classifier,
      RatioLoss loss,
      Embedding ofParameters,
      Embedding ofObservations,
      int members) {
    int parameters = prior.dimension();
    RatioModel model =
        new RatioModel(classifier, ofParameters, ofObservations, parameters, OBSERVED, 0);
    ConditionalRatio ratio =
        new ConditionalRatio(
            model,
            weights(model.layout(), members),
            standardization(parameters),
            standardization(OBSERVED),
            loss);
    return Ratio.of(ratio, prior.checked(), RANGE, PROVENANCE);
  }

  /** Weights of which none but those without a connection is zero. */
  private static List<Weights> weights(ParameterLayout layout, int members) {
    List<Weights> weights = new ArrayList<>();
    float[] masks = layout.masks();
    for (int k = 0; k < members; k++) {
      RandomGenerator random = RandomStreams.of(k, 5);
      float[] values = layout.initialValues();
      for (int i = 0; i < values.length; i++) {
        values[i] += masks[i] * (float) (0.2 * random.nextGaussian());
      }
      weights.add(Device.cpu().engine().weights(layout, values));
    }
    return weights;
  }

  private static Standardization standardization(int columns) {
    double[] location = new double[columns];
    double[] scale = new double[columns];
    boolean[] compressed = new boolean[columns];
    for (int j = 0; j < columns; j++) {
      location[j] = 0.1 * (j + 1);
      scale[j] = 2 / (3.0 + j);
      compressed[j] = j == columns - 1;
    }
    return Standardization.of(location, scale, compressed);
  }

  private static LinearGaussian regression(int targets, int contexts) {
    if (targets == 0) {
      return LinearGaussian.identity(0, contexts);
    }
    double[] slopes = new double[targets * contexts];
    Arrays.setAll(slopes, i -> 0.1 / (i + 1));
    double[] intercept = new double[targets];
    Arrays.setAll(intercept, d -> 0.2 / (d + 1));
    double[] factor = new double[targets * targets];
    for (int d = 0; d < targets; d++) {
      Arrays.fill(factor, d * targets, d * targets + d, 1.0 / 7);
      factor[d * targets + d] = 0.7 + 0.1 * d;
    }
    return LinearGaussian.of(slopes, intercept, factor);
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
