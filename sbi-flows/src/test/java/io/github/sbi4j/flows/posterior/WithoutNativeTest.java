package io.github.sbi4j.flows.posterior;

import static io.github.sbi4j.flows.file.Examples.MAF;
import static io.github.sbi4j.flows.file.Examples.OBSERVATION;
import static io.github.sbi4j.flows.file.Examples.posterior;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A saved posterior works in a JVM that has neither DJL nor a native library on its class path. */
class WithoutNativeTest {
  @TempDir Path folder;

  /** The other JVM's program. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      DirectPosterior posterior = DirectPosterior.load(Path.of(arguments[0]));
      double[] draw = posterior.sample(3, 7).row(2);
      double logProb = posterior.logProb(new double[][] {draw})[0];
      System.out.println("draw " + draw[0] + " " + draw[1] + " " + logProb);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSavedPosteriorSamples(boolean vectors) throws IOException, InterruptedException {
    Distribution prior = BoxUniform.of(new double[] {-9, -9}, new double[] {9, 9});
    DirectPosterior saved = posterior(prior, MAF).given(OBSERVATION);
    Path file = folder.resolve("posterior");
    saved.save(file);
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("djl") && !entry.contains("pytorch"))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (vectors) {
      command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    }
    command.addAll(List.of("-cp", classPath, Program.class.getName(), file.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    String line = output.lines().filter(text -> text.startsWith("draw ")).findFirst().orElseThrow();
    double[] numbers =
        Arrays.stream(line.substring(5).split(" ")).mapToDouble(Double::parseDouble).toArray();
    double[] draw = saved.sample(3, 7).row(2);
    // Scalar and vector kernels round differently.
    assertThat(Arrays.copyOf(numbers, 2)).containsExactly(draw, within(1e-4));
    assertThat(numbers[2]).isCloseTo(saved.logProb(new double[][] {draw})[0], within(1e-4));
    // Scalar loops say how to get the faster ones.
    assertThat(output.contains("--add-modules jdk.incubator.vector")).isEqualTo(!vectors);
  }
}
