package io.github.sbi4j.flows.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Normal;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.posterior.Likelihood;
import io.github.sbi4j.flows.posterior.Ratio;
import io.github.sbi4j.flows.ratio.Aalr;
import io.github.sbi4j.flows.ratio.Linear;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of one format that hold different things. */
class FileKindTest {
  @TempDir Path folder;
  private Path posterior;
  private Path likelihood;
  private Path ratio;

  @BeforeEach
  void save() {
    posterior = folder.resolve("posterior");
    likelihood = folder.resolve("likelihood");
    ratio = folder.resolve("ratio");
    Distribution prior = Normal.of(0, 1);
    Embedding none = Embedding.identity();
    Examples.posterior(prior, Examples.MAF).save(posterior);
    Examples.likelihood(prior, Examples.MAF).save(likelihood);
    Examples.ratio(prior, Linear.defaults(), Aalr.defaults(), none, none, 1).save(ratio);
  }

  private static void assertRefused(ThrowingCallable load, Path file, String problem) {
    assertThatThrownBy(load)
        .isInstanceOf(SavedFileException.class)
        .hasMessage("cannot load " + file + ": " + problem);
  }

  @Test
  void anotherKindIsRefusedAndTheRightCallNamed() {
    assertRefused(
        () -> DirectPosterior.load(likelihood),
        likelihood,
        "it holds a likelihood, but a direct posterior is expected; load it with Likelihood.load");
    assertRefused(
        () -> DirectPosterior.load(ratio),
        ratio,
        "it holds a ratio, but a direct posterior is expected; load it with Ratio.load");
    assertRefused(
        () -> Likelihood.load(posterior),
        posterior,
        "it holds a direct posterior, but a likelihood is expected; load it with"
            + " DirectPosterior.load");
    assertRefused(
        () -> Likelihood.load(ratio),
        ratio,
        "it holds a ratio, but a likelihood is expected; load it with Ratio.load");
    assertRefused(
        () -> Ratio.load(posterior),
        posterior,
        "it holds a direct posterior, but a ratio is expected; load it with DirectPosterior.load");
    assertRefused(
        () -> Ratio.load(likelihood),
        likelihood,
        "it holds a likelihood, but a ratio is expected; load it with Likelihood.load");
  }

  /** A file that says it is of another kind does not have what that kind needs. */
  @Test
  void aKindThatIsNotTrueIsNotBelieved() throws IOException {
    byte[] good = Files.readAllBytes(likelihood);
    Files.write(likelihood, Forged.with(good, "\"kind\":\"likelihood\"", "\"kind\":\"ratio\""));
    assertRefused(() -> Ratio.load(likelihood), likelihood, "the header has no field ratio");
    Files.write(
        likelihood, Forged.with(good, "\"kind\":\"likelihood\"", "\"kind\":\"direct posterior\""));
    assertRefused(
        () -> DirectPosterior.load(likelihood),
        likelihood,
        "the prior has 1 values, but the networks take 3");
  }

  private Path written(String resource) throws IOException {
    Path file = folder.resolve(resource);
    try (InputStream in = FileKindTest.class.getResourceAsStream(resource)) {
      Files.copy(Objects.requireNonNull(in), file);
    }
    return file;
  }

  /** Files that were saved when the format was made. */
  @Test
  void filesOfTheFormatStillLoad() throws IOException {
    DirectPosterior old = DirectPosterior.load(written("format-1-posterior.safetensors"));
    assertThat(old.names()).containsExactly("theta_1", "b");
    assertThat(old.density().members()).hasSize(2);
    assertThat(old.logProb(new double[][] {{0.1, 0.2}, {-0.3, 0.6}}))
        .containsExactly(new double[] {-2.807550322390483, -0.05098271992822134}, within(1e-5));
    double[][] x = {{2, 1.0 / 3, 4}, {-1, 0.1, 0}, {7.5, 3, 1}};
    Likelihood mixed = Likelihood.load(written("format-1-likelihood.safetensors"));
    assertThat(mixed.logProb(x, new double[] {0.1, 0.2}))
        .containsExactly(
            new double[] {-10.72932037922544, -26.40814825616963, -5.641467089840408},
            within(1e-4));
    Ratio embedded = Ratio.load(written("format-1-ratio.safetensors"));
    assertThat(embedded.logRatio(new double[][] {{0.1, 0.2}, {-0.3, 0.6}}, x[0]))
        .containsExactly(new double[] {-0.03602635989527177, -0.05979799422413391}, within(1e-5));
  }
}
