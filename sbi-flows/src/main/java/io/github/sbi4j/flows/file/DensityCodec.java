package io.github.sbi4j.flows.file;

import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.estimator.ConditionalDensity;
import io.github.sbi4j.flows.estimator.Coordinates;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.DensityModel;
import io.github.sbi4j.flows.estimator.GaussianPart;
import io.github.sbi4j.flows.estimator.LinearGaussian;
import io.github.sbi4j.flows.estimator.LowerBounds;
import io.github.sbi4j.flows.estimator.Mnle;
import io.github.sbi4j.flows.estimator.Standardization;
import io.github.sbi4j.flows.estimator.TargetColumns;
import io.github.sbi4j.flows.estimator.TruncatedGaussian;
import java.util.Arrays;

/** The settings of conditional densities; their weights are beside them. */
final class DensityCodec {
  private DensityCodec() {}

  static Fields encode(ConditionalDensity density) {
    Fields support = Fields.empty();
    Coordinates coordinates = density.coordinates();
    PriorCodec.writeSupport(coordinates.support(), support);
    DensityEstimator estimator = density.model().estimator();
    Fields fields =
        Fields.empty()
            .put("members", density.members().size())
            .put("estimator", EstimatorCodec.encode(estimator))
            .put("embedding", EmbeddingCodec.encode(density.model().embedding()))
            .put("support", support)
            .put("targets", StandardizationCodec.encode(coordinates.targets()))
            .put("contexts", StandardizationCodec.encode(coordinates.contexts()))
            .put("regression", encode(coordinates.regression()));
    if (estimator instanceof Mnle) {
      fields.putAll("columns", ColumnsCodec.encode(coordinates.columns()));
    }
    int[] bounds = coordinates.lowerBounds().contexts();
    return coordinates.lowerBounds().isEmpty()
        ? fields
        : fields.putIntegers("lowerBounds", Arrays.stream(bounds).asLongStream().toArray());
  }

  static ConditionalDensity restore(Fields saved, SafeTensors file, LoadOptions options) {
    int count = saved.integer("members");
    long weights = file.weights(count);
    if (options.parameterEmbedding().isPresent()) {
      throw new IllegalArgumentException(
          "a network that embeds parameters is given, which only a ratio has; leave out"
              + " LoadOptions.withParameterEmbedding");
    }
    Support support = PriorCodec.readSupport(saved.object("support"));
    TargetColumns columns = columns(saved, support);
    DensityEstimator estimator =
        EstimatorCodec.restore(saved.object("estimator"), columns, weights);
    Embedding embedding =
        EmbeddingCodec.restore(
            saved.object("embedding"), weights, options.embedding(), "withEmbedding");
    Standardization targets = StandardizationCodec.restore(saved.object("targets"));
    Standardization contexts = StandardizationCodec.restore(saved.object("contexts"));
    GaussianPart regression = regression(saved.object("regression"), contexts.columns());
    Coordinates coordinates =
        saved.build(
            () ->
                new Coordinates(
                    support, columns, lowerBounds(saved, support), targets, contexts, regression));
    DensityModel model =
        saved.build(
            () ->
                DensityModel.build(
                    estimator, embedding, coordinates.seen(), contexts.columns(), 0));
    return new ConditionalDensity(
        model, file.members(model.layout(), count, options.device()), coordinates);
  }

  /** Columns that are not all continuous are those of {@link Mnle}, which is never without them. */
  private static TargetColumns columns(Fields saved, Support support) {
    return saved.has("columns")
        ? saved.build(() -> ColumnsCodec.restore(saved.objects("columns")))
        : TargetColumns.continuous(support.dimension());
  }

  private static LowerBounds lowerBounds(Fields saved, Support support) {
    return saved.has("lowerBounds")
        ? LowerBounds.of(
            Arrays.stream(saved.integers("lowerBounds")).mapToInt(Math::toIntExact).toArray())
        : LowerBounds.none(support.dimension());
  }

  private static Fields encode(GaussianPart regression) {
    if (regression instanceof LinearGaussian linear) {
      return Fields.empty()
          .put("slopes", linear.slopes())
          .put("intercept", linear.intercept())
          .put("factor", linear.factor());
    }
    TruncatedGaussian truncated = (TruncatedGaussian) regression;
    return Fields.empty()
        .put("slopes", truncated.slopes())
        .put("intercept", truncated.intercept())
        .put("couplings", truncated.couplings())
        .put("deviations", truncated.deviations())
        .put("lower", truncated.lower())
        .put("upper", truncated.upper());
  }

  private static GaussianPart regression(Fields saved, int contexts) {
    double[] intercept = saved.numbers("intercept");
    if (saved.has("couplings")) {
      return saved.build(
          () ->
              TruncatedGaussian.of(
                  saved.numbers("slopes"),
                  intercept,
                  saved.numbers("couplings"),
                  saved.numbers("deviations"),
                  saved.numbers("lower"),
                  saved.numbers("upper")));
    }
    return intercept.length == 0
        ? LinearGaussian.identity(0, contexts)
        : saved.build(
            () -> LinearGaussian.of(saved.numbers("slopes"), intercept, saved.numbers("factor")));
  }
}
