package io.github.sbi4j.ppl.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.mcmc.McmcSettings;
import io.github.sbi4j.flows.variational.VariationalFamily;
import io.github.sbi4j.ppl.distribution.Beta;
import io.github.sbi4j.ppl.distribution.Binomial;
import io.github.sbi4j.ppl.distribution.Flat;
import io.github.sbi4j.ppl.distribution.Interval;
import io.github.sbi4j.ppl.distribution.Normal;
import io.github.sbi4j.ppl.expression.Expression;
import org.junit.jupiter.api.Test;

class ModeAndApproximationTest {
  private static final double[] X = {-1, 0, 1, 2, 3};
  private static final double[] Y = {0.8, 3.1, 5.2, 6.7, 9.4};

  @Test
  void theModeOfALineIsLeastSquares() {
    double flat = Double.POSITIVE_INFINITY;
    Model model = Models.line(X, Y, new double[2], new double[] {flat, flat}, flat);
    PosteriorMode mode = model.posterior().map();
    assertThat(mode.get("beta")[0]).isCloseTo(2.08, within(1e-4));
    assertThat(mode.get("alpha")[0]).isCloseTo(2.96, within(1e-4));
    double squares = 0;
    for (int i = 0; i < X.length; i++) {
      squares += Math.pow(Y[i] - 2.96 - 2.08 * X[i], 2);
    }
    assertThat(mode.get("sigma")[0]).isCloseTo(Math.sqrt(squares / X.length), within(1e-4));
  }

  /** The mode of the probability, not of its log odds. */
  @Test
  void theModeIsThatOfTheValues() {
    Model model = Model.of(m -> m.observe("k", Binomial.of(10, m.sample("p", Beta.of(2, 3))), 7));
    PosteriorMode mode = model.posterior().map();
    assertThat(mode.get("p")[0]).isCloseTo(8 / 13.0, within(1e-6));
    double logDensity =
        Beta.of(2, 3).logProb(Expression.of(8 / 13.0)).doubleValue()
            + Binomial.of(10, 8 / 13.0).logProb(Expression.of(7)).doubleValue();
    assertThat(mode.logDensity()).isCloseTo(logDensity, within(1e-8));
  }

  @Test
  void aDensityWithoutMaximumIsRefused() {
    Model model =
        Model.of(
            m -> {
              Expression tau = m.sample("tau", Flat.on(Interval.POSITIVE));
              m.plate("group", 3).sample("theta", Normal.of(0, tau));
            });
    assertThatThrownBy(() -> model.posterior().map())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("none of 4 climbs came to a maximum")
        .hasMessageContaining("draw with nuts()");
  }

  @Test
  void approximationsOfANormalPosterior() {
    Model model =
        Model.of(
            m -> {
              Expression a = m.sample("a", Normal.of(0, 1));
              Expression b = m.sample("b", Normal.of(a, 1));
              m.observe("y", Normal.of(b, 1), 3);
            });
    // Precision [[2, -1], [-1, 2]], so means 1 and 2, variances 2/3, mean field variances 1/2.
    ModelApproximation full = model.posterior().approximate(VariationalFamily.gaussian());
    ModelApproximation field = model.posterior().approximate(VariationalFamily.diagonalGaussian());
    assertThat(full.sample(20_000, 1).mean("b")[0]).isCloseTo(2, within(0.05));
    assertThat(full.sample(20_000, 1).sd("a")[0]).isCloseTo(Math.sqrt(2 / 3.0), within(0.05));
    assertThat(field.sample(20_000, 1).mean("a")[0]).isCloseTo(1, within(0.05));
    assertThat(field.sample(20_000, 1).sd("a")[0]).isCloseTo(Math.sqrt(0.5), within(0.05));
    assertThat(full.report().paretoK()).isLessThan(0.7);
    PosteriorDraws draws =
        model
            .posterior()
            .with(McmcSettings.defaults().withDraws(500))
            .nuts(full.initialPoints(3, 2));
    assertThat(draws.values().chains()).isEqualTo(3);
    assertThat(draws.values().mean("b")[0])
        .isCloseTo(2, within(5 * draws.diagnostics().mcseMean()[1]));
  }
}
