package io.github.sbi4j.examples.cookies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sbi4j.analysis.metric.C2st;
import io.github.sbi4j.core.mcmc.McmcSettings;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.flows.posterior.Likelihood;
import io.github.sbi4j.flows.training.Training;
import io.github.sbi4j.ppl.distribution.Distribution;
import io.github.sbi4j.ppl.distribution.Poisson;
import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.learned.NeuralLikelihood;
import io.github.sbi4j.ppl.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posteriors of 125 counts against Pyro's draws of the analytic models, in the directory named by
 * the system property {@code sbi4j.cookies}: {@code cookie_chips.csv} and {@code pyro_MODEL.csv}.
 */
class CookiePosteriorsTest {
  private static final Logger LOG = LoggerFactory.getLogger(CookiePosteriorsTest.class);

  private static Path directory() {
    String directory = System.getProperty("sbi4j.cookies");
    assumeTrue(
        directory != null,
        "needs -Dsbi4j.cookies=DIR with cookie_chips.csv, pyro_pooled.csv, pyro_unpooled.csv and"
            + " pyro_hierarchical.csv");
    return Path.of(directory);
  }

  /** Pyro's 2 000 draws are worth about a thousand independent ones, ours about all of theirs. */
  private static final double PER_DRAW = 1.0 / 1_000 + 1.0 / 2_000;

  /** Four standard errors: a false alarm in about one of a thousand runs of all comparisons. */
  private static final double ERRORS = 4;

  /**
   * Compares means and deviations, whose errors follow from the numbers of draws and, because the
   * deviation of a skewed value is known less well, from the kurtosis.
   *
   * @param bias what is allowed beyond sampling errors, in deviations
   */
  private static void assertAgree(
      Function<Expression, Distribution> likelihood, double c2st, double bias) throws IOException {
    Path directory = directory();
    CookieBatch cookies = CookieBatch.read(directory.resolve("cookie_chips.csv"));
    Map<String, Model> models =
        Map.of(
            "pooled", CookieModels.pooled(cookies, likelihood),
            "unpooled", CookieModels.unpooled(cookies, likelihood),
            "hierarchical", CookieModels.hierarchical(cookies, likelihood));
    for (Map.Entry<String, Model> each : models.entrySet()) {
      Samples reference = Samples.readCsv(directory.resolve("pyro_" + each.getKey() + ".csv"));
      Samples draws =
          each.getValue()
              .posterior()
              .with(
                  McmcSettings.defaults().withWarmUp(1_000).withDraws(500).withThin(4).withSeed(1))
              .nuts()
              .toSamples();
      double accuracy = C2st.mlp().compute(reference, draws).median();
      LOG.info("{}: C2ST {}", each.getKey(), accuracy);
      for (int d = 0; d < reference.columns(); d++) {
        String name = each.getKey() + " " + draws.names().get(d);
        LOG.info(
            "{}: mean {} (Pyro {}), sd {} (Pyro {})",
            name,
            draws.mean()[d],
            reference.mean()[d],
            draws.sd()[d],
            reference.sd()[d]);
        double scale = reference.sd()[d];
        double error = bias + ERRORS * Math.sqrt(PER_DRAW);
        assertThat(draws.mean()[d])
            .as("mean of %s", name)
            .isCloseTo(reference.mean()[d], within(error * scale));
        double ofSd = bias + ERRORS * Math.sqrt((kurtosis(draws.column(d)) - 1) / 4 * PER_DRAW);
        assertThat(draws.sd()[d])
            .as("deviation of %s", name)
            .isCloseTo(scale, within(ofSd * scale));
      }
      assertThat(accuracy).as("C2ST of the %s model", each.getKey()).isLessThanOrEqualTo(c2st);
    }
  }

  private static double kurtosis(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double second = Arrays.stream(values).map(x -> Math.pow(x - mean, 2)).average().orElseThrow();
    double fourth = Arrays.stream(values).map(x -> Math.pow(x - mean, 4)).average().orElseThrow();
    return fourth / (second * second);
  }

  @Test
  void analyticModelsAgreeWithPyro() throws IOException {
    assertAgree(Poisson::of, 0.55, 0);
  }

  @Test
  void learnedLikelihoodAgreesWithPyro() throws IOException {
    directory();
    Likelihood learned =
        CookieSimulator.learn(50_000, SimulationSettings.defaults(), Training.defaults(), 1);
    assertAgree(rate -> NeuralLikelihood.of(learned, rate), 0.6, 0.15);
  }
}
