package io.github.sbi4j.flows.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Normal;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.embedding.FullyConnected;
import io.github.sbi4j.flows.estimator.ColumnKind;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.estimator.Mnle;
import io.github.sbi4j.flows.estimator.TargetColumns;
import io.github.sbi4j.flows.posterior.Likelihood;
import io.github.sbi4j.flows.posterior.Ratio;
import io.github.sbi4j.flows.ratio.Mlp;
import io.github.sbi4j.flows.ratio.Resnet;
import io.github.sbi4j.flows.ratio.Sre;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is not a saved likelihood or ratio is refused, and said what it is. */
class DamagedKindsTest {
  private static final Distribution PRIOR = Normal.of(0, 1);
  private static final Maf MAF =
      Maf.defaults().withTransforms(1).withHiddenFeatures(2).withHiddenLayers(1);
  private static final Mnle MNLE =
      Mnle.defaults().withContinuous(MAF).withHiddenFeatures(2).withHiddenLayers(1);
  private static final TargetColumns COLUMNS =
      TargetColumns.of(
          List.of(ColumnKind.CATEGORICAL, ColumnKind.CONTINUOUS, ColumnKind.COUNT),
          new double[][] {{0, 1}, {}, {}});

  @TempDir Path folder;
  private Path file;
  private byte[] likelihood;
  private byte[] ratio;

  @BeforeEach
  void save() throws IOException {
    file = folder.resolve("file");
    Examples.likelihood(PRIOR, MNLE, COLUMNS, Support.real(3), 1).save(file);
    likelihood = Files.readAllBytes(file);
    Resnet resnet = Resnet.defaults().withHiddenFeatures(2).withBlocks(1);
    FullyConnected network = FullyConnected.defaults().withHiddenFeatures(3).withOutputs(2);
    Examples.ratio(PRIOR, resnet, Sre.defaults(), network, Embedding.identity(), 1).save(file);
    ratio = Files.readAllBytes(file);
  }

  private void assertLikelihoodRefused(String setting, String other, String problem)
      throws IOException {
    assertRefused(Likelihood::load, Forged.with(likelihood, setting, other), problem);
  }

  private void assertRatioRefused(String setting, String other, String problem) throws IOException {
    assertRefused(Ratio::load, Forged.with(ratio, setting, other), problem);
  }

  private void assertRefused(Consumer<Path> load, byte[] bytes, String problem) throws IOException {
    Files.write(file, bytes);
    assertThatThrownBy(() -> load.accept(file))
        .isInstanceOf(SavedFileException.class)
        .hasMessage("cannot load " + file + ": " + problem);
  }

  @Test
  void columnsThatDoNotFitAreRefused() throws IOException {
    String categories = "\"categories\":[0.0,1.0]";
    String expected =
        "density is not valid: column 0 is CATEGORICAL with the categories %s, expected at least"
            + " one finite value, rising";
    assertLikelihoodRefused(
        categories, "\"categories\":[1,0]", String.format(expected, "[1.0, 0.0]"));
    assertLikelihoodRefused(
        categories, "\"categories\":[1,1]", String.format(expected, "[1.0, 1.0]"));
    assertLikelihoodRefused(
        categories, "\"categories\":[0,\"NaN\"]", String.format(expected, "[0.0, NaN]"));
    assertLikelihoodRefused(categories, "\"categories\":[]", String.format(expected, "[]"));
    assertLikelihoodRefused("," + categories, "", "density.columns[0] has no field categories");
    assertLikelihoodRefused(
        "\"COUNT\"",
        "\"ODD\"",
        "density.columns[2] is not valid: No enum constant " + ColumnKind.class.getName() + ".ODD");
    assertLikelihoodRefused(
        ",{\"kind\":\"COUNT\"}",
        "",
        "density is not valid: the support has 3 values, but 2 columns are described");
    assertLikelihoodRefused(
        "\"columns\":",
        "\"odd\":",
        "density.estimator does not fit the columns [CONTINUOUS, CONTINUOUS, CONTINUOUS]: " + MNLE);
    assertLikelihoodRefused(
        categories,
        "\"categories\":[0,1,2]",
        "its weights member.0.categorical.0.output.weight are"
            + " {\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[16,40]}, but its settings ask"
            + " for {\"dtype\":\"F32\",\"shape\":[3,3],\"data_offsets\":[16,52]}");
  }

  @Test
  void otherSettingsThatDoNotFitAreRefused() throws IOException {
    assertLikelihoodRefused(
        "\"continuous\":{\"kind\":\"maf\"",
        "\"continuous\":{\"kind\":\"linear\"",
        "density.estimator.continuous is of the kind linear, which this version does not know");
    assertLikelihoodRefused(
        "\"high\":[10.0,", "\"high\":[", "high has 2 values, but the networks take 3");
    assertLikelihoodRefused(
        "\"observationNames\":[\"choice\",",
        "\"observationNames\":[",
        "provenance.observationNames has 2 values, but the networks take 3");
    assertLikelihoodRefused(
        "\"provenance\":", "\"provenence\":", "the header has no field provenance");
    assertRatioRefused(
        "\"kind\":\"sre\"",
        "\"kind\":\"java.lang.Runtime\"",
        "ratio.loss is of the kind java.lang.Runtime, which this version does not know");
    assertRatioRefused(
        "\"atoms\":10",
        "\"atoms\":1",
        "ratio.loss is not valid: atoms must be at least 2, but is 1");
    assertRatioRefused(
        "\"blocks\":1",
        "\"blocks\":0",
        "ratio.classifier is not valid: blocks must be at least 1, but is 0");
    assertRatioRefused(
        "\"parameterEmbedding\":", "\"embeddings\":", "ratio has no field parameterEmbedding");
    assertRatioRefused("\"low\":[-10.0,", "\"low\":[", "low has 2 values, but the networks take 3");
  }

  /** A Mnle is a likelihood: a file that has one as posterior was not made here. */
  @Test
  void aPosteriorIsNoMixedDensity() throws IOException {
    Files.write(
        file,
        Forged.with(
            likelihood, "\"kind\":\"likelihood\"", "\"kind\":\"direct posterior\",\"seed\":1"));
    assertThatThrownBy(() -> PosteriorFile.read(file, LoadOptions.defaults()))
        .isInstanceOf(SavedFileException.class)
        .hasMessageEndingWith(
            "density.estimator is of the kind mnle, which no direct posterior has");
  }

  @Test
  void hugeNetworksAreNotBuilt() throws IOException {
    String huge = "\"hiddenFeatures\":1999999999";
    String small = "\"hiddenFeatures\":2";
    assertAsksForTooMuch(Likelihood::load, Forged.with(likelihood, small, huge), "density.est");
    String deep = "\"hiddenLayers\":1999999999";
    assertAsksForTooMuch(
        Likelihood::load, Forged.with(likelihood, "\"hiddenLayers\":1", deep), "density.est");
    assertAsksForTooMuch(Ratio::load, Forged.with(ratio, small, huge), "ratio.classifier");
    assertAsksForTooMuch(
        Ratio::load,
        Forged.with(ratio, "\"blocks\":1", "\"blocks\":1999999999"),
        "ratio.classifier");
    assertAsksForTooMuch(
        Ratio::load, Forged.with(ratio, "\"hiddenFeatures\":3", huge), "ratio.parameterEmbedding");
    Mlp mlp = Mlp.defaults().withHiddenFeatures(2);
    Embedding none = Embedding.identity();
    Examples.ratio(PRIOR, mlp, Sre.defaults(), none, none, 1).save(file);
    assertAsksForTooMuch(
        Ratio::load, Forged.with(Files.readAllBytes(file), small, huge), "ratio.classifier");
  }

  /** One network for each of very many columns of categories, each seeing all before. */
  @Test
  void networksOfVeryManyCategoriesAreNotBuilt() throws IOException {
    String column = "{\"kind\":\"CATEGORICAL\",\"categories\":[0.0,1.0]}";
    String many = column + ("," + column).repeat(5_000);
    byte[] forged =
        Forged.with(
            Forged.with(likelihood, column, many),
            "\"hiddenLayers\":1,\"activation\":\"RELU\"",
            "\"hiddenLayers\":0,\"activation\":\"RELU\"");
    assertAsksForTooMuch(Likelihood::load, forged, "density.estimator");
  }

  private void assertAsksForTooMuch(Consumer<Path> load, byte[] bytes, String what)
      throws IOException {
    Files.write(file, bytes);
    assertThatThrownBy(() -> load.accept(file))
        .isInstanceOf(SavedFileException.class)
        .hasMessageContaining(": " + what)
        .hasMessageContaining("asks for more weights than the ");
  }

  @Test
  void damageIsNamed() throws IOException {
    assertDamageIsNamed(likelihood, Likelihood::load);
    assertDamageIsNamed(ratio, Ratio::load);
    Files.write(file, likelihood);
    Likelihood loaded = Likelihood.load(file);
    assertThatThrownBy(() -> loaded.save(folder))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("cannot save " + folder + ": it is a folder");
  }

  private void assertDamageIsNamed(byte[] good, Consumer<Path> load) throws IOException {
    int weights = good.length - 8 - Forged.headerLength(good);
    assertRefused(
        load,
        Arrays.copyOf(good, good.length - 3),
        String.format(
            "it is cut short: its weights should have %d bytes, %d are there",
            weights, weights - 3));
    byte[] flipped = good.clone();
    flipped[good.length - 1] ^= 1;
    assertRefused(
        load,
        flipped,
        "it is damaged: its checksum is not that of its content, which has changed since it was"
            + " saved");
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> load.accept(missing))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("cannot load " + missing + ": there is no " + missing);
  }

  /**
   * Someone may change a header and put a valid checksum on it: then checks of its content hold.
   */
  @Test
  void noHeaderMakesLoadingFailInAnotherWay() {
    assertNoOtherFailure(likelihood, Likelihood::load);
    assertNoOtherFailure(ratio, Ratio::load);
  }

  private void assertNoOtherFailure(byte[] good, Consumer<Path> load) {
    int length = Forged.headerLength(good);
    RandomGenerator random = RandomStreams.of(3, 0);
    String letters = "0123456789-+.eE\"{}[]:,\\ aN";
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          int refused = 0;
          for (int i = 0; i < 300; i++) {
            byte[] bytes = good.clone();
            int at = 8 + random.nextInt(length);
            bytes[at] = (byte) letters.charAt(random.nextInt(letters.length()));
            SafeTensors.sign(bytes);
            Files.write(file, bytes);
            Throwable thrown = catchThrowable(() -> load.accept(file));
            if (thrown != null) {
              assertThat(thrown).isInstanceOf(SavedFileException.class);
              refused++;
            }
          }
          assertThat(refused).isGreaterThan(100);
        });
  }
}
