package io.github.sbi4j.flows.posterior;

import static io.github.sbi4j.flows.file.Examples.MAF;
import static io.github.sbi4j.flows.file.Examples.OBSERVATION;
import static io.github.sbi4j.flows.file.Examples.likelihood;
import static io.github.sbi4j.flows.file.Examples.posterior;
import static io.github.sbi4j.flows.file.Examples.ratio;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.mcmc.McmcSettings;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.embedding.FullyConnected;
import io.github.sbi4j.flows.potential.PotentialSource;
import io.github.sbi4j.flows.ratio.Aalr;
import io.github.sbi4j.flows.ratio.Mlp;
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

/** What was saved works in a JVM that has neither DJL nor a native library on its class path. */
class WithoutNativeTest {
  @TempDir Path folder;

  /** The other JVM's program. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      Path folder = Path.of(arguments[0]);
      print(DirectPosterior.load(folder.resolve("posterior")));
      print(chains(Likelihood.load(folder.resolve("likelihood"))));
      print(chains(Ratio.load(folder.resolve("ratio"))));
    }

    private static void print(Posterior posterior) {
      double[] draw = posterior.sample(3, 7).row(2);
      double logProb = posterior.logProb(new double[][] {draw})[0];
      System.out.println("draw " + draw[0] + " " + draw[1] + " " + logProb);
    }
  }

  /** A few chains of few steps, so that roundings do not lead them apart. */
  private static McmcPosterior chains(PotentialSource source) {
    return McmcPosterior.of(source, 1)
        .withChains(4)
        .withCandidates(100)
        .withSettings(McmcSettings.defaults().withWarmUp(20))
        .given(OBSERVATION);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatWasSavedSamples(boolean vectors) throws IOException, InterruptedException {
    Distribution prior = BoxUniform.of(new double[] {-9, -9}, new double[] {9, 9});
    DirectPosterior posterior = posterior(prior, MAF).given(OBSERVATION);
    posterior.save(folder.resolve("posterior"));
    Likelihood likelihood = likelihood(prior, MAF);
    likelihood.save(folder.resolve("likelihood"));
    Ratio ratio =
        ratio(
            prior,
            Mlp.defaults(),
            Aalr.defaults(),
            Embedding.identity(),
            FullyConnected.defaults().withOutputs(2),
            2);
    ratio.save(folder.resolve("ratio"));
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("djl") && !entry.contains("pytorch"))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (vectors) {
      command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    }
    command.addAll(List.of("-cp", classPath, Program.class.getName(), folder.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    List<double[]> printed =
        output
            .lines()
            .filter(text -> text.startsWith("draw "))
            .map(text -> Arrays.stream(text.substring(5).split(" ")))
            .map(words -> words.mapToDouble(Double::parseDouble).toArray())
            .toList();
    List<Posterior> expected = List.of(posterior, chains(likelihood), chains(ratio));
    assertThat(printed).hasSameSizeAs(expected);
    for (int i = 0; i < printed.size(); i++) {
      double[] numbers = printed.get(i);
      double[] draw = expected.get(i).sample(3, 7).row(2);
      // Scalar and vector kernels round differently.
      assertThat(Arrays.copyOf(numbers, 2)).containsExactly(draw, within(1e-4));
      assertThat(numbers[2])
          .isCloseTo(expected.get(i).logProb(new double[][] {draw})[0], within(1e-4));
    }
    // Scalar loops say how to get the faster ones.
    assertThat(output.contains("--add-modules jdk.incubator.vector")).isEqualTo(!vectors);
  }
}
