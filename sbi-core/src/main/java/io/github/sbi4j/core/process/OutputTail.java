package io.github.sbi4j.core.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads what a program prints, so that it never waits for a reader, and keeps the end.
 *
 * <p>The thread is a daemon: a program that was left behind and holds the stream open stops nobody.
 */
final class OutputTail {
  /** How many bytes are kept. */
  static final int KEPT = 4096;

  private final Thread thread;
  private final byte[] ring = new byte[KEPT];
  private long count; // guarded by this

  OutputTail(InputStream stream, String name) {
    thread = new Thread(() -> drain(stream), name);
    thread.setDaemon(true);
    thread.start();
  }

  private void drain(InputStream stream) {
    byte[] chunk = new byte[KEPT];
    try {
      for (int n = stream.read(chunk); n >= 0; n = stream.read(chunk)) {
        append(chunk, n);
      }
    } catch (IOException e) {
      // The program was killed; what it printed before is kept.
    }
  }

  private synchronized void append(byte[] chunk, int n) {
    for (int i = 0; i < n; i++) {
      ring[(int) (count++ % KEPT)] = chunk[i];
    }
  }

  /** Waits a moment for the end of the output of a program that has ended. */
  void awaitEnd() {
    boolean interrupted = Thread.interrupted();
    try {
      thread.join(500);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The last bytes as text, without white space around. */
  synchronized String text() {
    int length = (int) Math.min(count, KEPT);
    byte[] last = new byte[length];
    for (int i = 0; i < length; i++) {
      last[i] = ring[(int) ((count - length + i) % KEPT)];
    }
    String text = new String(last, StandardCharsets.UTF_8).strip();
    return count > KEPT ? "..." + text : text;
  }
}
