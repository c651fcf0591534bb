package io.github.sbi4j.ppl.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.mcmc.McmcSettings;
import io.github.sbi4j.ppl.distribution.HalfNormal;
import io.github.sbi4j.ppl.distribution.MultivariateNormal;
import io.github.sbi4j.ppl.distribution.Normal;
import io.github.sbi4j.ppl.distribution.Uniform;
import io.github.sbi4j.ppl.draws.LeaveOneOut;
import io.github.sbi4j.ppl.draws.NamedDraws;
import io.github.sbi4j.ppl.expression.Expression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PosteriorDrawsTest {
  private static final McmcSettings SETTINGS = McmcSettings.defaults().withDraws(1500).withSeed(2);
  private static PosteriorDraws schools;

  @BeforeAll
  static void draw() {
    schools =
        Models.eightSchools(Models.EFFECTS, Models.ERRORS)
            .reparam("theta")
            .posterior()
            .with(SETTINGS)
            .nuts();
  }

  @Test
  void drawsHaveNamesAndPlates() {
    assertThat(schools.names()).containsExactly("mu", "tau", "theta_standard", "theta");
    assertThat(schools.values().shape("theta")).hasToString("[school=8]");
    assertThat(schools.get("theta")).hasDimensions(4 * 1500, 8);
    assertThat(schools.values().byChain("tau")).hasDimensions(4, 1500);
    assertThat(schools.chains().names()).contains("mu", "theta[0]", "theta[7]");
    assertThat(schools.summary()).contains("theta_standard[3]").contains("r-hat");
    // theta = mu + tau theta_standard, draw by draw
    double[] theta = schools.get("theta")[77];
    double[] standard = schools.get("theta_standard")[77];
    double mu = schools.get("mu")[77][0];
    double tau = schools.get("tau")[77][0];
    assertThat(theta[5]).isCloseTo(mu + tau * standard[5], within(1e-12));
    assertThat(schools.chains().chain(0).draws().column("theta[5]")[77]).isEqualTo(theta[5]);
    assertThat(schools.chains().chain(0).draws().column("tau")[77])
        .isCloseTo(Math.exp(schools.unbounded().chain(0).coordinate(1)[77]), within(1e-12));
  }

  /** In the ballpark; the comparison with reference draws is a test of its own. */
  @Test
  void eightSchoolsAreThoseOfTheLiterature() {
    assertThat(schools.values().mean("mu")[0]).isCloseTo(4.4, within(0.3));
    assertThat(schools.values().mean("tau")[0]).isCloseTo(3.6, within(0.3));
    assertThat(schools.diagnostics().essBulk()[0]).isGreaterThan(1000);
  }

  /** y = theta + noise with theta from the posterior: means within 4.5 standard errors. */
  @Test
  void predictionsFollowTheLikelihood() {
    NamedDraws predicted = schools.predictive();
    assertThat(predicted.shape("y")).hasToString("[school=8]");
    assertThat(predicted.chains()).isEqualTo(4);
    double[] mean = predicted.mean("y");
    double[] sd = predicted.sd("y");
    for (int j = 0; j < 8; j++) {
      double thetaSd = schools.values().sd("theta")[j];
      double expected = Math.hypot(Models.ERRORS[j], thetaSd);
      assertThat(mean[j])
          .isCloseTo(
              schools.values().mean("theta")[j], within(4.5 * Models.ERRORS[j] / Math.sqrt(6000)));
      assertThat(sd[j] / expected).isCloseTo(1, within(0.05));
    }
    assertThat(schools.predictive().get("y")).isEqualTo(predicted.get("y"));
    assertThat(schools.observations().get("y")[0]).isEqualTo(Models.EFFECTS);
  }

  /** The published value for this model, -30.7 with about one effective parameter. */
  @Test
  void leaveOneOutOfEightSchools() {
    LeaveOneOut loo = schools.leaveOneOut();
    assertThat(loo.elpd()).isCloseTo(-30.7, within(0.3));
    assertThat(schools.waic().elpd()).isCloseTo(-30.6, within(0.3));
    assertThat(loo.effectiveParameters()).isBetween(0.5, 2.0);
    assertThat(loo.toString()).contains("elpd -30").contains("of 8 observations");
    assertThat(schools.logLikelihood().shape("y")).hasToString("[school=8]");
    assertThat(schools.logLikelihood().get("y")[3][2])
        .isCloseTo(
            io.github.sbi4j.core.distribution.Normal.of(
                    schools.get("theta")[3][2], Models.ERRORS[2])
                .logProb(new double[] {Models.EFFECTS[2]}),
            within(1e-12));
  }

  @Test
  void reparametrisingLeavesThePosterior() {
    double[] errors = {1, 1, 1, 1};
    Model centred = Models.eightSchools(new double[] {28, 8, -3, 7}, errors);
    PosteriorDraws one = centred.posterior().with(SETTINGS).nuts();
    PosteriorDraws other = centred.reparam("theta").posterior().with(SETTINGS.withSeed(3)).nuts();
    for (String name : new String[] {"mu", "tau"}) {
      int first = one.chains().names().indexOf(name);
      int second = other.chains().names().indexOf(name);
      double error =
          Math.hypot(one.diagnostics().mcseMean()[first], other.diagnostics().mcseMean()[second]);
      assertThat(one.values().mean(name)[0])
          .isCloseTo(other.values().mean(name)[0], within(4.5 * error));
    }
  }

  @Test
  void priorPredictionsFollowThePrior() {
    Model model =
        Model.of(
            m -> {
              Expression width = m.sample("width", HalfNormal.of(2));
              Expression x = m.plate("group", 3).sample("x", Uniform.of(1, width.plus(1)));
              m.deterministic("sum", x.sum());
              m.observe("y", Normal.of(x.get(2), 0.5), 0);
            });
    NamedDraws prior = model.priorPredictive(20_000, 5);
    assertThat(prior.names()).containsExactly("width", "x", "sum", "y");
    double meanWidth = 2 * Math.sqrt(2 / Math.PI);
    double error = 4.5 * 2 / Math.sqrt(20_000);
    assertThat(prior.mean("width")[0]).isCloseTo(meanWidth, within(error));
    assertThat(prior.mean("x")[1]).isCloseTo(1 + meanWidth / 2, within(error));
    assertThat(prior.mean("y")[0]).isCloseTo(1 + meanWidth / 2, within(error));
    double[] x = prior.get("x")[9];
    assertThat(prior.get("sum")[9][0]).isCloseTo(Arrays.stream(x).sum(), within(1e-12));
    assertThat(model.priorPredictive(10, 5).get("y")[9]).isEqualTo(prior.get("y")[9]);
  }

  @Test
  void drawsDoNotDependOnThreads() {
    Model model = Models.eightSchools(Models.EFFECTS, Models.ERRORS);
    McmcSettings few = McmcSettings.defaults().withWarmUp(100).withDraws(50).withSeed(4);
    PosteriorDraws one = model.posterior().with(few).nuts();
    PosteriorDraws two = model.posterior().with(few.withThreads(3)).nuts();
    assertThat(two.toSamples()).isEqualTo(one.toSamples());
  }

  @Test
  void filesForArviz(@TempDir Path folder) throws IOException {
    Model model =
        Model.of(
            m -> {
              Expression mu = m.sample("mu", Normal.of(0, 1));
              Expression factor = Expression.matrix(new double[][] {{1, 0}, {0.5, 1}});
              m.plate("pair", 2).observe("y", MultivariateNormal.of(mu, factor), 1, 2, 3, 4);
            });
    Path file = folder.resolve("draws.json");
    model
        .posterior()
        .withChains(2)
        .with(McmcSettings.defaults().withDraws(3))
        .nuts()
        .writeArvizJson(file);
    String json = Files.readString(file);
    String number = "-?[0-9.E-]+";
    String numbers = "\\[" + number + "," + number + "," + number + "]";
    assertThat(json).containsPattern("\"posterior\": \\{\n\"mu\": \\[" + numbers + ",\n" + numbers);
    assertThat(json).contains("\"observed_data\": {\n\"y\": [[1.0,2.0],[3.0,4.0]]}");
    assertThat(json).containsPattern("\"log_likelihood\": \\{\n\"y\": \\[\\[\\[" + number);
    assertThat(json).contains("\"dims\": {\"mu\": [], \"y\": [\"pair\"]}");
    assertThat(json).contains("\"diverging\": [[").contains("\"tree_depth\"");
    assertThat(json.chars().filter(c -> c == '[').count())
        .isEqualTo(json.chars().filter(c -> c == ']').count());
  }
}
