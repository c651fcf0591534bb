package io.github.sbi4j.core.campaign;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forces to the disk which files a directory has. */
final class Directories {
  private static final Logger LOG = LoggerFactory.getLogger(Campaign.class);

  private Directories() {}

  static void force(Path directory) {
    boolean interrupted = Thread.interrupted();
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows has no such thing, and needs none.
      LOG.debug("cannot force the directory {}", directory, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
