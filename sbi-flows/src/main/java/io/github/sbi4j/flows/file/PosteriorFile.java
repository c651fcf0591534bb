package io.github.sbi4j.flows.file;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.flows.estimator.ConditionalDensity;
import io.github.sbi4j.flows.estimator.Mnle;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes the file of a posterior; users save and load through the posterior itself. */
public final class PosteriorFile {
  private PosteriorFile() {}

  /**
   * Writes a posterior, wholly or not at all; the same posterior gives the same bytes.
   *
   * @param file the file, replaced if it is there
   * @param posterior what to write
   * @throws java.io.UncheckedIOException if writing fails; a file that was there is left as it was
   * @throws IllegalStateException if weights are not finite
   */
  public static void write(Path file, SavedPosterior posterior) {
    ConditionalDensity density = posterior.density();
    Fields header =
        SavedFile.header(FileKind.POSTERIOR)
            .put("seed", posterior.seed())
            .put("density", DensityCodec.encode(density));
    OriginCodec.write(
        posterior.prior(), posterior.low(), posterior.high(), posterior.provenance(), header);
    if (!posterior.observation().isEmpty()) {
      header.put("observation", OriginCodec.array(posterior.observation()));
    }
    if (!posterior.learnedFor().isEmpty()) {
      header.put("learnedFor", OriginCodec.array(posterior.learnedFor()));
    }
    SavedFile.write(file, header, density.model().layout(), density.members());
  }

  /**
   * Reads a posterior.
   *
   * @param file the file
   * @param options what the file cannot hold
   * @return what the file holds
   * @throws SavedFileException if the file is damaged, foreign, of another kind or of a newer
   *     format
   * @throws java.io.UncheckedIOException if there is no file or it cannot be read
   * @throws IllegalArgumentException if an object that the file cannot hold is missing in the
   *     options, or is not the one the posterior was trained with
   * @throws IllegalStateException if the device is not there
   */
  public static SavedPosterior read(Path file, LoadOptions options) {
    return SavedFile.read(file, FileKind.POSTERIOR, content -> decode(content, options));
  }

  private static SavedPosterior decode(SafeTensors file, LoadOptions options) {
    Fields header = file.settings();
    ConditionalDensity density = DensityCodec.restore(header.object("density"), file, options);
    if (density.model().estimator() instanceof Mnle) {
      throw new SavedFileException(
          "density.estimator is of the kind mnle, which no direct posterior has");
    }
    Distribution prior = OriginCodec.prior(header, options, density.targets());
    int observed = density.contexts();
    List<Double> low = OriginCodec.observed(header, "low", observed);
    List<Double> high = OriginCodec.observed(header, "high", observed);
    List<Double> observation = optional(header, "observation", observed);
    List<Double> learnedFor = optional(header, "learnedFor", observed);
    @Nullable Provenance provenance =
        header.has("provenance") ? OriginCodec.provenance(header, observed) : null;
    long seed = header.integer64("seed");
    return new SavedPosterior(prior, density, low, high, seed, observation, learnedFor, provenance);
  }

  private static List<Double> optional(Fields header, String name, int count) {
    return header.has(name) ? OriginCodec.observed(header, name, count) : List.of();
  }
}
