package io.github.sbi4j.analysis.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.analysis.plot.DrawnFigure.Drawn;
import org.junit.jupiter.api.Test;

class CalibrationPlotTest {
  private static final double[] LEVELS = {0, 0.25, 0.5, 0.75, 1};
  private static final double[] SHARES = {0, 0.2, 0.4, 0.7, 1};

  /** The heights of a curve, in the units of the axis. */
  private static void assertHeights(
      DrawnFigure figure, Drawn curve, int panel, double low, double high, double... expected) {
    double[][] shares = figure.shares(curve, panel);
    assertThat(shares).hasNumberOfRows(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(shares[i][0]).isCloseTo(LEVELS[i], within(0.005));
      assertThat(low + shares[i][1] * (high - low)).isCloseTo(expected[i], within(0.005));
    }
  }

  @Test
  void coverageIsACurveOverTheDiagonalAndTheBand() throws Exception {
    double[] lower = {0, 0.15, 0.4, 0.65, 1};
    double[] upper = {0, 0.35, 0.6, 0.85, 1};
    DrawnFigure figure =
        DrawnFigure.of(
            CalibrationPlot.coverage(LEVELS, SHARES, LEVELS)
                .band(lower, upper)
                .labels("alpha", "beta")
                .title("Coverage"));
    assertHeights(figure, figure.strokes(Style.series(0)).get(1), 0, 0, 1, SHARES);
    assertHeights(figure, figure.strokes(Style.series(1)).get(1), 0, 0, 1, LEVELS);
    double[][] diagonal = figure.shares(figure.strokes(Style.REFERENCE).get(0), 0);
    assertThat(diagonal[0][1]).isCloseTo(0, within(0.005));
    assertThat(diagonal[1][1]).isCloseTo(1, within(0.005));
    double[][] band = figure.shares(figure.fills("path", Style.BAND).get(0), 0);
    assertThat(band[1][1]).isCloseTo(0.15, within(0.005));
    assertThat(band[8][1]).isCloseTo(0.35, within(0.005));
    assertThat(figure.texts)
        .contains("Coverage", "alpha", "beta", "credibility level", "share of true values inside");
  }

  @Test
  void tarpIsOneCurveWithoutALegend() throws Exception {
    DrawnFigure figure = DrawnFigure.of(CalibrationPlot.tarp(LEVELS, SHARES));
    assertThat(figure.frames).hasSize(1);
    assertHeights(figure, figure.strokes(Style.series(0)).get(0), 0, 0, 1, SHARES);
    assertThat(figure.texts).contains("expected coverage").doesNotContain("theta_1");
  }

  @Test
  void ppShowsTheShareOfValuesAtOrBelow() throws Exception {
    double[] values = {0.5, 0.1, 0.9, 0.6};
    DrawnFigure figure = DrawnFigure.of(CalibrationPlot.pp(LEVELS, values));
    assertHeights(figure, figure.strokes(Style.series(0)).get(0), 0, 0, 1, 0, 0.25, 0.5, 0.75, 1);
  }

  @Test
  void differencesAreTakenFromTheGridAndSymmetric() throws Exception {
    double[] values = {0.1, 0.1, 0.1, 0.9};
    DrawnFigure figure = DrawnFigure.of(CalibrationPlot.ecdfDifference(LEVELS, values));
    double end = 1.1 * 0.5;
    assertHeights(figure, figure.strokes(Style.series(0)).get(0), 0, -end, end, 0, 0.5, 0.25, 0, 0);
    double[][] zero = figure.shares(figure.strokes(Style.REFERENCE).get(0), 0);
    assertThat(zero[0][1]).isCloseTo(0.5, within(0.005));
  }

  @Test
  void manyCurvesHaveAPanelEach() throws Exception {
    double[][] seven = {SHARES, SHARES, SHARES, SHARES, SHARES, SHARES, LEVELS};
    CalibrationPlot plot = CalibrationPlot.coverage(LEVELS, seven);
    DrawnFigure figure = DrawnFigure.of(plot);
    assertThat(figure.frames).hasSize(7);
    assertHeights(figure, figure.strokes(Style.series(0)).get(6), 6, 0, 1, LEVELS);
    assertThat(DrawnFigure.of(plot.separate(false)).frames).hasSize(1);
    CalibrationPlot two = CalibrationPlot.coverage(LEVELS, SHARES, LEVELS);
    assertThat(DrawnFigure.of(two.separate(true)).frames).hasSize(2);
  }

  @Test
  void axesCanBeNamed() throws Exception {
    DrawnFigure figure =
        DrawnFigure.of(CalibrationPlot.tarp(LEVELS, SHARES).axisLabels("nominal", "empirical"));
    assertThat(figure.texts).contains("nominal", "empirical").doesNotContain("expected coverage");
  }

  @Test
  void wrongInputIsNamed() {
    assertThatThrownBy(() -> CalibrationPlot.coverage(new double[] {0.5}, new double[] {0.5}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 1 probabilities of the grid; give at least 2");
    assertThatThrownBy(() -> CalibrationPlot.coverage(new double[] {0, 0.5, 0.5}, SHARES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("are to ascend, got 0.5 after 0.5 at index 2");
    assertThatThrownBy(() -> CalibrationPlot.coverage(new double[] {0, 90}, SHARES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("runs from 0.0 to 90.0; give values between 0 and 1");
    assertThatThrownBy(() -> CalibrationPlot.coverage(LEVELS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got no shares");
    assertThatThrownBy(() -> CalibrationPlot.tarp(LEVELS, new double[] {0, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 2 values in row 0 of the coverage for 5 levels");
    assertThatThrownBy(() -> CalibrationPlot.tarp(LEVELS, new double[] {0, 0, Double.NaN, 1, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got NaN at index 2 of the values in row 0");
    assertThatThrownBy(() -> CalibrationPlot.pp(LEVELS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got no values");
    assertThatThrownBy(() -> CalibrationPlot.pp(LEVELS, new double[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 0 values of curve 0; give at least 1");
    assertThatThrownBy(() -> CalibrationPlot.ecdfDifference(LEVELS, new double[] {3, 70}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("curve 0 run from 3.0 to 70.0; scale ranks");
    CalibrationPlot plot = CalibrationPlot.tarp(LEVELS, SHARES);
    assertThatThrownBy(() -> plot.band(new double[2], new double[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 2 lower ends of the band for 5 points of the grid");
    assertThatThrownBy(() -> plot.band(LEVELS, SHARES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("runs from 0.25 to 0.2 at index 1; give the lower ends first");
  }
}
