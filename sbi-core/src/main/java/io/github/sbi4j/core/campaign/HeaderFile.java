package io.github.sbi4j.core.campaign;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The header of a campaign on the disk, written once, by the first process that comes. */
final class HeaderFile {
  private static final String NAME = "campaign.json";

  private HeaderFile() {}

  static CampaignHeader read(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    return CampaignHeader.parse(Files.readString(file), file);
  }

  /** The header that is there; the given one if there was none. */
  static CampaignHeader readOrWrite(Path directory, CampaignHeader header) throws IOException {
    if (!Files.exists(directory.resolve(NAME))) {
      Files.createDirectories(directory);
      write(directory, header);
    }
    return read(directory);
  }

  private static synchronized void write(Path directory, CampaignHeader header) throws IOException {
    Path lockFile = directory.resolve(NAME + ".lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (Files.exists(directory.resolve(NAME))) {
        return;
      }
      Path draft = directory.resolve(NAME + ".tmp");
      try (FileOutputStream out = new FileOutputStream(draft.toFile())) {
        out.write(header.toJson().getBytes(StandardCharsets.UTF_8));
        out.getFD().sync();
      }
      Files.move(draft, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
      Directories.force(directory);
    }
  }
}
