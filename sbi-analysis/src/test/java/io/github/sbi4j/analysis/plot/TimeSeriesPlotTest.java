package io.github.sbi4j.analysis.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TimeSeriesPlotTest {
  private static final double[] TIMES = {0, 10, 20, 40};

  /** 101 predictions that run from 0 to 100 at the first time, and ten more at each later one. */
  private static double[][] predicted() {
    double[][] rows = new double[101][TIMES.length];
    for (int i = 0; i <= 100; i++) {
      for (int t = 0; t < TIMES.length; t++) {
        rows[i][t] = i + 10 * t;
      }
    }
    return rows;
  }

  @Test
  void bandsMedianAndObservations() throws Exception {
    double[] observed = {50, Double.NaN, 70, 80};
    DrawnFigure figure = DrawnFigure.of(TimeSeriesPlot.of(TIMES, predicted(), observed).draws(0));
    // The axis runs over the band, 5 to 125, with a margin of a twentieth.
    double[][] median = figure.shares(figure.strokes(Style.series(0)).get(0), 0);
    double[][] wide =
        figure.shares(figure.fills("path", Style.tint(Style.series(0), 0.2)).get(0), 0);
    double[][] narrow =
        figure.shares(figure.fills("path", Style.tint(Style.series(0), 0.45)).get(0), 0);
    for (int t = 0; t < TIMES.length; t++) {
      assertThat(-1 + 132 * median[t][1]).isCloseTo(50 + 10 * t, within(0.5));
      assertThat(-1 + 132 * wide[t][1]).isCloseTo(5 + 10 * t, within(0.5));
      assertThat(-1 + 132 * wide[7 - t][1]).isCloseTo(95 + 10 * t, within(0.5));
      assertThat(-1 + 132 * narrow[t][1]).isCloseTo(25 + 10 * t, within(0.5));
      assertThat(-0.6 + 41.2 * median[t][0]).isCloseTo(TIMES[t], within(0.1));
    }
    // The legend's dot, and one for each value that is there.
    assertThat(figure.fills("circle", Style.series(1))).hasSize(1 + 3);
    double[][] last = figure.shares(figure.fills("circle", Style.series(1)).get(3), 0);
    assertThat(-1 + 132 * last[0][1]).isCloseTo(80, within(0.5));
    assertThat(figure.texts).contains("time", "value", "observed");
  }

  @Test
  void singlePredictionsAreDrawn() throws Exception {
    TimeSeriesPlot plot = TimeSeriesPlot.of(TIMES, predicted());
    DrawnFigure figure = DrawnFigure.of(plot.draws(2));
    assertThat(figure.strokes(Style.REFERENCE)).hasSize(1 + 2);
    assertThat(figure.texts).contains("single predictions").doesNotContain("observed");
    assertThat(DrawnFigure.of(plot.draws(0)).strokes(Style.REFERENCE)).isEmpty();
  }

  @Test
  void eachSeriesHasAPanel() throws Exception {
    double[] observed = {50, 60, 70, 80};
    TimeSeriesPlot plot = TimeSeriesPlot.of(TIMES, predicted(), observed);
    DrawnFigure two = DrawnFigure.of(plot.add(predicted(), observed));
    assertThat(two.frames).hasSize(2);
    assertThat(two.texts).contains("series 1", "series 2");
    DrawnFigure named =
        DrawnFigure.of(plot.labels("prey").add(predicted(), observed).labels("prey", "predator"));
    assertThat(named.texts).contains("prey", "predator");
  }

  @Test
  void wrongInputIsNamed() {
    assertThatThrownBy(() -> TimeSeriesPlot.of(new double[] {0, 2, 1}, new double[2][3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the times are to ascend, got 1.0 after 2.0 at index 2");
    assertThatThrownBy(() -> TimeSeriesPlot.of(TIMES, new double[1][4]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 1 predictions; a plot needs at least 2");
    assertThatThrownBy(() -> TimeSeriesPlot.of(TIMES, new double[2][3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 3 values in row 0 of the predictions for 4 times");
    assertThatThrownBy(() -> TimeSeriesPlot.of(TIMES, new double[2][4], new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 3 observed values for 4 times");
    double[][] odd = predicted();
    odd[3][1] = Double.NaN;
    assertThatThrownBy(() -> TimeSeriesPlot.of(TIMES, odd))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got NaN at index 1 of the values in row 3");
    double[] infinite = {1, 2, Double.NEGATIVE_INFINITY, 4};
    assertThatThrownBy(() -> TimeSeriesPlot.of(TIMES, predicted(), infinite))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the observed value at index 2 is -Infinity");
    assertThatThrownBy(() -> TimeSeriesPlot.of(TIMES, predicted()).draws(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must not be negative, got -1");
  }
}
