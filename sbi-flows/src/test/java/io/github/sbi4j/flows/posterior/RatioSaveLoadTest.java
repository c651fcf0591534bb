package io.github.sbi4j.flows.posterior;

import static io.github.sbi4j.flows.file.Examples.ratio;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Independent;
import io.github.sbi4j.core.distribution.Normal;
import io.github.sbi4j.core.mcmc.McmcSettings;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.embedding.BesideConditions;
import io.github.sbi4j.flows.embedding.Convolution1d;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.embedding.FullyConnected;
import io.github.sbi4j.flows.file.Examples.OneLayer;
import io.github.sbi4j.flows.file.Examples.Ramp;
import io.github.sbi4j.flows.file.LoadOptions;
import io.github.sbi4j.flows.file.SavedFileException;
import io.github.sbi4j.flows.inference.SNRE;
import io.github.sbi4j.flows.ratio.Aalr;
import io.github.sbi4j.flows.ratio.Balanced;
import io.github.sbi4j.flows.ratio.Classifier;
import io.github.sbi4j.flows.ratio.Contrastive;
import io.github.sbi4j.flows.ratio.Linear;
import io.github.sbi4j.flows.ratio.Mlp;
import io.github.sbi4j.flows.ratio.RatioLoss;
import io.github.sbi4j.flows.ratio.Resnet;
import io.github.sbi4j.flows.ratio.Sre;
import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.training.Training;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A loaded ratio is the saved one. */
class RatioSaveLoadTest {
  private static final Distribution BOX =
      BoxUniform.of(new double[] {-1.0 / 3, 1e-3}, new double[] {0.1, 1}).named("α", "\"b\", c");
  private static final double[][] TRIALS = {{2, 1.0 / 3, 4}, {-1, 0.1, 0}, {7.5, 3, 1}};
  private static final Resnet RESNET = Resnet.defaults().withHiddenFeatures(4).withBlocks(1);
  private static final Embedding NONE = Embedding.identity();

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("ratio.safetensors");
  }

  static Stream<Arguments> classifiersAndLosses() {
    Stream<Classifier> classifiers =
        Stream.of(
            RESNET.withActivation(Activation.ELU),
            Mlp.defaults()
                .withHiddenFeatures(4)
                .withHiddenLayers(1)
                .withActivation(Activation.TANH),
            Linear.defaults());
    return classifiers.flatMap(
        classifier ->
            Stream.of(
                    Sre.defaults().withAtoms(7),
                    Aalr.defaults(),
                    Contrastive.defaults().withClasses(3).withGamma(1.0 / 3),
                    Balanced.defaults().withStrength(10.0 / 3))
                .map(loss -> Arguments.of(classifier, loss)));
  }

  @ParameterizedTest
  @MethodSource("classifiersAndLosses")
  void everyClassifierAndLossComesBack(Classifier classifier, RatioLoss loss) {
    Distribution prior = Independent.of(BOX, Normal.of(0.1, 1.0 / 3)).named("a", "b", "c");
    Ratio saved = ratio(prior, classifier, loss, NONE, NONE, 2);
    assertComesBack(saved);
  }

  static Stream<Arguments> embeddings() {
    FullyConnected small =
        FullyConnected.defaults().withOutputs(2).withHiddenLayers(1).withHiddenFeatures(3);
    Embedding convolution =
        Convolution1d.defaults().withFilters(2).withPool(1).withNetwork(small.withOutputs(3));
    return Stream.of(
        Arguments.of(NONE, small),
        Arguments.of(small, NONE),
        Arguments.of(small.withOutputs(4).withActivation(Activation.ELU), convolution));
  }

  @ParameterizedTest
  @MethodSource("embeddings")
  void embeddingsOfBothSidesAreInTheFile(Embedding ofParameters, Embedding ofObservations) {
    assertComesBack(ratio(BOX, RESNET, Aalr.defaults(), ofParameters, ofObservations, 1));
  }

  private void assertComesBack(Ratio saved) {
    saved.save(file);
    Ratio loaded = Ratio.load(file);
    assertSame(loaded, saved);
    Path again = folder.resolve("again");
    loaded.save(again);
    assertThat(again).hasSameBinaryContentAs(file);
  }

  private static double[][] draws(Distribution prior) {
    double[][] theta = new double[20][];
    for (int i = 0; i < theta.length; i++) {
      theta[i] = prior.sample(RandomStreams.of(3, i));
    }
    return theta;
  }

  private static void assertSame(Ratio loaded, Ratio saved) {
    assertThat(loaded.range()).isEqualTo(saved.range());
    assertThat(loaded.provenance()).isEqualTo(saved.provenance());
    assertThat(loaded.prior()).hasToString(saved.prior().toString());
    assertThat(loaded.prior().support()).isEqualTo(saved.prior().support());
    assertThat(loaded.loss()).hasToString(saved.loss().toString());
    double[][] theta = draws(saved.prior());
    double[] logRatio = saved.logRatio(theta, TRIALS[0]);
    assertThat(logRatio).doesNotHaveDuplicates();
    assertThat(logRatio).isNotEqualTo(saved.logRatio(theta, TRIALS[1]));
    assertThat(loaded.logRatio(theta, TRIALS[0])).containsExactly(logRatio);
    double[] values = new double[theta.length];
    double[] expected = new double[theta.length];
    loaded.potential(TRIALS).logProb(theta, values);
    saved.potential(TRIALS).logProb(theta, expected);
    assertThat(values).containsExactly(expected);
  }

  private static Ratio simple() {
    return ratio(BOX, RESNET, Sre.defaults(), NONE, NONE, 2);
  }

  @Test
  void whatOneEngineSavedAnotherLoads() {
    Ratio saved = simple();
    saved.save(file);
    Ratio loaded = Ratio.load(file, Device.torch());
    double[][] theta = draws(BOX);
    assertThat(loaded.logRatio(theta, TRIALS[0]))
        .containsExactly(saved.logRatio(theta, TRIALS[0]), within(1e-4));
    Path again = folder.resolve("again");
    loaded.save(again);
    assertThat(again).hasSameBinaryContentAs(file);
  }

  @Test
  void posteriorsOfALoadedRatioDrawTheSame() {
    Ratio saved = simple();
    saved.save(file);
    Ratio loaded = Ratio.load(file);
    McmcSettings quick = McmcSettings.defaults().withWarmUp(20);
    McmcPosterior again =
        McmcPosterior.of(loaded, 5).withChains(4).withCandidates(100).withSettings(quick);
    McmcPosterior first =
        McmcPosterior.of(saved, 5).withChains(4).withCandidates(100).withSettings(quick);
    assertThat(again.given(TRIALS).sample(40)).isEqualTo(first.given(TRIALS).sample(40));
  }

  @Test
  void aLoadedRatioServesManyThreads() {
    Ratio saved = simple();
    saved.save(file);
    Ratio loaded = Ratio.load(file);
    double[][] theta = draws(BOX);
    double[] expected = saved.logRatio(theta, TRIALS[0]);
    IntStream.range(0, 200)
        .parallel()
        .forEach(i -> assertThat(loaded.logRatio(theta, TRIALS[0])).containsExactly(expected));
  }

  @Test
  void aTrainedRatioComesBack() {
    Simulations simulations =
        Simulations.run(
            (theta, random) ->
                new double[] {
                  theta[0] + 0.1 * random.nextGaussian(),
                  random.nextGaussian() / random.nextGaussian()
                },
            BOX,
            200,
            1);
    FullyConnected small = FullyConnected.defaults().withOutputs(2).withHiddenFeatures(3);
    Ratio saved =
        SNRE.with(BOX)
            .classifier(RESNET)
            .loss(Contrastive.defaults().withClasses(4))
            .embedding(small)
            .parameterEmbedding(small.withHiddenLayers(1))
            .training(Training.defaults().withMaxEpochs(2))
            .ensemble(2)
            .seed(7)
            .appendSimulations(simulations)
            .train()
            .buildRatio();
    assertThat(saved.loss()).hasToString("Contrastive[classes=4, gamma=1.0]");
    saved.save(file);
    Ratio loaded = Ratio.load(file);
    assertThat(loaded.provenance()).isEqualTo(saved.provenance());
    assertThat(loaded.provenance().rows()).isEqualTo(200);
    double[][] theta = draws(BOX);
    double[] x = {0.1, -0.2};
    assertThat(loaded.logRatio(theta, x)).containsExactly(saved.logRatio(theta, x));
  }

  @Test
  void aPriorOfOnesOwnIsGivenAgain() {
    Ratio saved = ratio(new Ramp().named("slope"), RESNET, Aalr.defaults(), NONE, NONE, 1);
    saved.save(file);
    assertSame(Ratio.load(file, LoadOptions.defaults().withPrior(saved.prior())), saved);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ratio.load(file))
        .withMessageStartingWith("the prior is of the class " + Ramp.class.getName());
  }

  @Test
  void embeddingsOfOnesOwnAreGivenAgain() {
    Ratio saved = ratio(BOX, RESNET, Aalr.defaults(), new OneLayer(2), new OneLayer(4), 1);
    saved.save(file);
    LoadOptions first = LoadOptions.defaults().withParameterEmbedding(new OneLayer(2));
    LoadOptions both = first.withEmbedding(new OneLayer(4));
    assertSame(Ratio.load(file, both), saved);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ratio.load(file))
        .withMessage(
            "the embedding network is of the class "
                + OneLayer.class.getName()
                + ", which is code that a file cannot hold; give it again with"
                + " LoadOptions.defaults().withParameterEmbedding(embedding)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ratio.load(file, first))
        .withMessageEndingWith("LoadOptions.defaults().withEmbedding(embedding)");
    LoadOptions swapped =
        LoadOptions.defaults()
            .withParameterEmbedding(new OneLayer(4))
            .withEmbedding(new OneLayer(2));
    assertThatThrownBy(() -> Ratio.load(file, swapped))
        .isInstanceOf(SavedFileException.class)
        .hasMessageContaining("its weights member.0.parameters.embedding.weight are {")
        .hasMessageContaining("but its settings ask for {\"dtype\":\"F32\",\"shape\":[4,2]");
  }

  @Test
  void anEmbeddingOfOnesOwnBesideConditionsIsGivenAgain() {
    Embedding own = new OneLayer(4);
    Resnet smooth = RESNET.withActivation(Activation.ELU);
    Ratio saved = ratio(BOX, smooth, Aalr.defaults(), NONE, BesideConditions.of(own, 1), 1);
    saved.save(file);
    assertSame(Ratio.load(file, LoadOptions.defaults().withEmbedding(own)), saved);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ratio.load(file))
        .withMessageContaining(OneLayer.class.getName())
        .withMessageEndingWith("LoadOptions.defaults().withEmbedding(embedding)");
  }
}
