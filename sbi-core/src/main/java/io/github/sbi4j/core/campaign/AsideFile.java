package io.github.sbi4j.core.campaign;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A file of rows that failed or are of another width, read as it grows. */
final class AsideFile implements ScannedFile {
  private final Path path;
  private long read;
  private int damaged;

  AsideFile(Path path) {
    this.path = path;
  }

  @Override
  public int damaged() {
    return damaged;
  }

  void scan(Consumer<AsideRow> found) throws IOException {
    byte[] bytes;
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      bytes = new byte[(int) Math.min(Integer.MAX_VALUE - 8L, file.length() - read)];
      file.seek(read);
      file.readFully(bytes);
    }
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        AsideRow row = AsideRow.parse(new String(bytes, from, i - from, StandardCharsets.UTF_8));
        if (row == null) {
          damaged++;
        } else {
          found.accept(row);
        }
        from = i + 1;
      }
    }
    read += from;
  }
}
