package io.github.sbi4j.flows.file;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.flows.estimator.ConditionalDensity;
import io.github.sbi4j.flows.tensor.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads and writes the file of a posterior; users save and load through the posterior itself. */
public final class PosteriorFile {
  private static final int FORMAT = 1;
  private static final int LARGEST = Integer.MAX_VALUE - 8;
  private static final String KIND = "direct posterior";

  private PosteriorFile() {}

  /**
   * Writes a posterior, wholly or not at all; the same posterior gives the same bytes.
   *
   * @param file the file, replaced if it is there
   * @param posterior what to write
   * @throws UncheckedIOException if writing fails; a file that was there is left as it was
   */
  public static void write(Path file, SavedPosterior posterior) {
    ConditionalDensity density = posterior.density();
    byte[] bytes =
        SafeTensors.encode(
            encode(posterior),
            density.model().layout(),
            density.members().stream().map(Weights::toArray).toList());
    try {
      AtomicFile.write(file, out -> out.write(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot save the posterior to " + file + ": " + reason(e), e);
    }
  }

  /**
   * Reads a posterior.
   *
   * @param file the file
   * @param options what the file cannot hold
   * @return what the file holds
   * @throws PosteriorFileException if the file is damaged, foreign, or of a newer format
   * @throws UncheckedIOException if there is no file or it cannot be read
   * @throws IllegalArgumentException if an object that the file cannot hold is missing in the
   *     options, or is not the one the posterior was trained with
   * @throws IllegalStateException if the device is not there
   */
  public static SavedPosterior read(Path file, LoadOptions options) {
    try {
      return decode(SafeTensors.decode(bytes(file)), options);
    } catch (PosteriorFileException e) {
      throw e.in(file);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      // A pipe or a device might never end.
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new IOException("it is a folder or another thing that is not a file");
      }
      if (Files.size(file) > LARGEST) {
        throw new IOException("it has " + Files.size(file) + " bytes, more than 2 GiB");
      }
      return AtomicFile.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot load " + file + ": " + reason(e), e);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException missing) {
      return "there is no " + missing.getFile();
    }
    return String.valueOf(e.getMessage());
  }

  private static Fields encode(SavedPosterior posterior) {
    Fields header =
        Fields.empty()
            .put("format", FORMAT)
            .put("kind", KIND)
            .put("library", LibraryVersion.get())
            .put("seed", posterior.seed())
            .put("prior", PriorCodec.encode(posterior.prior()))
            .put("density", DensityCodec.encode(posterior.density()))
            .put("low", array(posterior.low()))
            .put("high", array(posterior.high()));
    if (!posterior.observation().isEmpty()) {
      header.put("observation", array(posterior.observation()));
    }
    Provenance provenance = posterior.provenance();
    if (provenance != null) {
      header.put("provenance", encode(provenance));
    }
    return header;
  }

  private static SavedPosterior decode(SafeTensors file, LoadOptions options) {
    Fields header = file.settings();
    checkFormat(header);
    Distribution prior = PriorCodec.restore(header.object("prior"), options.prior());
    ConditionalDensity density = DensityCodec.restore(header.object("density"), file, options);
    checkCount("the prior", prior.dimension(), density.targets());
    List<Double> low = observed(header, "low", density);
    List<Double> high = observed(header, "high", density);
    List<Double> observation =
        header.has("observation") ? observed(header, "observation", density) : List.of();
    @Nullable Provenance provenance =
        header.has("provenance") ? provenance(header.object("provenance")) : null;
    long seed = header.integer64("seed");
    return new SavedPosterior(prior, density, low, high, seed, observation, provenance);
  }

  private static void checkFormat(Fields header) {
    int format = header.integer("format");
    if (format != FORMAT) {
      throw new PosteriorFileException(
          String.format(
              Locale.ROOT,
              "it has format version %d and was saved by sbi4j %s, but this is sbi4j %s, which"
                  + " reads format version %d%s",
              format,
              header.string("library"),
              LibraryVersion.get(),
              FORMAT,
              format > FORMAT ? "; use a newer sbi4j" : ""));
    }
    String kind = header.string("kind");
    if (!kind.equals(KIND)) {
      throw new PosteriorFileException(
          String.format(Locale.ROOT, "it holds a %s, but a %s is expected", kind, KIND));
    }
  }

  private static List<Double> observed(Fields header, String name, ConditionalDensity density) {
    double[] values = header.numbers(name);
    checkCount(name, values.length, density.contexts());
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new PosteriorFileException(name + " holds " + value + ", expected finite numbers");
      }
    }
    return Arrays.stream(values).boxed().toList();
  }

  private static void checkCount(String name, int actual, int expected) {
    if (actual != expected) {
      throw new PosteriorFileException(
          String.format(
              Locale.ROOT, "%s has %d values, but the density is of %d", name, actual, expected));
    }
  }

  private static Fields encode(Provenance provenance) {
    return Fields.empty()
        .put("rows", provenance.rows())
        .put("dataHash", provenance.dataHash())
        .putStrings("observationNames", provenance.observationNames())
        .put("epochs", provenance.epochs())
        .put("validationLoss", provenance.validationLoss())
        .put("training", provenance.training());
  }

  private static Provenance provenance(Fields saved) {
    return new Provenance(
        saved.integer("rows"),
        saved.string("dataHash"),
        saved.strings("observationNames"),
        saved.integer("epochs"),
        saved.number("validationLoss"),
        saved.string("training"));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
