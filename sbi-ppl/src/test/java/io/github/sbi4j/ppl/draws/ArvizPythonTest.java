package io.github.sbi4j.ppl.draws;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.core.mcmc.McmcSettings;
import io.github.sbi4j.ppl.distribution.MultivariateNormal;
import io.github.sbi4j.ppl.distribution.Normal;
import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.model.Model;
import io.github.sbi4j.ppl.model.ModelContext;
import io.github.sbi4j.ppl.model.PosteriorDraws;
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
 * ArviZ opens the draws of a model. The interpreter is {@code -Dsbi4j.python}, {@code python3}
 * unless set; without its package {@code arviz} the test is skipped.
 */
class ArvizPythonTest {
  private static final String PYTHON = System.getProperty("sbi4j.python", "python3");

  private static final String SCRIPT =
      """
      import sys
      import arviz
      data = arviz.from_json(sys.argv[1])
      for group in ("posterior", "log_likelihood", "observed_data", "sample_stats"):
          for name, values in sorted(data[group].data_vars.items()):
              print(group, name, *values.dims, *values.shape, values.dtype.kind)
      print("theta", float(data.posterior.theta.sel(chain=1, draw=4, school=2)))
      print("y", float(data.observed_data.y.sel(pair=1)[0]))
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
  void arvizFindsChainsDrawsAndPlates() throws IOException, InterruptedException {
    String found = python("import arviz");
    Assumptions.assumeFalse(
        found.startsWith("failed"), () -> PYTHON + " cannot import arviz: " + found);
    Model model =
        Model.of(
            m -> {
              Expression mu = m.sample("mu", Normal.of(0, 1));
              ModelContext schools = m.plate("school", 3);
              Expression theta = schools.sample("theta", Normal.of(mu, 1));
              schools.observe("effect", Normal.of(theta, 1), 0.1, 0.2, 0.3);
              Expression factor = Expression.matrix(new double[][] {{1, 0}, {0.5, 1}});
              m.plate("pair", 2).observe("y", MultivariateNormal.of(mu, factor), 1, 2, 3, 4);
            });
    PosteriorDraws draws =
        model
            .posterior()
            .withChains(2)
            .with(McmcSettings.defaults().withWarmUp(50).withDraws(5).withSeed(1))
            .nuts();
    Path file = folder.resolve("draws.json");
    draws.writeArvizJson(file);
    List<String> lines = python(SCRIPT, file.toString()).lines().toList();
    assertThat(lines)
        .contains(
            "posterior mu chain draw 2 5 f",
            "posterior theta chain draw school 2 5 3 f",
            "log_likelihood effect chain draw school 2 5 3 f",
            "log_likelihood y chain draw pair 2 5 2 f",
            "observed_data effect school 3 f",
            "observed_data y pair y_dim_1 2 2 f",
            "sample_stats diverging chain draw 2 5 b",
            "sample_stats tree_depth chain draw 2 5 i",
            "theta " + draws.values().byChain("theta")[1][4][2],
            "y 3.0");
  }
}
