package io.github.sbi4j.flows.file;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.flows.ratio.ConditionalRatio;
import java.nio.file.Path;

/** Reads and writes the file of a ratio; users save and load through the ratio itself. */
public final class RatioFile {
  private RatioFile() {}

  /**
   * Writes a ratio, wholly or not at all; the same ratio gives the same bytes.
   *
   * @param file the file, replaced if it is there
   * @param saved what to write
   * @throws java.io.UncheckedIOException if writing fails; a file that was there is left as it was
   * @throws IllegalStateException if weights are not finite
   */
  public static void write(Path file, SavedRatio saved) {
    ConditionalRatio ratio = saved.ratio();
    Fields header = SavedFile.header(FileKind.RATIO).put("ratio", RatioCodec.encode(ratio));
    OriginCodec.write(saved.prior(), saved.low(), saved.high(), saved.provenance(), header);
    saved.conditions().write(header);
    SavedFile.write(file, header, ratio.model().layout(), ratio.members());
  }

  /**
   * Reads a ratio.
   *
   * @param file the file
   * @param options what the file cannot hold
   * @return what the file holds
   * @throws SavedFileException if the file is damaged, foreign, of another kind or of a newer
   *     format
   * @throws java.io.UncheckedIOException if there is no file or it cannot be read
   * @throws IllegalArgumentException if an object that the file cannot hold is missing in the
   *     options, or is not the one the ratio was trained with
   * @throws IllegalStateException if the device is not there
   */
  public static SavedRatio read(Path file, LoadOptions options) {
    return SavedFile.read(file, FileKind.RATIO, content -> decode(content, options));
  }

  private static SavedRatio decode(SafeTensors file, LoadOptions options) {
    Fields header = file.settings();
    ConditionalRatio ratio = RatioCodec.restore(header.object("ratio"), file, options);
    Distribution prior = OriginCodec.prior(header, options, ratio.parameters().columns());
    SavedConditions conditions = SavedConditions.read(header);
    int observed = ratio.observations().columns() - conditions.size();
    return new SavedRatio(
        prior,
        ratio,
        OriginCodec.observed(header, "low", observed),
        OriginCodec.observed(header, "high", observed),
        conditions,
        OriginCodec.provenance(header, observed));
  }
}
