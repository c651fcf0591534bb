package io.github.sbi4j.ppl.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.mcmc.McmcSettings;
import io.github.sbi4j.ppl.distribution.Beta;
import io.github.sbi4j.ppl.distribution.Binomial;
import io.github.sbi4j.ppl.distribution.Categorical;
import io.github.sbi4j.ppl.distribution.Dirichlet;
import io.github.sbi4j.ppl.distribution.Gamma;
import io.github.sbi4j.ppl.distribution.LkjCholesky;
import io.github.sbi4j.ppl.distribution.Mixture;
import io.github.sbi4j.ppl.distribution.MultivariateNormal;
import io.github.sbi4j.ppl.distribution.Normal;
import io.github.sbi4j.ppl.distribution.Poisson;
import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.expression.Shape;
import org.junit.jupiter.api.Test;

/**
 * Posteriors known in closed form: means within 4.5 Monte Carlo standard errors, some 20 of them
 * (with right draws one seed of 7000 would fail), standard deviations within 5 %.
 */
class ConjugateModelsTest {
  private static PosteriorDraws draws(Model model) {
    return model.posterior().with(McmcSettings.defaults().withDraws(2000).withSeed(3)).nuts();
  }

  private static void assertMoments(PosteriorDraws draws, int column, double mean, double sd) {
    String name = draws.chains().names().get(column);
    assertThat(draws.toSamples().mean()[column])
        .as("mean of %s", name)
        .isCloseTo(mean, within(4.5 * draws.diagnostics().mcseMean()[column]));
    assertThat(draws.toSamples().sd()[column] / sd)
        .as("sd of %s, relative", name)
        .isCloseTo(1, within(0.05));
  }

  @Test
  void normalMean() {
    double[] y = {1.2, 0.7, 2.9, 1.8};
    PosteriorDraws draws =
        draws(
            Model.of(
                m -> {
                  Expression mu = m.sample("mu", Normal.of(0.5, 2));
                  m.plate("obs", 4).observe("y", Normal.of(mu, 1.5), y);
                  m.deterministic("twice", mu.times(2));
                }));
    double precision = 1 / 4.0 + 4 / 2.25;
    double mean = (0.5 / 4 + 6.6 / 2.25) / precision;
    assertMoments(draws, 0, mean, Math.sqrt(1 / precision));
    assertMoments(draws, 1, 2 * mean, 2 * Math.sqrt(1 / precision));
  }

  @Test
  void gammaRateOfEachGroup() {
    double[] counts = {3, 5, 1, 0, 9, 7};
    PosteriorDraws draws =
        draws(
            Model.of(
                m -> {
                  ModelContext groups = m.plate("group", 2);
                  Expression rate = groups.sample("rate", Gamma.of(2, 0.5));
                  groups.plate("member", 3).observe("k", Poisson.of(rate), counts);
                }));
    assertMoments(draws, 0, 11 / 3.5, Math.sqrt(11) / 3.5);
    assertMoments(draws, 1, 18 / 3.5, Math.sqrt(18) / 3.5);
    assertThat(draws.values().shape("rate")).hasToString("[group=2]");
    assertThat(draws.logLikelihood().shape("k")).hasToString("[group=2, member=3]");
  }

  @Test
  void betaProbability() {
    PosteriorDraws draws =
        draws(
            Model.of(
                m -> {
                  Expression p = m.sample("p", Beta.of(2, 3));
                  m.observe("k", Binomial.of(10, p), 7);
                }));
    assertMoments(draws, 0, 9 / 15.0, Math.sqrt(9 * 6 / (15.0 * 15 * 16)));
  }

  @Test
  void dirichletProbabilities() {
    PosteriorDraws draws =
        draws(
            Model.of(
                m -> {
                  Expression p = m.sample("p", Dirichlet.of(Expression.vector(1, 2, 3)));
                  m.plate("obs", 5).observe("k", Categorical.of(p), new int[] {0, 0, 1, 0, 2});
                }));
    double[] a = {4, 3, 4};
    for (int k = 0; k < 3; k++) {
      assertMoments(draws, k, a[k] / 11, Math.sqrt(a[k] * (11 - a[k]) / (121 * 12.0)));
    }
  }

  @Test
  void multivariateNormalMeanInAPlate() {
    Expression prior = Expression.matrix(new double[][] {{1, 0}, {0.8, 0.6}});
    Expression noise = Expression.matrix(new double[][] {{0.5, 0}, {0, 0.5}});
    Model centred =
        Model.of(
            m -> {
              ModelContext groups = m.plate("group", 2);
              Expression theta = groups.sample("theta", MultivariateNormal.of(0, prior));
              groups.observe("y", MultivariateNormal.of(theta, noise), 1, 2, -1, 0.5);
            });
    // C = P - P (P + S)^-1 P with P the prior's and S the noise's covariance; the mean is
    // P (P + S)^-1 y.
    double determinant = 1.25 * 1.25 - 0.64;
    double a = (1 * 1.25 - 0.8 * 0.8) / determinant;
    double b = (-1 * 0.8 + 0.8 * 1.25) / determinant;
    double sd = Math.sqrt(1 - (a * 1 + b * 0.8));
    for (PosteriorDraws draws :
        new PosteriorDraws[] {draws(centred), draws(centred.reparam("theta"))}) {
      int first = draws.chains().names().indexOf("theta[0,0]");
      assertMoments(draws, first, a * 1 + b * 2, sd);
      assertMoments(draws, first + 1, b * 1 + a * 2, sd);
      assertMoments(draws, first + 2, a * -1 + b * 0.5, sd);
      assertMoments(draws, first + 3, b * -1 + a * 0.5, sd);
    }
  }

  @Test
  void columnsOfARandomEffectAreUsedByGroup() {
    Model model =
        Model.of(
            m -> {
              Expression correlation = m.sample("correlation", LkjCholesky.of(2, 2));
              Expression factor = LkjCholesky.scaled(Expression.vector(1, 2), correlation);
              Expression effect =
                  m.plate("group", 3).sample("effect", MultivariateNormal.of(0, factor));
              int[] group = {0, 0, 1, 2};
              ModelContext rows = m.plate("row", 4);
              Expression x = rows.data(0.1, 0.2, 0.3, 0.4);
              Expression mean =
                  effect.column(0).get(group).plus(effect.column(1).get(group).times(x));
              rows.observe("y", Normal.of(mean, 1), 1, 2, 3, 4);
            });
    assertThat(model.target().dimension()).isEqualTo(1 + 6);
    PosteriorDraws draws = draws(model);
    assertThat(draws.values().shape("correlation")).isEqualTo(Shape.of(2, 2));
    assertThat(draws.diagnostics().rHat()[2]).isLessThan(1.01);
  }

  @Test
  void exactSumOverACategory() {
    // With weights 0.3 and 0.7 and one observation, the mean's posterior is a mixture of two.
    PosteriorDraws draws =
        draws(
            Model.of(
                m -> {
                  Expression mu = m.sample("mu", Normal.of(0, 1));
                  m.observe(
                      "y",
                      Mixture.of(
                          Expression.vector(0.3, 0.7), Normal.of(mu, 1), Normal.of(mu.minus(1), 1)),
                      0.5);
                }));
    double first = 0.3 * Math.exp(-0.25 * 0.5 * 0.5);
    double second = 0.7 * Math.exp(-0.25 * 1.5 * 1.5);
    double share = first / (first + second);
    double mean = share * 0.25 + (1 - share) * 0.75;
    assertMoments(draws, 0, mean, Math.sqrt(0.5 + share * (1 - share) * 0.25));
  }

  @Test
  void factorsAddToTheDensity() {
    // A standard normal times exp(x) is a normal with mean one.
    PosteriorDraws draws = draws(Model.of(m -> m.factor("tilt", m.sample("x", Normal.of(0, 1)))));
    assertMoments(draws, 0, 1, 1);
  }
}
