package io.github.sbi4j.flows.file;

import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.estimator.Standardization;
import io.github.sbi4j.flows.ratio.Classifier;
import io.github.sbi4j.flows.ratio.ConditionalRatio;
import io.github.sbi4j.flows.ratio.RatioLoss;
import io.github.sbi4j.flows.ratio.RatioModel;

/** The settings of ratios; their weights are beside them. */
final class RatioCodec {
  private RatioCodec() {}

  static Fields encode(ConditionalRatio ratio) {
    RatioModel model = ratio.model();
    return Fields.empty()
        .put("members", ratio.members().size())
        .put("classifier", ClassifierCodec.encode(model.classifier()))
        .put("parameterEmbedding", EmbeddingCodec.encode(model.parameterEmbedding()))
        .put("embedding", EmbeddingCodec.encode(model.embedding()))
        .put("loss", LossCodec.encode(ratio.loss()))
        .put("parameters", StandardizationCodec.encode(ratio.parameters()))
        .put("observations", StandardizationCodec.encode(ratio.observations()));
  }

  static ConditionalRatio restore(Fields saved, SafeTensors file, LoadOptions options) {
    int count = saved.integer("members");
    long weights = file.weights(count);
    Classifier classifier = ClassifierCodec.restore(saved.object("classifier"), weights);
    Embedding ofParameters =
        EmbeddingCodec.restore(
            saved.object("parameterEmbedding"),
            weights,
            options.parameterEmbedding(),
            "withParameterEmbedding");
    Embedding ofObservations =
        EmbeddingCodec.restore(
            saved.object("embedding"), weights, options.embedding(), "withEmbedding");
    RatioLoss loss = LossCodec.restore(saved.object("loss"));
    Standardization parameters = StandardizationCodec.restore(saved.object("parameters"));
    Standardization observations = StandardizationCodec.restore(saved.object("observations"));
    RatioModel model =
        saved.build(
            () ->
                new RatioModel(
                    classifier,
                    ofParameters,
                    ofObservations,
                    parameters.columns(),
                    observations.columns(),
                    0));
    return new ConditionalRatio(
        model,
        file.members(model.layout(), count, options.device()),
        parameters,
        observations,
        loss);
  }
}
