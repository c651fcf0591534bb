package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The folder that rounds are saved to: the parameters of a round, its simulations in chunks, and
 * what was trained at its end. Each file is there wholly or not at all.
 */
final class RoundsFolder {
  private final Path folder;

  private RoundsFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes the folder, or opens that of a run with the same settings.
   *
   * @param folder the folder
   * @param settings what decides the results, for people to read
   * @return the folder
   * @throws IllegalStateException if it holds a run with other settings
   */
  static RoundsFolder open(Path folder, String settings) {
    RoundsFolder opened = new RoundsFolder(folder);
    Path file = folder.resolve("settings.txt");
    try {
      Files.createDirectories(folder);
      if (!Files.exists(file)) {
        opened.write(file, draft -> writeString(draft, settings));
      }
      String found = Files.readString(file);
      if (!found.equals(settings)) {
        throw new IllegalStateException(
            folder
                + " holds rounds with other settings:\n"
                + found
                + "but these are\n"
                + settings
                + "give another folder, or the same settings to go on");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use the folder " + folder, e);
    }
    return opened;
  }

  private static void writeString(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private void write(Path file, Consumer<Path> content) {
    Path draft = file.resolveSibling("." + file.getFileName() + ".tmp");
    content.accept(draft);
    try {
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private Path parametersFile(int round) {
    return folder.resolve("round-" + round + "-parameters.csv");
  }

  private Path chunkFile(int round, int chunk) {
    return folder.resolve("round-" + round + "-simulations-" + chunk + ".csv");
  }

  /** Where what a round trained is saved. */
  Path trainedFile(int round) {
    return folder.resolve("round-" + round + ".safetensors");
  }

  boolean isDone(int round) {
    return Files.exists(trainedFile(round));
  }

  Optional<Samples> parameters(int round) {
    Path file = parametersFile(round);
    return Files.exists(file) ? Optional.of(Samples.readCsv(file)) : Optional.empty();
  }

  void save(int round, Samples parameters) {
    write(parametersFile(round), parameters::writeCsv);
  }

  Optional<Simulations> chunk(int round, int chunk, List<String> parameterNames) {
    Path file = chunkFile(round, chunk);
    return Files.exists(file)
        ? Optional.of(Simulations.readCsv(file, parameterNames))
        : Optional.empty();
  }

  void save(int round, int chunk, Simulations simulations) {
    write(chunkFile(round, chunk), simulations::writeCsv);
  }
}
