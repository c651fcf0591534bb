package io.github.sbi4j.flows.file;

import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.estimator.ConditionalDensity;
import io.github.sbi4j.flows.estimator.Coordinates;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.DensityModel;
import io.github.sbi4j.flows.estimator.LinearGaussian;
import io.github.sbi4j.flows.estimator.Standardization;
import io.github.sbi4j.flows.tensor.Engine;
import io.github.sbi4j.flows.tensor.Weights;
import java.util.List;

/** The settings of conditional densities; their weights are beside them. */
final class DensityCodec {
  private DensityCodec() {}

  static Fields encode(ConditionalDensity density) {
    Fields support = Fields.empty();
    Coordinates coordinates = density.coordinates();
    PriorCodec.writeSupport(coordinates.support(), support);
    return Fields.empty()
        .put("members", density.members().size())
        .put("estimator", EstimatorCodec.encode(density.model().estimator()))
        .put("embedding", EmbeddingCodec.encode(density.model().embedding()))
        .put("support", support)
        .put("targets", encode(coordinates.targets()))
        .put("contexts", encode(coordinates.contexts()))
        .put("regression", encode(coordinates.regression()));
  }

  static ConditionalDensity restore(Fields saved, SafeTensors file, LoadOptions options) {
    int count = saved.integer("members");
    long weights = file.weights(count);
    DensityEstimator estimator = EstimatorCodec.restore(saved.object("estimator"), weights);
    Embedding embedding =
        EmbeddingCodec.restore(saved.object("embedding"), weights, options.embedding());
    Support support = PriorCodec.readSupport(saved.object("support"));
    Standardization targets = standardization(saved.object("targets"));
    Standardization contexts = standardization(saved.object("contexts"));
    LinearGaussian regression = regression(saved.object("regression"));
    Coordinates coordinates =
        saved.build(() -> new Coordinates(support, targets, contexts, regression));
    DensityModel model =
        saved.build(
            () ->
                DensityModel.build(estimator, embedding, targets.columns(), contexts.columns(), 0));
    Engine engine = options.device().engine();
    List<Weights> members =
        file.members(model.layout(), count).stream()
            .map(values -> engine.weights(model.layout(), values))
            .toList();
    return new ConditionalDensity(model, members, coordinates);
  }

  private static Fields encode(LinearGaussian regression) {
    return Fields.empty()
        .put("slopes", regression.slopes())
        .put("intercept", regression.intercept())
        .put("factor", regression.factor());
  }

  private static LinearGaussian regression(Fields saved) {
    return saved.build(
        () ->
            LinearGaussian.of(
                saved.numbers("slopes"), saved.numbers("intercept"), saved.numbers("factor")));
  }

  private static Fields encode(Standardization standardization) {
    boolean[] compressed = standardization.compressed();
    long[] flags = new long[compressed.length];
    for (int j = 0; j < flags.length; j++) {
      flags[j] = compressed[j] ? 1 : 0;
    }
    return Fields.empty()
        .put("location", standardization.location())
        .put("scale", standardization.scale())
        .putIntegers("compressed", flags);
  }

  private static Standardization standardization(Fields saved) {
    long[] flags = saved.integers("compressed");
    boolean[] compressed = new boolean[flags.length];
    for (int j = 0; j < flags.length; j++) {
      compressed[j] = flags[j] != 0;
    }
    return saved.build(
        () -> Standardization.of(saved.numbers("location"), saved.numbers("scale"), compressed));
  }
}
