package io.github.sbi4j.flows.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Independent;
import io.github.sbi4j.core.distribution.Normal;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.flows.embedding.Convolution1d;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.embedding.FullyConnected;
import io.github.sbi4j.flows.embedding.PermutationInvariant;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is not a saved posterior is refused, and said what it is. */
class DamagedFileTest {
  private static final Distribution PRIOR =
      Independent.of(Normal.of(0, 1), BoxUniform.of(new double[] {0}, new double[] {1}).named("b"));
  private static final Maf SMALL =
      Maf.defaults().withTransforms(1).withHiddenFeatures(2).withHiddenLayers(1);

  @TempDir Path folder;
  private Path file;
  private byte[] good;

  @BeforeEach
  void save() throws IOException {
    file = folder.resolve("posterior");
    Examples.posterior(PRIOR, SMALL).given(Examples.OBSERVATION).save(file);
    good = Files.readAllBytes(file);
  }

  private void assertRefused(byte[] bytes, String problem) throws IOException {
    Files.write(file, bytes);
    assertThatThrownBy(() -> DirectPosterior.load(file))
        .isInstanceOf(SavedFileException.class)
        .hasMessage("cannot load " + file + ": " + problem);
  }

  @Test
  void theFileIsSafetensors() {
    ByteBuffer buffer = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) buffer.getLong();
    assertThat(length % 8).isZero();
    Fields header = Fields.parse(new String(good, 8, length, StandardCharsets.UTF_8), "");
    assertThat(header.object("__metadata__").names()).containsExactly("sha256", "sbi4j");
    assertThat(header.names()).contains("member.0.transforms.0.hidden.0.weight");
    assertThat(header.object("member.0.transforms.0.hidden.0.weight"))
        .hasToString("{\"dtype\":\"F32\",\"shape\":[2,5],\"data_offsets\":[0,40]}");
    assertThat(Fields.parse(header.object("__metadata__").string("sbi4j"), "").integer("format"))
        .isEqualTo(1);
  }

  @Test
  void foreignFilesAreRefused() throws IOException {
    String foreign = "it is not a file that sbi4j saved";
    assertRefused(new byte[0], foreign + ": it is empty");
    assertRefused(new byte[5], foreign + ": its first bytes are not those of its format");
    assertRefused(new byte[500], foreign + ": its first bytes are not those of its format");
    assertRefused(
        Forged.header("{\"w\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}"),
        foreign + ": it is a safetensors file without the metadata key sbi4j");
    assertRefused(
        Forged.header("{\"__metadata__\":{\"format\":\"pt\"}}"),
        foreign + ": it is a safetensors file without the metadata key sbi4j");
    assertRefused(Forged.header("{\"weights\":"), foreign + ", or it is damaged");
    assertRefused(
        Forged.header("{\"__metadata__\":"), "it is damaged: its header has 16 bytes, too few");
    assertRefused(
        Forged.header("{\"__metadata__\":{\"sbi4j\":\"{}\"}}"),
        "it is damaged: its header is not as sbi4j wrote it");
    byte[] random = new byte[2000];
    RandomStreams.of(1, 0).nextBytes(random);
    assertRefused(random, foreign + ": its first bytes are not those of its format");
  }

  @Test
  void damageIsNamed() throws IOException {
    int weights =
        good.length - 8 - (int) ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertRefused(
        Arrays.copyOf(good, good.length - 3),
        String.format(
            "it is cut short: its weights should have %d bytes, %d are there",
            weights, weights - 3));
    assertRefused(
        Arrays.copyOf(good, good.length + 3), "3 bytes follow its end, where none should be");
    assertRefused(
        Arrays.copyOf(good, 200),
        String.format(
            "it is cut short or damaged: its header should have %d bytes, 192 follow",
            good.length - weights - 8));
    byte[] flipped = good.clone();
    flipped[good.length - 1] ^= 1;
    assertRefused(
        flipped,
        "it is damaged: its checksum is not that of its content, which has changed since it was"
            + " saved");
    byte[] huge = good.clone();
    huge[6] = 127;
    Files.write(file, huge);
    assertThatThrownBy(() -> DirectPosterior.load(file))
        .isInstanceOf(SavedFileException.class)
        .hasMessageContaining("it is cut short or damaged: its header should have 357");
  }

  @Test
  void filesThatCannotBeReadOrWrittenAreErrors() throws IOException {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> DirectPosterior.load(missing))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("cannot load " + missing + ": there is no " + missing);
    assertThatThrownBy(() -> DirectPosterior.load(folder))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(
            "cannot load " + folder + ": it is a folder or another thing that is not a file");
    DirectPosterior posterior = DirectPosterior.load(file);
    assertThatThrownBy(() -> posterior.save(folder))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("cannot save " + folder + ": it is a folder");
    assertThatThrownBy(() -> posterior.save(missing.resolve("file")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("cannot save " + missing.resolve("file") + ": there is no folder " + missing);
    assertThat(folder.toFile().list()).containsExactly("posterior");
  }

  private byte[] with(String setting, String other) {
    return Forged.with(good, setting, other);
  }

  @Test
  void otherFormatsAreRefused() throws IOException {
    String versions =
        "it has format version %d and was saved by sbi4j %s, but this is sbi4j %<s, which reads"
            + " format version 1%s";
    assertRefused(
        with("\"format\":1", "\"format\":2"),
        String.format(versions, 2, LibraryVersion.get(), "; use a newer sbi4j"));
    assertRefused(
        with("\"format\":1", "\"format\":0"), String.format(versions, 0, LibraryVersion.get(), ""));
    assertRefused(
        with("direct posterior", "lost posterior"),
        "it holds a lost posterior, but a direct posterior is expected");
    assertRefused(with("\"format\":1,", ""), "the header has no field format");
  }

  @Test
  void settingsThatDoNotFitAreRefused() throws IOException {
    assertRefused(
        with("\"hiddenFeatures\":2", "\"hiddenFeatures\":3"),
        "its weights member.0.transforms.0.hidden.0.weight are"
            + " {\"dtype\":\"F32\",\"shape\":[2,5],\"data_offsets\":[0,40]}, but its settings ask"
            + " for {\"dtype\":\"F32\",\"shape\":[3,5],\"data_offsets\":[0,60]}");
    assertRefused(
        with("\"hiddenFeatures\":2", "\"hiddenFeatures\":2000000000"),
        "density.estimator asks for more weights than the "
            + weights()
            + " of the file: Maf[transforms=1, hiddenFeatures=2000000000, hiddenLayers=1,"
            + " activation=TANH]");
    assertRefused(
        with("\"transforms\":1", "\"transforms\":2"),
        "it has 4 matrices of weights, but its settings ask for 8 in each of 1 networks");
    assertRefused(
        with("\"members\":1", "\"members\":0"),
        "density.estimator asks for more weights than the 0 of the file: " + SMALL);
    assertRefused(
        with("\"transforms\":1", "\"transforms\":0"),
        "density.estimator is not valid: transforms must be at least 1, but is 0");
    assertRefused(
        with("\"kind\":\"maf\"", "\"kind\":\"java.lang.Runtime\""),
        "density.estimator is of the kind java.lang.Runtime, which this version does not know");
    assertRefused(
        with("\"kind\":\"normal\"", "\"kind\":\"odd\""),
        "prior.parts[0] is of the kind odd, which this version does not know");
    assertRefused(
        with("\"standardDeviation\":1.0", "\"standardDeviation\":-1.0"),
        "prior.parts[0] is not valid: standardDeviation is -1.0, expected a positive finite"
            + " number");
    assertRefused(
        with("\"names\":[\"theta_1\",\"b\"]", "\"names\":[\"b\"]"),
        "prior is not valid: 1 names given, [b], expected 2, one a value");
    assertRefused(
        with("\"low\":[-10.0,", "\"low\":["), "low has 2 values, but the networks take 3");
    assertRefused(
        with("\"low\":[-10.0,", "\"low\":[\"NaN\","), "low holds NaN, expected finite numbers");
    assertRefused(
        with(
            "\"lower\":[\"-Infinity\",0.0],\"upper\":[\"Infinity\",1.0]}",
            "\"lower\":[0],\"upper\":[1]}"),
        "density is not valid: the support has 1 values, 2 are standardised and 2 regressed;"
            + " contexts have 3 values, 3 in the regression; they have to agree");
  }

  @Test
  void hugeEmbeddingsAreNotBuilt() throws IOException {
    FullyConnected network = FullyConnected.defaults().withHiddenFeatures(3).withOutputs(2);
    String huge = "\"hiddenFeatures\":1999999999";
    for (Embedding embedding :
        List.of(
            network,
            Convolution1d.defaults().withFilters(2).withPool(1).withNetwork(network),
            PermutationInvariant.defaults().withNetwork(network))) {
      Examples.posterior(PRIOR, SMALL, embedding, PRIOR.support(), 1).save(file);
      good = Files.readAllBytes(file);
      Files.write(file, with("\"hiddenFeatures\":3", huge));
      assertThatThrownBy(() -> DirectPosterior.load(file))
          .isInstanceOf(SavedFileException.class)
          .hasMessageContaining("density.embedding asks for more weights than the ")
          .hasMessageContaining("hiddenFeatures=1999999999");
    }
  }

  private int weights() {
    int length = (int) ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return (good.length - 8 - length) / 4;
  }

  @Test
  void weightsThatDoNotFitAreRefused() throws IOException {
    assertRefused(
        Forged.replaceHeader(good, json -> json.replace("hidden.0.bias", "hidden.0.base")),
        "it has no weights member.0.transforms.0.hidden.0.bias, which its settings ask for");
    assertRefused(
        Forged.replaceHeader(
            good, json -> json.replace("\"F32\",\"shape\":[2,5]", "\"F64\",\"shape\":[2,5]")),
        "its weights member.0.transforms.0.hidden.0.weight are"
            + " {\"dtype\":\"F64\",\"shape\":[2,5],\"data_offsets\":[0,40]}, but its settings ask"
            + " for {\"dtype\":\"F32\",\"shape\":[2,5],\"data_offsets\":[0,40]}");
    byte[] bytes = good.clone();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, Float.NaN);
    SafeTensors.sign(bytes);
    assertRefused(
        bytes,
        "value 3 of its weights member.0.transforms.0.output.bias is NaN, expected a finite"
            + " number");
    byte[] unmasked = good.clone();
    int first = good.length - 4 * weights();
    ByteBuffer.wrap(unmasked).order(ByteOrder.LITTLE_ENDIAN).putFloat(first, 1);
    SafeTensors.sign(unmasked);
    assertRefused(
        unmasked,
        "value 0 of its weights member.0.transforms.0.hidden.0.weight is 1.0, expected zero, as"
            + " its network has no such connection");
  }

  @Test
  void noByteCanChangeUnnoticed() {
    RandomGenerator random = RandomStreams.of(2, 0);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          for (int i = 0; i < good.length; i++) {
            byte[] bytes = good.clone();
            bytes[i] ^= (byte) (1 << random.nextInt(8));
            assertUnreadable(bytes);
            assertUnreadable(Arrays.copyOf(good, i));
          }
          for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            assertUnreadable(bytes);
          }
        });
  }

  private static void assertUnreadable(byte[] bytes) {
    Throwable thrown = catchThrowable(() -> SafeTensors.decode(bytes));
    assertThat(thrown).isInstanceOf(SavedFileException.class);
  }

  /**
   * Someone may change a header and put a valid checksum on it: then checks of its content hold.
   */
  @Test
  void noHeaderMakesLoadingFailInAnotherWay() {
    int length = (int) ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong();
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
            Throwable thrown = catchThrowable(() -> DirectPosterior.load(file));
            if (thrown != null) {
              assertThat(thrown).isInstanceOf(SavedFileException.class);
              refused++;
            }
          }
          assertThat(refused).isGreaterThan(100);
        });
  }

  @Test
  void weightsThatAreNotFiniteAreNotSaved() {
    ParameterLayout layout = new ParameterLayout();
    layout.add("w", 1, 2, new float[2]);
    List<float[]> members = List.of(new float[] {1, Float.NEGATIVE_INFINITY});
    assertThatThrownBy(() -> SafeTensors.encode(Fields.empty(), layout, members))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "weights are not all finite, so that the networks cannot be used or saved; look at the"
                + " training report");
  }
}
