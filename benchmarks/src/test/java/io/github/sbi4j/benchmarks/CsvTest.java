package io.github.sbi4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTest {
  @TempDir Path directory;

  @Test
  void readsARow() throws IOException {
    assertThat(Csv.readRow(file("a,b\n1,-2.5e-3\n"), 2)).containsExactly(1, -0.0025);
  }

  @Test
  void namesAMissingFile() {
    Path file = directory.resolve("missing.csv");
    assertThatThrownBy(() -> Csv.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("missing.csv");
  }

  @Test
  void rejectsATableWithoutRows() throws IOException {
    Path file = file("a,b\n");
    assertThatThrownBy(() -> Csv.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no rows");
  }

  @Test
  void rejectsSeveralRowsWhereOneIsExpected() throws IOException {
    Path file = file("a\n1\n2\n");
    assertThatThrownBy(() -> Csv.readRow(file, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has 2 rows, expected one");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("table.csv"), text);
  }
}
