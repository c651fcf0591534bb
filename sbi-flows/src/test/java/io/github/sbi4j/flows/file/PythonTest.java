package io.github.sbi4j.flows.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.core.distribution.Normal;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.tensor.Parameter;
import io.github.sbi4j.flows.tensor.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Python opens the weights. The interpreter is {@code -Dsbi4j.python}, {@code python3} unless set;
 * without its package {@code safetensors} the test is skipped.
 */
class PythonTest {
  private static final String PYTHON = System.getProperty("sbi4j.python", "python3");

  private static final String SCRIPT =
      """
      import json, sys
      from safetensors import safe_open
      from safetensors.numpy import load_file
      with safe_open(sys.argv[1], framework="numpy") as f:
          print(json.loads(f.metadata()["sbi4j"])["prior"]["kind"])
      for name, values in load_file(sys.argv[1]).items():
          print(name, values.dtype, *values.shape, *(float(v) for v in values.flatten()))
      """;

  @TempDir Path folder;

  private String python(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PYTHON, "-c"));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException e) {
      return Assumptions.abort("there is no Python: " + e.getMessage());
    }
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return Assumptions.abort("Python took more than two minutes");
    }
    String text = Files.readString(output);
    return process.exitValue() == 0 ? text : "failed: " + text;
  }

  @Test
  void pythonOpensTheWeights() throws IOException, InterruptedException {
    String found = python("import safetensors.numpy");
    Assumptions.assumeFalse(
        found.startsWith("failed"), () -> PYTHON + " cannot import safetensors: " + found);
    DirectPosterior posterior =
        Examples.posterior(Normal.of(0, 1), Examples.MAF, Embedding.identity(), Support.real(1), 2);
    Path file = folder.resolve("posterior.safetensors");
    posterior.save(file);
    List<String> expected = new ArrayList<>(List.of("normal"));
    List<Weights> members = posterior.density().members();
    for (int k = 0; k < members.size(); k++) {
      float[] values = members.get(k).toArray();
      for (Parameter p : members.get(k).layout().parameters()) {
        StringBuilder line = new StringBuilder("member." + k + "." + p.name() + " float32");
        line.append(" ").append(p.rows()).append(" ").append(p.columns());
        for (int i = p.offset(); i < p.offset() + p.size(); i++) {
          line.append(" ").append(values[i]);
        }
        expected.add(line.toString());
      }
    }
    String[] lines = python(SCRIPT, file.toString()).split("\n");
    assertThat(normalised(List.of(lines)))
        .containsExactlyInAnyOrderElementsOf(normalised(expected));
  }

  /** Numbers as the floats they stand for, whatever their digits. */
  private static List<String> normalised(List<String> lines) {
    return lines.stream()
        .map(
            line -> {
              StringBuilder text = new StringBuilder();
              for (String word : line.strip().split(" ")) {
                text.append(word.matches("-?[0-9].*") ? "" + Float.parseFloat(word) : word)
                    .append(' ');
              }
              return text.toString();
            })
        .toList();
  }
}
