package io.github.sbi4j.flows.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    assertThatIOException()
        .isThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(new byte[100_000]);
                      throw new IOException("the disk is full");
                    }))
        .withMessage("the disk is full");
    assertThat(file).hasContent("old");
    assertThat(folder).isDirectoryContaining(file::equals);
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void theOldFileIsThereUntilTheNewOneIs() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    AtomicFile.write(
        file,
        out -> {
          out.write("new".getBytes(java.nio.charset.StandardCharsets.UTF_8));
          out.flush();
          assertThat(file).hasContent("old");
        });
    assertThat(file).hasContent("new");
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    Path link = folder.resolve("link");
    try {
      Files.createSymbolicLink(link, file);
    } catch (IOException | UnsupportedOperationException e) {
      Assumptions.abort("symbolic links cannot be made here: " + e);
    }
    AtomicFile.write(link, out -> out.write('n'));
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("n");
  }
}
