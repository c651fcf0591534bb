package io.github.sbi4j.core.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lines of bounded length from a stream. */
final class LineReader {
  private final InputStream in;
  private final int limit;
  private byte[] buffer = new byte[1 << 13];
  private int from;
  private int to;

  LineReader(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /** A line that is longer than the limit. */
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1;
  }

  /** The next line without its end, or null at the end of the stream. */
  @Nullable String next() throws IOException {
    int scanned = from;
    while (true) {
      while (scanned < to && buffer[scanned] != '\n') {
        scanned++;
      }
      if (scanned - from > limit) {
        throw new TooLongException();
      }
      if (scanned < to) {
        String line = new String(buffer, from, scanned - from, StandardCharsets.UTF_8);
        from = scanned + 1;
        return line;
      }
      makeRoom();
      scanned = to;
      int n = in.read(buffer, to, buffer.length - to);
      if (n < 0) {
        return null;
      }
      to += n;
    }
  }

  private void makeRoom() {
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    if (to == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
  }
}
