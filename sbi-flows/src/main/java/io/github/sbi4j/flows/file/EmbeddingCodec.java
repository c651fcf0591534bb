package io.github.sbi4j.flows.file;

import io.github.sbi4j.flows.embedding.BesideConditions;
import io.github.sbi4j.flows.embedding.Convolution1d;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.embedding.FullyConnected;
import io.github.sbi4j.flows.embedding.PermutationInvariant;
import io.github.sbi4j.flows.embedding.PermutationInvariant.Aggregation;
import io.github.sbi4j.flows.tensor.Activation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The settings of embedding networks: the library's in full, of a user's the class's name. */
final class EmbeddingCodec {
  private static final String BESIDE_CONDITIONS = "besideConditions";
  private static final Kinds<Embedding> KINDS =
      Kinds.<Embedding>none()
          .with(
              "identity",
              Embedding.identity().getClass(),
              (embedding, fields) -> {},
              fields -> Embedding.identity())
          .with(
              "fullyConnected",
              FullyConnected.class,
              EmbeddingCodec::write,
              EmbeddingCodec::fullyConnected)
          .with(
              "convolution1d",
              Convolution1d.class,
              (convolution, fields) ->
                  fields
                      .put("channels", convolution.channels())
                      .putIntegers("filters", toLongs(convolution.filters()))
                      .put("kernel", convolution.kernel())
                      .put("pool", convolution.pool())
                      .put("network", encode(convolution.network())),
              fields ->
                  Convolution1d.defaults()
                      .withChannels(fields.integer("channels"))
                      .withFilters(toInts(fields.integers("filters")))
                      .withKernel(fields.integer("kernel"))
                      .withPool(fields.integer("pool"))
                      .withNetwork(fullyConnected(fields.object("network"))))
          .with(
              "permutationInvariant",
              PermutationInvariant.class,
              (trials, fields) ->
                  fields
                      .put("features", trials.features())
                      .put("variableTrials", trials.variableTrials() ? 1 : 0)
                      .put("aggregation", trials.aggregation().name())
                      .put("trialNetwork", encode(trials.trialNetwork()))
                      .put("network", encode(trials.network())),
              EmbeddingCodec::permutationInvariant);

  private EmbeddingCodec() {}

  private static void write(FullyConnected network, Fields fields) {
    fields
        .put("outputs", network.outputs())
        .put("hiddenLayers", network.hiddenLayers())
        .put("hiddenFeatures", network.hiddenFeatures())
        .put("activation", network.activation().name());
  }

  private static FullyConnected fullyConnected(Fields fields) {
    return FullyConnected.defaults()
        .withOutputs(fields.integer("outputs"))
        .withHiddenLayers(fields.integer("hiddenLayers"))
        .withHiddenFeatures(fields.integer("hiddenFeatures"))
        .withActivation(Activation.valueOf(fields.string("activation")));
  }

  private static PermutationInvariant permutationInvariant(Fields fields) {
    PermutationInvariant trials =
        PermutationInvariant.defaults()
            .withFeatures(fields.integer("features"))
            .withAggregation(Aggregation.valueOf(fields.string("aggregation")))
            .withTrialNetwork(fullyConnected(fields.object("trialNetwork")))
            .withNetwork(fullyConnected(fields.object("network")));
    return fields.integer("variableTrials") == 0 ? trials : trials.withVariableTrials();
  }

  private static long[] toLongs(List<Integer> values) {
    return values.stream().mapToLong(Integer::longValue).toArray();
  }

  private static int[] toInts(long[] values) {
    return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
  }

  /** A number of weights that the hidden layers alone surpass, so that none is built in vain. */
  private static double fewestWeights(Embedding embedding) {
    if (embedding instanceof FullyConnected network) {
      double hidden = EstimatorCodec.hidden(network.hiddenFeatures(), network.hiddenLayers());
      return Math.max(network.outputs(), hidden);
    }
    if (embedding instanceof Convolution1d convolution) {
      double most = convolution.filters().stream().mapToInt(Integer::intValue).max().orElse(0);
      return Math.max(most * convolution.kernel(), fewestWeights(convolution.network()));
    }
    if (embedding instanceof PermutationInvariant trials) {
      return Math.max(fewestWeights(trials.trialNetwork()), fewestWeights(trials.network()));
    }
    return 0;
  }

  static Fields encode(Embedding embedding) {
    if (embedding instanceof BesideConditions beside) {
      return Fields.empty()
          .put("kind", BESIDE_CONDITIONS)
          .put("conditions", beside.conditions())
          .put("embedding", encode(beside.embedding()));
    }
    return KINDS.encode(embedding);
  }

  /**
   * The settings of a file whose networks have that many weights each; the ones given where they
   * are code that a file cannot hold.
   *
   * @param option the method of {@link LoadOptions} that gives them
   */
  static Embedding restore(Fields saved, long weights, Optional<Embedding> given, String option) {
    if (saved.string("kind").equals(BESIDE_CONDITIONS)) {
      Fields inner = saved.object("embedding");
      int conditions = saved.integer("conditions");
      return new BesideConditions(restore(inner, weights, given, option), conditions);
    }
    if (!Kinds.isCustom(saved)) {
      Embedding embedding = KINDS.decode(saved);
      EstimatorCodec.requireNoMore(saved, fewestWeights(embedding), weights, embedding);
      if (given.isPresent() && !encode(given.get()).equals(saved)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the embedding given is %s, but the saved one is %s; leave it out",
                given.get(),
                embedding));
      }
      return embedding;
    }
    return given.orElseThrow(
        () ->
            new IllegalArgumentException(
                String.format(
                    Locale.ROOT,
                    "the embedding network is of the class %s, which is code that a file cannot"
                        + " hold; give it again with LoadOptions.defaults().%s(embedding)",
                    saved.string("class"),
                    option)));
  }
}
