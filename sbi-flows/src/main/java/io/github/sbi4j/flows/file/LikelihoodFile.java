package io.github.sbi4j.flows.file;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.flows.estimator.ConditionalDensity;
import java.nio.file.Path;

/** Reads and writes the file of a likelihood; users save and load through the likelihood itself. */
public final class LikelihoodFile {
  private LikelihoodFile() {}

  /**
   * Writes a likelihood, wholly or not at all; the same likelihood gives the same bytes.
   *
   * @param file the file, replaced if it is there
   * @param likelihood what to write
   * @throws java.io.UncheckedIOException if writing fails; a file that was there is left as it was
   * @throws IllegalStateException if weights are not finite
   */
  public static void write(Path file, SavedLikelihood likelihood) {
    ConditionalDensity density = likelihood.density();
    Fields header =
        SavedFile.header(FileKind.LIKELIHOOD).put("density", DensityCodec.encode(density));
    OriginCodec.write(
        likelihood.prior(), likelihood.low(), likelihood.high(), likelihood.provenance(), header);
    likelihood.conditions().write(header);
    SavedFile.write(file, header, density.model().layout(), density.members());
  }

  /**
   * Reads a likelihood.
   *
   * @param file the file
   * @param options what the file cannot hold
   * @return what the file holds
   * @throws SavedFileException if the file is damaged, foreign, of another kind or of a newer
   *     format
   * @throws java.io.UncheckedIOException if there is no file or it cannot be read
   * @throws IllegalArgumentException if the prior is code that the file cannot hold and is missing
   *     in the options, or is not the one the likelihood was trained with
   * @throws IllegalStateException if the device is not there
   */
  public static SavedLikelihood read(Path file, LoadOptions options) {
    return SavedFile.read(file, FileKind.LIKELIHOOD, content -> decode(content, options));
  }

  private static SavedLikelihood decode(SafeTensors file, LoadOptions options) {
    Fields header = file.settings();
    ConditionalDensity density = DensityCodec.restore(header.object("density"), file, options);
    SavedConditions conditions = SavedConditions.read(header);
    Distribution prior = OriginCodec.prior(header, options, density.contexts() - conditions.size());
    int observed = density.targets();
    return new SavedLikelihood(
        prior,
        density,
        OriginCodec.observed(header, "low", observed),
        OriginCodec.observed(header, "high", observed),
        conditions,
        OriginCodec.provenance(header, observed));
  }
}
