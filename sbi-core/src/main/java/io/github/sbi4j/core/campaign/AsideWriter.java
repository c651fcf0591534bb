package io.github.sbi4j.core.campaign;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows that failed or are of another width, to a file that is made for the first of them.
 */
final class AsideWriter implements AutoCloseable {
  static final String SUFFIX = ".failures";
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path path;
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
  private @Nullable FileOutputStream file;

  AsideWriter(Path path) {
    this.path = path;
  }

  void add(AsideRow row) {
    buffer.writeBytes(row.toLine());
  }

  boolean exists() {
    return file != null;
  }

  boolean isFull() {
    return buffer.size() > BUFFER_BYTES;
  }

  void flush() throws IOException {
    if (buffer.size() == 0) {
      return;
    }
    FileOutputStream out = file;
    if (out == null) {
      out = new FileOutputStream(path.toFile());
      file = out;
    }
    out.write(buffer.toByteArray());
    buffer.reset();
  }

  void force() throws IOException {
    FileOutputStream out = file;
    if (out != null) {
      out.getFD().sync();
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
