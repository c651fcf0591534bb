package io.github.sbi4j.flows.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Files that are written wholly or not at all.
 *
 * <p>An interrupt of the thread does not cut reading or writing short: whoever stops training by
 * one would otherwise be unable to save what was learned. It stays set.
 */
final class AtomicFile {
  private AtomicFile() {}

  /** What is written to a file. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Something that reads or writes files. */
  private interface Work<T> {
    T run() throws IOException;
  }

  /**
   * Writes to a file beside the target, which it becomes when all is on the disk. Where the file
   * system cannot put one file in the place of another in one step, it is moved in two.
   */
  static void write(Path file, Content content) throws IOException {
    uninterrupted(
        () -> {
          replace(target(file), content);
          return file;
        });
  }

  static byte[] read(Path file) throws IOException {
    return uninterrupted(() -> Files.readAllBytes(file));
  }

  /** The file itself where a link to it is given. */
  private static Path target(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("it is a folder");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException("there is no folder " + folder);
    }
    return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
  }

  private static void replace(Path target, Content content) throws IOException {
    Path draft =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      try (FileChannel channel =
              FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          OutputStream out = Channels.newOutputStream(channel)) {
        content.writeTo(out);
        channel.force(true);
      }
      try {
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static <T> T uninterrupted(Work<T> work) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      return work.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
