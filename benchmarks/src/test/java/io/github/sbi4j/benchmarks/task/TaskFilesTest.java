package io.github.sbi4j.benchmarks.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskFilesTest {
  private final Task task = new TwoMoons();
  @TempDir Path directory;

  @BeforeEach
  void writeFiles() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("two_moons"));
    Files.writeString(folder.resolve("observation_1.csv"), "data_1,data_2\n-0.5,0.25\n");
    Files.writeString(folder.resolve("true_parameters_1.csv"), "parameter_1\n0.5\n");
    try (OutputStream stream =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("reference_1.csv.gz")))) {
      stream.write("parameter_1,parameter_2\n1,2\n3,4\n".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void readsObservationsAndReferences() {
    TaskFiles files = new TaskFiles(directory);
    assertThat(files.observation(task, 1)).containsExactly(-0.5, 0.25);
    assertThat(files.reference(task, 1).toArray()).isDeepEqualTo(new double[][] {{1, 2}, {3, 4}});
  }

  @Test
  void namesAMissingFile() {
    TaskFiles files = new TaskFiles(directory);
    assertThatThrownBy(() -> files.observation(task, 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("observation_9.csv")
        .hasMessageContaining("directory of the tasks' data");
  }

  @Test
  void namesAMissingDirectory() {
    Path nowhere = directory.resolve("nowhere");
    assertThatThrownBy(() -> new TaskFiles(nowhere))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nowhere")
        .hasMessageContaining("observation_<k>.csv");
  }

  @Test
  void namesAWrongNumberOfColumns() {
    TaskFiles files = new TaskFiles(directory);
    assertThatThrownBy(() -> files.trueParameters(task, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 columns [parameter_1], expected 2");
  }

  @Test
  void namesAnUnknownTask() {
    assertThatThrownBy(() -> Task.named("three_moons"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no task 'three_moons'; there are two_moons, gaussian_linear, gaussian_linear_uniform, slcp");
  }
}
