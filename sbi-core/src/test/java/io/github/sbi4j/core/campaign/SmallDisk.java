package io.github.sbi4j.core.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A file system of a megabyte in memory, where the user may mount one. */
record SmallDisk(Path path, boolean isMounted) implements AutoCloseable {
  static SmallDisk mount(Path parent) throws IOException, InterruptedException {
    Path path = Files.createDirectory(parent.resolve("disk"));
    boolean mounted = command("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", path.toString());
    return new SmallDisk(path, mounted);
  }

  void resize(String size) throws IOException, InterruptedException {
    remount("remount,size=" + size);
  }

  void readOnly() throws IOException, InterruptedException {
    remount("remount,ro");
  }

  private void remount(String options) throws IOException, InterruptedException {
    if (!command("mount", "-o", options, path.toString())) {
      throw new IOException("cannot mount again with " + options);
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (isMounted) {
      command("umount", "-l", path.toString());
    }
  }

  private static boolean command(String... words) throws IOException, InterruptedException {
    try {
      Process process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no such command
    }
  }
}
