package io.github.sbi4j.core.abc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.Normal;
import io.github.sbi4j.core.distribution.Uniform;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import java.util.List;
import org.junit.jupiter.api.Test;

class SemiAutomaticSummaryTest {
  /** Sixteen values: theta with noise 1 in the first four, noise alone in the others. */
  private static final Simulator MANY =
      (theta, random) -> {
        double[] x = new double[16];
        for (int l = 0; l < 16; l++) {
          x[l] = (l < 4 ? theta[0] : 0) + random.nextGaussian();
        }
        return x;
      };

  private static final double[] OBSERVED = {
    0.5, 1.5, 0.9, 1.1, -1, 2, 0.3, -0.3, 1, 0.2, -2, 0, 0.7, -0.6, 1.2, 0
  };

  // The posterior mean is the sum of the first four over five, its sd 1 / sqrt(5). A regression of
  // sixteen coefficients on 10 000 rows knows it to sqrt(17 / 10 000) of that for a typical
  // observation: sd 0.018.
  @Test
  void recoversThePosteriorMean() {
    Simulations pilot = Simulations.run(MANY, Normal.of(0, 1), 10_000, 1);
    FittedSummary summary = SemiAutomaticSummary.defaults().fit(pilot);
    assertThat(summary.of(OBSERVED)).hasSize(1);
    assertThat(summary.of(OBSERVED)[0]).isCloseTo(0.8, within(5 * 0.018));
    Samples many = summary.of(pilot.observations().head(3));
    assertThat(many.names()).isEqualTo(pilot.parameters().names());
    assertThat(many.row(2)).containsExactly(summary.of(pilot.observations().row(2)));
  }

  // theta is the square of x: a line knows nothing of it.
  @Test
  void powersSeeWhatALineDoesNot() {
    Simulator root =
        (theta, random) -> new double[] {Math.sqrt(theta[0]) * (random.nextBoolean() ? 1 : -1)};
    Simulations pilot = Simulations.run(root, Uniform.of(0, 4), 2000, 1);
    FittedSummary square = SemiAutomaticSummary.defaults().withDegree(2).fit(pilot);
    FittedSummary line = SemiAutomaticSummary.defaults().fit(pilot);
    for (double x : new double[] {-1.9, -0.5, 0.1, 1.5}) {
      assertThat(square.of(new double[] {x})[0]).isCloseTo(x * x, within(1e-9));
      assertThat(line.of(new double[] {x})[0]).isCloseTo(2, within(0.3));
    }
  }

  // Without a summary twelve values of noise take most of what is close; the exact sd is 0.447, and
  // the sd of 200 draws has the standard error 0.022.
  @Test
  void makesRejectionSeeTheParameter() {
    RejectionAbc rejection = RejectionAbc.with(Normal.of(0, 1)).keep(200);
    AbcResult blind = rejection.run(MANY, OBSERVED, 20_000);
    AbcResult seeing =
        rejection.summary(SemiAutomaticSummary.defaults()).run(MANY, OBSERVED, 20_000);
    assertThat(seeing.samples().sd()[0]).isCloseTo(Math.sqrt(0.2), within(0.09));
    assertThat(seeing.samples().mean()[0]).isCloseTo(0.8, within(0.2));
    assertThat(blind.samples().sd()[0]).isGreaterThan(0.58);
    assertThat(seeing.simulations()).isEqualTo(20_000);
    assertThat(seeing.population().observed()).hasSize(1);
  }

  @Test
  void thePilotIsNotAmongWhatIsKept() {
    Simulations table = Simulations.run(MANY, Normal.of(0, 1), 1000, 1);
    AbcResult result =
        RejectionAbc.with(Normal.of(0, 1))
            .summary(SemiAutomaticSummary.defaults().withPilotFraction(0.4))
            .keep(600)
            .select(table, OBSERVED);
    assertThat(result.samples().column(0))
        .containsExactlyInAnyOrder(table.parameters().slice(400, 1000).column(0));
    assertThat(result.population().distances()[0]).isLessThan(result.population().distances()[599]);
  }

  @Test
  void saysWhatDoesNotFit() {
    SemiAutomaticSummary summary = SemiAutomaticSummary.defaults().withDegree(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> summary.fit(Simulations.run(MANY, Normal.of(0, 1), 33, 1)))
        .withMessage(
            "the pilot has 33 valid simulations for 32 coefficients, expected at least 34; give a"
                + " larger pilot, a lower degree or fewer observed values");
    FittedSummary fitted = summary.fit(Simulations.run(MANY, Normal.of(0, 1), 34, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fitted.of(new double[] {1}))
        .withMessage(
            "the observation has 1 values, but the simulations have 16; give both in the same form");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> summary.withDegree(0))
        .withMessage("degree is 0, expected at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> summary.withPilotFraction(1))
        .withMessage("pilot fraction is 1.0, expected a number strictly between 0 and 1");
    assertThat(summary.degree()).isEqualTo(2);
    assertThat(summary.withPilotFraction(0.1).pilotFraction()).isEqualTo(0.1);
    assertThat(List.of(summary.pilotRows(1000))).containsExactly(250);
  }
}
