package io.github.sbi4j.flows.file;

import io.github.sbi4j.flows.ratio.Classifier;
import io.github.sbi4j.flows.ratio.Linear;
import io.github.sbi4j.flows.ratio.Mlp;
import io.github.sbi4j.flows.ratio.Resnet;
import io.github.sbi4j.flows.tensor.Activation;

/** The settings of classifiers. */
final class ClassifierCodec {
  private static final Kinds<Classifier> KINDS =
      Kinds.<Classifier>none()
          .with(
              "resnet",
              Resnet.class,
              (resnet, fields) ->
                  fields
                      .put("hiddenFeatures", resnet.hiddenFeatures())
                      .put("blocks", resnet.blocks())
                      .put("activation", resnet.activation().name()),
              fields ->
                  Resnet.defaults()
                      .withHiddenFeatures(fields.integer("hiddenFeatures"))
                      .withBlocks(fields.integer("blocks"))
                      .withActivation(Activation.valueOf(fields.string("activation"))))
          .with(
              "mlp",
              Mlp.class,
              (mlp, fields) ->
                  fields
                      .put("hiddenFeatures", mlp.hiddenFeatures())
                      .put("hiddenLayers", mlp.hiddenLayers())
                      .put("activation", mlp.activation().name()),
              fields ->
                  Mlp.defaults()
                      .withHiddenFeatures(fields.integer("hiddenFeatures"))
                      .withHiddenLayers(fields.integer("hiddenLayers"))
                      .withActivation(Activation.valueOf(fields.string("activation"))))
          .with("linear", Linear.class, (linear, fields) -> {}, fields -> Linear.defaults());

  private ClassifierCodec() {}

  static Fields encode(Classifier classifier) {
    return KINDS.encode(classifier);
  }

  /**
   * The settings of a file whose networks have that many weights each, which bounds their sizes.
   */
  static Classifier restore(Fields saved, long weights) {
    Classifier classifier = KINDS.decode(saved);
    EstimatorCodec.requireNoMore(saved, fewestWeights(classifier), weights, classifier);
    return classifier;
  }

  /** A number of weights that the hidden layers alone surpass, so that none is built in vain. */
  private static double fewestWeights(Classifier classifier) {
    if (classifier instanceof Resnet resnet) {
      return EstimatorCodec.hidden(resnet.hiddenFeatures(), 1 + 2.0 * resnet.blocks());
    }
    return classifier instanceof Mlp mlp
        ? EstimatorCodec.hidden(mlp.hiddenFeatures(), mlp.hiddenLayers())
        : 0;
  }
}
