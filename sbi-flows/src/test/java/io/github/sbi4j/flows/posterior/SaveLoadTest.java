package io.github.sbi4j.flows.posterior;

import static io.github.sbi4j.flows.file.Examples.MAF;
import static io.github.sbi4j.flows.file.Examples.OBSERVATION;
import static io.github.sbi4j.flows.file.Examples.posterior;
import static io.github.sbi4j.flows.file.Examples.truncated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.Beta;
import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Exponential;
import io.github.sbi4j.core.distribution.Gamma;
import io.github.sbi4j.core.distribution.HalfNormal;
import io.github.sbi4j.core.distribution.Independent;
import io.github.sbi4j.core.distribution.LogNormal;
import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.core.distribution.Normal;
import io.github.sbi4j.core.distribution.StudentT;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.distribution.Uniform;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.embedding.Convolution1d;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.embedding.FullyConnected;
import io.github.sbi4j.flows.embedding.PermutationInvariant;
import io.github.sbi4j.flows.embedding.PermutationInvariant.Aggregation;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.estimator.Nsf;
import io.github.sbi4j.flows.file.Examples.HalfOpen;
import io.github.sbi4j.flows.file.Examples.OneLayer;
import io.github.sbi4j.flows.file.Examples.Ramp;
import io.github.sbi4j.flows.file.LoadOptions;
import io.github.sbi4j.flows.file.Provenance;
import io.github.sbi4j.flows.file.SavedFileException;
import io.github.sbi4j.flows.inference.SNPE;
import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A loaded posterior is the saved one. */
class SaveLoadTest {
  private static final Distribution BOX =
      BoxUniform.of(new double[] {-1.0 / 3, 1e-300}, new double[] {0.1, 1e300})
          .named("α", "\"b\", c");

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("posterior.safetensors");
  }

  static Stream<Distribution> priors() {
    return Stream.of(
        BOX,
        Uniform.of(-0.1, 1.0 / 3),
        Normal.of(-0.1, 1.0 / 3).named("only"),
        LogNormal.of(-0.1, 1.0 / 3),
        HalfNormal.of(1.0 / 3),
        Exponential.of(3e-7),
        Gamma.of(2.1, 1.0 / 3),
        Beta.of(2.1, 1.0 / 3),
        StudentT.of(4.1, -0.1, 1.0 / 3),
        MultivariateNormal.of(
            new double[] {-0.0, 0.1, 2},
            new double[][] {{2, 0.1, 0}, {0.1 + 1e-17, 1.0 / 3, 0.2}, {0, 0.2, 5}}),
        Independent.of(
                Independent.of(Normal.of(0, 1), Beta.of(2, 2).named("share")),
                BOX,
                Exponential.of(2).named("rate"))
            .named("a", "b", "c", "d", "e"));
  }

  static Stream<DensityEstimator> estimators() {
    return Stream.of(
        Maf.defaults().withTransforms(2).withHiddenFeatures(5).withActivation(Activation.ELU),
        Nsf.defaults().withTransforms(2).withHiddenFeatures(4).withBins(3).withBound(10.0 / 3),
        Mdn.defaults().withComponents(3).withHiddenFeatures(4).withHiddenLayers(1));
  }

  static Stream<Arguments> pairs() {
    return priors().flatMap(p -> estimators().map(e -> Arguments.of(p, e)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void everyPriorAndEstimatorComesBack(Distribution prior, DensityEstimator estimator)
      throws IOException {
    DirectPosterior saved = posterior(prior, estimator);
    saved.save(file);
    DirectPosterior loaded = DirectPosterior.load(file);
    assertSame(loaded, saved);
    assertThat(loaded.density().model().estimator()).hasToString(estimator.toString());
    assertThat(loaded.provenance()).isEmpty();
    assertThatThrownBy(() -> loaded.sample(1)).hasMessageContaining("given(observed)");
    Path again = folder.resolve("again");
    loaded.save(again);
    assertThat(again).hasSameBinaryContentAs(file);
  }

  private static void assertSame(DirectPosterior loaded, DirectPosterior saved) {
    assertThat(loaded.names()).isEqualTo(saved.names());
    assertThat(loaded.seed()).isEqualTo(saved.seed());
    assertThat(loaded.range()).isEqualTo(saved.range());
    assertThat(loaded.prior()).hasToString(saved.prior().toString());
    assertThat(loaded.prior().support()).isEqualTo(saved.prior().support());
    double[][] theta = new double[20][];
    for (int i = 0; i < theta.length; i++) {
      theta[i] = saved.prior().sample(RandomStreams.of(3, i));
      assertThat(loaded.prior().logProb(theta[i])).isEqualTo(saved.prior().logProb(theta[i]));
    }
    assertSameConditioned(loaded.given(OBSERVATION), saved.given(OBSERVATION), theta);
  }

  private static void assertSameConditioned(
      DirectPosterior loaded, DirectPosterior saved, double[][] theta) {
    double[] logProb = saved.logProb(theta);
    assertThat(logProb).isNotEqualTo(saved.given(0, 0, 0).logProb(theta));
    assertThat(loaded.logProb(theta)).isEqualTo(logProb);
    assertThat(loaded.sample(50, 8).toArray()).isDeepEqualTo(saved.sample(50, 8).toArray());
    assertThat(loaded.sample(5).toArray()).isDeepEqualTo(saved.sample(5).toArray());
  }

  @Test
  void anEnsembleTrainedOutsideUnconstrainedSpaceComesBack() {
    Distribution prior = BoxUniform.of(new double[] {-9, -9}, new double[] {9, 9});
    DirectPosterior saved = posterior(prior, MAF, Embedding.identity(), Support.real(2), 3);
    saved.save(file);
    DirectPosterior loaded = DirectPosterior.load(file);
    assertThat(loaded.density().members()).hasSize(3);
    assertThat(loaded.density().coordinates().support()).isEqualTo(Support.real(2));
    assertSame(loaded, saved);
  }

  @Test
  void aPosteriorWhoseGaussianPartIsTruncatedComesBack() throws IOException {
    Distribution prior =
        Independent.of(Uniform.of(-0.1, 1.0 / 3).named("a"), Exponential.of(2).named("b"));
    DirectPosterior saved = truncated(posterior(prior, MAF));
    saved.save(file);
    DirectPosterior loaded = DirectPosterior.load(file);
    assertThat(loaded.density().coordinates().isShifted()).isFalse();
    assertSame(loaded, saved);
    Path again = folder.resolve("again");
    loaded.save(again);
    assertThat(again).hasSameBinaryContentAs(file);
  }

  @Test
  void whatOneEngineSavedAnotherLoads() {
    DirectPosterior saved = posterior(BOX, MAF).given(OBSERVATION);
    saved.save(file);
    DirectPosterior loaded = DirectPosterior.load(file, Device.torch());
    double[][] theta = saved.sample(100, 3).toArray();
    double[] expected = saved.logProb(theta);
    double[] actual = loaded.logProb(theta);
    for (int i = 0; i < theta.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-4));
    }
    Path again = folder.resolve("again");
    loaded.save(again);
    assertThat(again).hasSameBinaryContentAs(file);
  }

  @Test
  void theObservationIsSavedToo() {
    DirectPosterior saved = posterior(BOX, MAF).given(OBSERVATION);
    saved.save(file);
    DirectPosterior loaded = DirectPosterior.load(file);
    double[][] theta = {{0, 1}, {0.05, 2}};
    assertSameConditioned(loaded, saved, theta);
  }

  @Test
  void aTrainedPosteriorTellsWhatItWasLearnedFrom() {
    Distribution prior = BoxUniform.of(new double[] {-1}, new double[] {1});
    double[][] parameters = prior.sample(50, 1).toArray();
    double[][] observations = new double[50][];
    for (int i = 0; i < observations.length; i++) {
      observations[i] = new double[] {parameters[i][0] + 0.1 * Math.sin(i), i};
    }
    Training training = Training.defaults().withMaxEpochs(1);
    SNPE inference = SNPE.with(prior).densityEstimator(MAF).training(training).seed(5);
    inference.appendSimulations(parameters, observations).train();
    DirectPosterior saved = inference.buildPosterior();
    saved.save(file);
    DirectPosterior loaded = DirectPosterior.load(file);
    assertThat(loaded.given(0, 1).sample(9).toArray())
        .isDeepEqualTo(saved.given(0, 1).sample(9).toArray());
    Provenance provenance = loaded.provenance().orElseThrow();
    assertThat(provenance)
        .isEqualTo(
            new Provenance(
                50,
                Provenance.hash(Arrays.asList(parameters), Arrays.asList(observations)),
                List.of(),
                1,
                inference.report().bestValidationLoss(),
                training.toString()));
    observations[49][1] = Math.nextUp(observations[49][1]);
    assertThat(Provenance.hash(Arrays.asList(parameters), Arrays.asList(observations)))
        .isNotEqualTo(provenance.dataHash());
  }

  @Test
  void aPriorOfOnesOwnIsGivenAgain() {
    DirectPosterior saved = posterior(new Ramp().named("slope"), MAF);
    saved.save(file);
    LoadOptions options = LoadOptions.defaults().withPrior(saved.prior());
    assertSame(DirectPosterior.load(file, options), saved);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DirectPosterior.load(file))
        .withMessage(
            "the prior is of the class "
                + Ramp.class.getName()
                + " over [slope], which is code that a file cannot hold; give it again with"
                + " LoadOptions.defaults().withPrior(prior)");
  }

  @Test
  void aPriorOfOnesOwnInsideAProductIsGivenAgain() {
    Distribution prior = Independent.of(Normal.of(0, 1), new Ramp());
    DirectPosterior saved = posterior(prior, MAF).given(OBSERVATION);
    saved.save(file);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DirectPosterior.load(file))
        .withMessageContaining("the prior is of the class " + Ramp.class.getName());
    DirectPosterior loaded = DirectPosterior.load(file, LoadOptions.defaults().withPrior(prior));
    assertThat(loaded.sample(9).toArray()).isDeepEqualTo(saved.sample(9).toArray());
    LoadOptions other =
        LoadOptions.defaults().withPrior(Independent.of(Normal.of(0.5, 1), new Ramp()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DirectPosterior.load(file, other))
        .withMessageStartingWith("the prior given is {\"kind\":\"independent\"")
        .withMessageContaining("0.5");
  }

  @Test
  void anotherPriorThanTheOneTrainedWithIsRefused() {
    posterior(new Ramp().named("slope"), MAF).save(file);
    assertRefused(
        BoxUniform.of(new double[2], new double[] {1, 1}),
        "the prior given is over 2 values, but the saved one over the 1 values [slope]");
    assertRefused(
        new Ramp(),
        "the prior given names its values [theta_1], but the saved one [slope]; use"
            + " prior.named(...)");
    assertRefused(
        new HalfOpen().named("slope"),
        "the prior given has the support (0.0, Infinity), but the saved one (0.0, 2.0)");
    assertRefused(Uniform.of(0, 2).named("slope"), "the prior given is {\"kind\":\"uniform\"");
  }

  private void assertRefused(Distribution prior, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DirectPosterior.load(file, LoadOptions.defaults().withPrior(prior)))
        .withMessageStartingWith(message);
  }

  static Stream<Embedding> embeddings() {
    FullyConnected small =
        FullyConnected.defaults()
            .withOutputs(2)
            .withHiddenLayers(1)
            .withHiddenFeatures(3)
            .withActivation(Activation.ELU);
    PermutationInvariant trials =
        PermutationInvariant.defaults()
            .withTrialNetwork(small.withHiddenFeatures(5))
            .withNetwork(small);
    return Stream.of(
        small,
        FullyConnected.defaults().withHiddenLayers(0),
        Convolution1d.defaults().withFilters(4, 2).withKernel(3).withPool(1).withNetwork(small),
        Convolution1d.defaults().withChannels(3).withFilters(2).withPool(1),
        trials.withAggregation(Aggregation.SUM),
        trials.withFeatures(3),
        trials.withFeatures(2).withVariableTrials());
  }

  @ParameterizedTest
  @MethodSource("embeddings")
  void anEmbeddingOfTheLibraryIsInTheFile(Embedding embedding) {
    DirectPosterior saved = posterior(BOX, MAF, embedding, BOX.support(), 1);
    saved.save(file);
    DirectPosterior loaded = DirectPosterior.load(file);
    assertThat(loaded.density().model().embedding()).hasToString(embedding.toString());
    assertThat(logProbs(loaded)).containsExactly(logProbs(saved));
  }

  /** At an observation that every embedding can see: one trial of two values, or three values. */
  private static double[] logProbs(DirectPosterior posterior) {
    double[][] points = {{-0.1, 1e-3}, {0.05, 2}};
    return posterior.given(1, -2.0 / 3, 0.5).logProb(points);
  }

  @Test
  void anEmbeddingOfOnesOwnIsGivenAgain() {
    Embedding embedding = new OneLayer(2);
    DirectPosterior saved = posterior(BOX, MAF, embedding, BOX.support(), 1);
    saved.save(file);
    assertSame(DirectPosterior.load(file, LoadOptions.defaults().withEmbedding(embedding)), saved);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DirectPosterior.load(file))
        .withMessage(
            "the embedding network is of the class "
                + OneLayer.class.getName()
                + ", which is code that a file cannot hold; give it"
                + " again with LoadOptions.defaults().withEmbedding(embedding)");
    LoadOptions wider = LoadOptions.defaults().withEmbedding(new OneLayer(4));
    assertThatThrownBy(() -> DirectPosterior.load(file, wider))
        .isInstanceOf(SavedFileException.class)
        .hasMessageContaining("its weights member.0.embedding.weight are {")
        .hasMessageContaining("but its settings ask for {\"dtype\":\"F32\",\"shape\":[4,3]");
  }

  @Test
  void anEmbeddingThatTheFileHoldsIsNotReplaced() {
    posterior(BOX, MAF).save(file);
    LoadOptions options = LoadOptions.defaults().withEmbedding(new OneLayer(3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DirectPosterior.load(file, options))
        .withMessage(
            "the embedding given is OneLayer[features=3], but the saved one is Identity; leave it"
                + " out");
    LoadOptions same = LoadOptions.defaults().withEmbedding(Embedding.identity()).withPrior(BOX);
    assertThat(DirectPosterior.load(file, same).names()).isEqualTo(BOX.names());
  }

  @Test
  void anInterruptDoesNotKeepFromSaving() throws IOException {
    DirectPosterior saved = posterior(BOX, MAF);
    Thread.currentThread().interrupt();
    try {
      saved.save(file);
      DirectPosterior.load(file);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(Files.size(file)).isGreaterThan(1000);
  }
}
