package io.github.sbi4j.analysis.plot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Writes figures to files. */
final class FigureFiles {
  private FigureFiles() {}

  static void save(Figure figure, Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    boolean png = name.endsWith(".png");
    if (!png && !name.endsWith(".svg")) {
      throw new IllegalArgumentException(
          "cannot tell the format of '" + file + "'; end the name in .png or .svg");
    }
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      if (png) {
        writePng(figure, file);
      } else {
        writeSvg(figure, file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static void writePng(Figure figure, Path file) throws IOException {
    try (var stream = Files.newOutputStream(file)) {
      ImageIO.write(figure.toImage(2), "png", stream);
    }
  }

  private static void writeSvg(Figure figure, Path file) throws IOException {
    Files.writeString(file, FigureSvg.document(figure));
  }
}
