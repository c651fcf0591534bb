package io.github.sbi4j.flows.posterior;

import static io.github.sbi4j.flows.estimator.ColumnKind.CATEGORICAL;
import static io.github.sbi4j.flows.estimator.ColumnKind.CONTINUOUS;
import static io.github.sbi4j.flows.estimator.ColumnKind.COUNT;
import static io.github.sbi4j.flows.file.Examples.MAF;
import static io.github.sbi4j.flows.file.Examples.likelihood;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.Beta;
import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Independent;
import io.github.sbi4j.core.distribution.MultivariateNormal;
import io.github.sbi4j.core.distribution.Normal;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.mcmc.McmcSettings;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.embedding.FullyConnected;
import io.github.sbi4j.flows.estimator.ColumnKind;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.estimator.Mnle;
import io.github.sbi4j.flows.estimator.Nsf;
import io.github.sbi4j.flows.estimator.TargetColumns;
import io.github.sbi4j.flows.file.Examples.Ramp;
import io.github.sbi4j.flows.file.LoadOptions;
import io.github.sbi4j.flows.inference.SNLE;
import io.github.sbi4j.flows.potential.PotentialSource;
import io.github.sbi4j.flows.potential.TrialPotential;
import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.training.Training;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A loaded likelihood is the saved one. */
class LikelihoodSaveLoadTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final Distribution BOX =
      BoxUniform.of(new double[] {-1.0 / 3, 1e-3}, new double[] {0.1, 1}).named("α", "\"b\", c");
  private static final double[][] TRIALS = {{2, 1.0 / 3, 4}, {-1, 0.1, 0}, {7.5, 3, 1}};
  private static final Mnle MNLE =
      Mnle.defaults()
          .withContinuous(Nsf.defaults().withTransforms(1).withHiddenFeatures(3).withBins(3))
          .withHiddenFeatures(3)
          .withHiddenLayers(1)
          .withActivation(Activation.ELU);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("likelihood.safetensors");
  }

  static Stream<Distribution> priors() {
    return Stream.of(
        BOX,
        MultivariateNormal.of(new double[] {-0.0, 0.1}, new double[][] {{2, 0.1}, {0.1, 1.0 / 3}}),
        Independent.of(BOX, Beta.of(2.1, 1.0 / 3)).named("a", "b", "c"));
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
  void everyPriorAndEstimatorComesBack(Distribution prior, DensityEstimator estimator) {
    Likelihood saved = likelihood(prior, estimator);
    assertComesBack(saved);
  }

  private static TargetColumns columns(ColumnKind... kinds) {
    double[][] categories = {{-1, 2, 7.5}, {0.1, 1.0 / 3, 3}, {0, 1, 2, 4}};
    for (int j = 0; j < kinds.length; j++) {
      categories[j] = kinds[j] == CATEGORICAL ? categories[j] : new double[0];
    }
    return TargetColumns.of(List.of(kinds), categories);
  }

  /** Log for the second column, counts that begin at zero for the third. */
  private static Support support() {
    return Support.box(
        new double[] {-INFINITY, 0, -0.5}, new double[] {INFINITY, INFINITY, INFINITY});
  }

  static Stream<Arguments> mixtures() {
    return Stream.of(
            columns(CATEGORICAL, CONTINUOUS, COUNT),
            columns(CATEGORICAL, CATEGORICAL, CONTINUOUS),
            columns(CATEGORICAL, CATEGORICAL, CATEGORICAL),
            columns(CONTINUOUS, CONTINUOUS, COUNT))
        .flatMap(columns -> estimators().map(e -> Arguments.of(columns, MNLE.withContinuous(e))));
  }

  @ParameterizedTest
  @MethodSource("mixtures")
  void everyKindOfColumnComesBack(TargetColumns columns, Mnle estimator) {
    Likelihood saved = likelihood(BOX, estimator, columns, support(), 2);
    assertComesBack(saved);
    double[] times = saved.sample(new double[] {0, 0.5}, 100, 1).column(1);
    assertThat(Arrays.stream(times).min().orElseThrow()).isPositive();
  }

  private void assertComesBack(Likelihood saved) {
    saved.save(file);
    Likelihood loaded = Likelihood.load(file);
    assertSame(loaded, saved);
    Path again = folder.resolve("again");
    loaded.save(again);
    assertThat(again).hasSameBinaryContentAs(file);
  }

  private static void assertSame(Likelihood loaded, Likelihood saved) {
    assertThat(loaded.range()).isEqualTo(saved.range());
    assertThat(loaded.provenance()).isEqualTo(saved.provenance());
    assertThat(loaded.prior()).hasToString(saved.prior().toString());
    assertThat(loaded.prior().support()).isEqualTo(saved.prior().support());
    assertThat(loaded.density().members()).hasSameSizeAs(saved.density().members());
    assertThat(loaded.density().model().estimator())
        .hasToString(saved.density().model().estimator().toString());
    TargetColumns columns = saved.density().coordinates().columns();
    TargetColumns again = loaded.density().coordinates().columns();
    assertThat(again.kinds()).isEqualTo(columns.kinds());
    for (int j = 0; j < columns.dimension(); j++) {
      assertThat(again.categories(j)).containsExactly(columns.categories(j));
    }
    double[][] theta = new double[20][];
    for (int i = 0; i < theta.length; i++) {
      theta[i] = saved.prior().sample(RandomStreams.of(3, i));
      assertThat(loaded.prior().logProb(theta[i])).isEqualTo(saved.prior().logProb(theta[i]));
    }
    double[] logProb = saved.logProb(TRIALS, theta[0]);
    assertThat(logProb).doesNotContain(-INFINITY).isNotEqualTo(saved.logProb(TRIALS, theta[1]));
    assertThat(loaded.logProb(TRIALS, theta[0])).containsExactly(logProb);
    Samples draws = saved.sample(theta[0], 50, 8);
    assertThat(loaded.sample(theta[0], 50, 8)).isEqualTo(draws);
    assertThat(draws.names()).containsExactlyElementsOf(saved.provenance().observationNames());
    assertSamePotential(loaded, saved, theta);
  }

  private static void assertSamePotential(
      PotentialSource loaded, PotentialSource saved, double[][] theta) {
    double[] values = new double[theta.length];
    double[] expected = new double[theta.length];
    double[][] gradients = new double[theta.length][theta[0].length];
    double[][] expectedGradients = new double[theta.length][theta[0].length];
    ((TrialPotential) loaded.potential(TRIALS)).logProbGradient(theta, gradients, values);
    ((TrialPotential) saved.potential(TRIALS)).logProbGradient(theta, expectedGradients, expected);
    assertThat(expected).doesNotContain(-INFINITY);
    assertThat(values).containsExactly(expected);
    assertThat(gradients).isDeepEqualTo(expectedGradients);
  }

  private static Likelihood mixed(int members) {
    return likelihood(BOX, MNLE, columns(CATEGORICAL, CONTINUOUS, COUNT), support(), members);
  }

  @Test
  void whatOneEngineSavedAnotherLoads() {
    Likelihood saved = mixed(2);
    saved.save(file);
    Likelihood loaded = Likelihood.load(file, Device.torch());
    double[] theta = {0, 0.5};
    assertThat(loaded.logProb(TRIALS, theta))
        .containsExactly(saved.logProb(TRIALS, theta), within(1e-4));
    Path again = folder.resolve("again");
    loaded.save(again);
    assertThat(again).hasSameBinaryContentAs(file);
  }

  @Test
  void posteriorsOfALoadedLikelihoodDrawTheSame() {
    Likelihood saved = mixed(1);
    saved.save(file);
    Likelihood loaded = Likelihood.load(file);
    McmcSettings quick = McmcSettings.defaults().withWarmUp(20);
    List<Function<Likelihood, Posterior>> posteriors =
        List.of(
            source ->
                McmcPosterior.of(source, 5)
                    .withChains(4)
                    .withCandidates(100)
                    .withSettings(quick)
                    .given(TRIALS),
            source -> RejectionPosterior.of(source, 5).given(TRIALS),
            source -> ImportancePosterior.of(source, 5).given(TRIALS));
    for (Function<Likelihood, Posterior> posterior : posteriors) {
      assertThat(posterior.apply(loaded).sample(40)).isEqualTo(posterior.apply(saved).sample(40));
    }
  }

  @Test
  void aLoadedLikelihoodServesManyThreads() {
    Likelihood saved = mixed(2);
    saved.save(file);
    Likelihood loaded = Likelihood.load(file);
    double[] theta = {0, 0.5};
    double[] expected = saved.logProb(TRIALS, theta);
    double[][] drawn = saved.sample(theta, 20, 3).toArray();
    IntStream.range(0, 200)
        .parallel()
        .forEach(
            i -> {
              assertThat(loaded.logProb(TRIALS, theta)).containsExactly(expected);
              assertThat(loaded.sample(theta, 20, 3).toArray()).isDeepEqualTo(drawn);
            });
  }

  /** Columns that are positive, heavy-tailed, choices and counts, with an ensemble. */
  @Test
  void aTrainedLikelihoodComesBack() {
    Simulations simulations =
        Simulations.run(
            (theta, random) -> {
              double choice = random.nextDouble() < theta[1] ? 1 : 0;
              double time = Math.exp(theta[0] + 0.1 * random.nextGaussian());
              double heavy = theta[0] + random.nextGaussian() / random.nextGaussian();
              return new double[] {choice, time, heavy, random.nextInt(30)};
            },
            BOX,
            300,
            1);
    SNLE inference =
        SNLE.with(BOX)
            .densityEstimator(MNLE.withColumns(CATEGORICAL, CONTINUOUS, CONTINUOUS, COUNT))
            .observationSupport(
                Support.box(
                    new double[] {-INFINITY, 0, -INFINITY, -0.5},
                    new double[] {INFINITY, INFINITY, INFINITY, INFINITY}))
            .training(Training.defaults().withMaxEpochs(2))
            .ensemble(2)
            .seed(7)
            .appendSimulations(simulations)
            .train();
    Likelihood saved = inference.buildLikelihood();
    assertThat(saved.density().coordinates().targets().compressedColumns()).contains(1);
    saved.save(file);
    Likelihood loaded = Likelihood.load(file);
    assertThat(loaded.provenance()).isEqualTo(saved.provenance());
    assertThat(loaded.provenance().rows()).isEqualTo(300);
    double[][] x = simulations.observations().toArray();
    double[][] theta = simulations.parameters().toArray();
    assertThat(loaded.logProb(x, theta)).containsExactly(saved.logProb(x, theta));
    double[] unknown = {2, 1, 0, 3};
    double[] outside = {1, -1, 0, 3};
    assertThat(loaded.logProb(new double[][] {unknown, outside}, theta[0]))
        .containsExactly(-INFINITY, -INFINITY);
  }

  @Test
  void aPriorOfOnesOwnIsGivenAgain() {
    Likelihood saved = likelihood(new Ramp().named("slope"), MAF);
    saved.save(file);
    LoadOptions options = LoadOptions.defaults().withPrior(saved.prior());
    assertSame(Likelihood.load(file, options), saved);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Likelihood.load(file))
        .withMessage(
            "the prior is of the class "
                + Ramp.class.getName()
                + " over [slope], which is code that a file cannot hold; give it again with"
                + " LoadOptions.defaults().withPrior(prior)");
    LoadOptions other = LoadOptions.defaults().withPrior(Normal.of(0, 1).named("slope"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Likelihood.load(file, other))
        .withMessageContaining("the prior given has the support (-Infinity, Infinity)");
  }

  @Test
  void networksThatALikelihoodDoesNotHaveAreRefused() {
    mixed(1).save(file);
    FullyConnected network = FullyConnected.defaults();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Likelihood.load(file, LoadOptions.defaults().withEmbedding(network)))
        .withMessage(
            "the embedding given is " + network + ", but the saved one is Identity; leave it out");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Likelihood.load(file, LoadOptions.defaults().withParameterEmbedding(network)))
        .withMessage(
            "a network that embeds parameters is given, which only a ratio has; leave out"
                + " LoadOptions.withParameterEmbedding");
  }
}
