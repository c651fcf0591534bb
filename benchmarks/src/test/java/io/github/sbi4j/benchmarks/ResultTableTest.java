package io.github.sbi4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sbi4j.benchmarks.algorithm.Outcome;
import io.github.sbi4j.benchmarks.algorithm.Settings;
import io.github.sbi4j.benchmarks.task.TwoMoons;
import io.github.sbi4j.core.sample.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultTableTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("results.csv");
  }

  @Test
  void knowsTheCellsOfAnEarlierRun() {
    ResultTable.open(file).append(results(cell(1)));
    ResultTable table = ResultTable.open(file);
    assertThat(table.contains(cell(1).identity())).isTrue();
    assertThat(table.contains(cell(2).identity())).isFalse();
    table.append(results(cell(2)));
    assertThat(table.contains(cell(2).identity())).isTrue();
    assertThat(file).content().hasLineCount(3);
  }

  @Test
  void leavesANumberThatDoesNotApplyEmpty() {
    ResultTable.open(file).append(results(cell(1)));
    assertThat(file).content().doesNotContain("NaN").contains(",0.55,");
  }

  @Test
  void rejectsAFileOfAnotherKind() throws IOException {
    Files.writeString(file, "a,b\n1,2\n");
    assertThatThrownBy(() -> ResultTable.open(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the columns [a, b], expected [task,")
        .hasMessageContaining("give --out another file");
  }

  @Test
  void rejectsOtherColumnsThanTheFileHas() {
    ResultTable table = ResultTable.open(file);
    table.append(results(cell(1)));
    Map<String, Object> other = cell(2).identity();
    assertThatThrownBy(() -> table.append(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("give --out another file");
  }

  private static Cell cell(int observation) {
    Settings settings = new Settings("npe", "nsf", 1000, 1, 1, 1, "cpu", 1, 10_000);
    return new Cell(new TwoMoons(), observation, settings);
  }

  private static Map<String, ?> results(Cell cell) {
    Samples samples = Samples.copyOf(List.of("a"), new double[][] {{1}});
    return cell.results(
        new Outcome(
            samples, 1, 2, 3, 1.75, 4, Double.NaN, 1.5, new double[0][], Double.NaN, List.of()),
        0.55);
  }
}
