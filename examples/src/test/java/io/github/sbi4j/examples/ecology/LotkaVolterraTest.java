package io.github.sbi4j.examples.ecology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.random.RandomStreams;
import java.util.Arrays;
import org.apache.commons.math3.ode.FirstOrderDifferentialEquations;
import org.apache.commons.math3.ode.nonstiff.GraggBulirschStoerIntegrator;
import org.junit.jupiter.api.Test;

class LotkaVolterraTest {
  private static final double[] TYPICAL = {0.55, 0.028, 0.8, 0.024, 34, 5.9, 0.25, 0.25};
  private static final LotkaVolterra MODEL = new LotkaVolterra(21);

  @Test
  void seriesIsTheOneFromHudsonsBay() {
    assertThat(HudsonBay.hares()).hasSize(21).startsWith(30.0, 47.2).endsWith(16.2, 24.7);
    assertThat(HudsonBay.lynx()).hasSize(21).startsWith(4.0, 6.1).endsWith(10.1, 8.6);
    assertThat(Arrays.stream(HudsonBay.hares()).sum()).isCloseTo(715.7, within(1e-9));
    assertThat(Arrays.stream(HudsonBay.lynx()).sum()).isCloseTo(423.5, within(1e-9));
    assertThat(HudsonBay.logPelts()).hasSize(42);
    assertThat(HudsonBay.logPelts()[21]).isEqualTo(Math.log(4));
    assertThat(HudsonBay.firstYear() + HudsonBay.years() - 1).isEqualTo(1920);
  }

  @Test
  void staysAtTheEquilibrium() {
    PopulationDynamics dynamics = new PopulationDynamics(0.6, 0.03, 0.8, 0.02);
    double[][] logs = dynamics.logPopulations(0.8 / 0.02, 0.6 / 0.03, 21);
    assertThat(logs[0][20]).isCloseTo(Math.log(40), within(1e-9));
    assertThat(logs[1][20]).isCloseTo(Math.log(20), within(1e-9));
  }

  @Test
  void conservesTheInvariant() {
    double[][] logs = MODEL.logPopulations(TYPICAL);
    double start = invariant(TYPICAL, logs, 0);
    for (int year = 1; year < 21; year++) {
      assertThat(invariant(TYPICAL, logs, year)).isCloseTo(start, within(1e-4));
    }
    assertThat(logs[0][5]).isNotCloseTo(logs[0][0], within(0.1));
  }

  /** delta x - gamma log x + beta y - alpha log y does not change along a solution. */
  private static double invariant(double[] p, double[][] logs, int year) {
    return p[3] * Math.exp(logs[0][year])
        - p[2] * logs[0][year]
        + p[1] * Math.exp(logs[1][year])
        - p[0] * logs[1][year];
  }

  @Test
  void agreesWithAnotherMethodOnTheOriginalEquations() {
    GraggBulirschStoerIntegrator integrator =
        new GraggBulirschStoerIntegrator(1e-8, 0.5, 1e-10, 1e-10);
    double[] state = {TYPICAL[4], TYPICAL[5]};
    integrator.integrate(
        new FirstOrderDifferentialEquations() {
          @Override
          public int getDimension() {
            return 2;
          }

          @Override
          public void computeDerivatives(double time, double[] y, double[] derivatives) {
            derivatives[0] = (TYPICAL[0] - TYPICAL[1] * y[1]) * y[0];
            derivatives[1] = (-TYPICAL[2] + TYPICAL[3] * y[0]) * y[1];
          }
        },
        0,
        state,
        20,
        state);
    double[][] logs = MODEL.logPopulations(TYPICAL);
    assertThat(logs[0][20]).isCloseTo(Math.log(state[0]), within(1e-4));
    assertThat(logs[1][20]).isCloseTo(Math.log(state[1]), within(1e-4));
  }

  /** Here a first trial step overflows, which the solver must see as an error and not take. */
  @Test
  void conservesTheInvariantWhereTrialStepsOverflow() {
    double[] outbreak = {1.7126, 0.038692, 0.89891, 0.090745, 17.153, 0.63861, 1, 1};
    double[] collapse = {0.66868, 0.014214, 14.144, 0.043929, 45.709, 5.1957, 1, 1};
    for (double[] parameters : new double[][] {outbreak, collapse}) {
      double[][] logs = MODEL.logPopulations(parameters);
      double start = invariant(parameters, logs, 0);
      for (int year = 1; year < 21; year++) {
        assertThat(invariant(parameters, logs, year))
            .isCloseTo(start, within(1e-3 * Math.abs(start)));
      }
    }
  }

  @Test
  void noiseIsLogNormalWithTheGivenDeviations() {
    double[] parameters = TYPICAL.clone();
    parameters[6] = 0.1;
    parameters[7] = 0.4;
    double[][] logs = MODEL.logPopulations(parameters);
    double[] squares = new double[2];
    int rows = 500;
    for (int row = 0; row < rows; row++) {
      double[] pelts = MODEL.simulate(parameters, RandomStreams.of(7, row));
      assertThat(pelts).hasSize(42);
      for (int i = 0; i < 42; i++) {
        squares[i / 21] += Math.pow(pelts[i] - logs[i / 21][i % 21], 2);
      }
    }
    // 10 500 residuals each: the relative standard error of a deviation is 0.7 %, the band four of
    // them, 1 in 16 000 seeds.
    assertThat(Math.sqrt(squares[0] / (21 * rows))).isCloseTo(0.1, within(0.1 * 0.028));
    assertThat(Math.sqrt(squares[1] / (21 * rows))).isCloseTo(0.4, within(0.4 * 0.028));
  }

  @Test
  void recordsOnePeltWhereAPopulationDiesOut() {
    double[] pelts =
        MODEL.simulate(new double[] {1e-3, 2, 2, 1e-6, 1, 10, 0.1, 0.1}, RandomStreams.of(1, 1));
    assertThat(pelts[41]).isEqualTo(Math.log(0.001));
    assertThat(Arrays.stream(pelts)).allMatch(Double::isFinite);
  }

  @Test
  void failsWhereAPopulationOutgrowsAllMeasure() {
    double[] parameters = {50, 1e-30, 1, 1e-300, 1e6, 10, 0.1, 0.1};
    assertThatThrownBy(() -> MODEL.simulate(parameters, RandomStreams.of(1, 1)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("exp(100.0) in year 2");
  }

  @Test
  void rejectsBadParameters() {
    assertThatThrownBy(() -> MODEL.simulate(new double[3], RandomStreams.of(1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 parameters given")
        .hasMessageContaining("alpha, beta, gamma");
    double[] negative = TYPICAL.clone();
    negative[1] = -0.1;
    assertThatThrownBy(() -> MODEL.simulate(negative, RandomStreams.of(1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("beta = -0.1")
        .hasMessageContaining("positive");
    assertThatThrownBy(() -> new LotkaVolterra(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 years");
  }
}
