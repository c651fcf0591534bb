package io.github.sbi4j.flows.file;

import io.github.sbi4j.flows.tensor.ParameterLayout;
import io.github.sbi4j.flows.tensor.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A file of any kind, written and read as a whole. */
final class SavedFile {
  private static final int FORMAT = 1;
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  private SavedFile() {}

  /** The fields that every file begins with. */
  static Fields header(FileKind kind) {
    return Fields.empty()
        .put("format", FORMAT)
        .put("kind", kind.text())
        .put("library", LibraryVersion.get());
  }

  /** Writes settings and the weights of each member, wholly or not at all. */
  static void write(Path file, Fields header, ParameterLayout layout, List<Weights> members) {
    byte[] bytes =
        SafeTensors.encode(header, layout, members.stream().map(Weights::toArray).toList());
    try {
      AtomicFile.write(file, out -> out.write(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot save " + file + ": " + reason(e), e);
    }
  }

  /** Reads what a file of a kind holds. */
  static <T> T read(Path file, FileKind kind, Function<SafeTensors, T> decode) {
    try {
      SafeTensors content = SafeTensors.decode(bytes(file));
      checkFormat(content.settings());
      checkKind(content.settings(), kind);
      return decode.apply(content);
    } catch (SavedFileException e) {
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

  private static void checkFormat(Fields header) {
    int format = header.integer("format");
    if (format != FORMAT) {
      throw new SavedFileException(
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
  }

  private static void checkKind(Fields header, FileKind expected) {
    String actual = header.string("kind");
    if (!actual.equals(expected.text())) {
      throw new SavedFileException(
          String.format(
              Locale.ROOT,
              "it holds a %s, but a %s is expected%s",
              actual,
              expected.text(),
              FileKind.named(actual).map(kind -> "; load it with " + kind.call()).orElse("")));
    }
  }
}
