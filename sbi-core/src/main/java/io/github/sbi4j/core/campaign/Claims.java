package io.github.sbi4j.core.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who simulates which rows now: byte i of an empty file stands for row i, and is locked by the
 * process that simulates it. The operating system takes the locks of a process that dies away.
 *
 * <p>A process has one such object for a campaign at a time, because closing a file takes away all
 * locks that the process holds on it.
 */
final class Claims implements AutoCloseable {
  private static final Set<Path> OPEN = new HashSet<>();

  private final Path file;
  private final FileChannel channel;

  private Claims(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static Claims open(Path directory) throws IOException {
    Path file = directory.toRealPath().resolve("claims");
    synchronized (OPEN) {
      if (!OPEN.add(file)) {
        throw new IllegalStateException(
            "this process runs the campaign in "
                + directory
                + " already; wait for that run, or give it more threads");
      }
    }
    try {
      return new Claims(
          file, FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    } catch (IOException | RuntimeException e) {
      forget(file);
      throw e;
    }
  }

  private static void forget(Path file) {
    synchronized (OPEN) {
      OPEN.remove(file);
    }
  }

  /** Locks rows; null if another process has some of them. */
  @Nullable FileLock claim(int from, int to) {
    try {
      return channel.tryLock(from, to - from, false);
    } catch (OverlappingFileLockException e) {
      throw new IllegalStateException("rows " + from + " to " + to + " were claimed twice", e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot lock rows in " + file + "; the file system has to know locks", e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      forget(file);
    }
  }
}
