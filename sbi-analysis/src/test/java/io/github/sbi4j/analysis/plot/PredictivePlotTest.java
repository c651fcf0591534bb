package io.github.sbi4j.analysis.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.sample.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictivePlotTest {
  /** 101 predictions of two statistics, 0 to 100 and 1000 to 1200. */
  private static Samples predicted() {
    double[][] rows = new double[101][];
    for (int i = 0; i <= 100; i++) {
      rows[i] = new double[] {i, 1000 + 2 * i};
    }
    return Samples.copyOf(List.of("first", "second"), rows);
  }

  /** The standard deviation of 0, 1, ..., 100. */
  private static final double SD = Math.sqrt(101 * 102 / 12.0);

  private static double value(double share) {
    return -3.3 + 6.6 * share;
  }

  @Test
  void intervalsAndObservationsAreStandardised() throws Exception {
    DrawnFigure figure = DrawnFigure.of(PredictivePlot.of(predicted(), 65, 1194));
    var inner = figure.fills("rect", Style.tint(Style.series(0), 0.75));
    var outer = figure.fills("rect", Style.tint(Style.series(0), 0.3));
    for (int l = 0; l < 2; l++) {
      double[][] ninety = figure.shares(outer.get(l), 0);
      assertThat(value(ninety[0][0])).isCloseTo(-45 / SD, within(0.02));
      assertThat(value(ninety[1][0])).isCloseTo(45 / SD, within(0.02));
      double[][] fifty = figure.shares(inner.get(l), 0);
      assertThat(value(fifty[1][0])).isCloseTo(25 / SD, within(0.02));
    }
    double[][] within = figure.shares(figure.fills("circle", Style.TRUTH).get(1), 0);
    assertThat(value(within[0][0])).isCloseTo(15 / SD, within(0.02));
    assertThat(within[0][1]).isCloseTo(0.75, within(0.01)); // the first statistic is on top
    double[][] outside = figure.shares(figure.fills("circle", Style.series(1)).get(1), 0);
    assertThat(value(outside[0][0])).isCloseTo(47 / SD, within(0.02));
    assertThat(outside[0][1]).isCloseTo(0.25, within(0.01));
    assertThat(figure.texts).contains("first", "second", "observed", "outside 90 %");
  }

  @Test
  void farObservationsAreArrowsWithTheirDistance() throws Exception {
    DrawnFigure figure = DrawnFigure.of(PredictivePlot.of(predicted(), 50 + 30 * SD, 1100));
    assertThat(figure.texts).contains("30");
    assertThat(figure.fills("circle", Style.series(1))).hasSize(1); // only the legend's
    assertThat(DrawnFigure.of(PredictivePlot.of(predicted(), 50 - 30 * SD, 1100)).texts)
        .contains("−30");
  }

  @Test
  void constantStatisticsAreNamed() throws Exception {
    Samples constant = Samples.copyOf(List.of("a"), new double[][] {{2}, {2}, {2}});
    assertThat(DrawnFigure.of(PredictivePlot.of(constant, 3)).texts).contains("constant");
    DrawnFigure same = DrawnFigure.of(PredictivePlot.of(constant, 2));
    assertThat(same.texts).doesNotContain("constant", "outside 90 %");
    assertThat(PredictivePlot.of(constant, 3).svg()).doesNotContain("NaN");
  }

  @Test
  void wrongInputIsNamed() {
    assertThatThrownBy(() -> PredictivePlot.of(predicted(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 1 observed values for 2 predicted statistics");
    assertThatThrownBy(() -> PredictivePlot.of(predicted(), 1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got NaN at index 1 of the observed values");
    assertThatThrownBy(() -> PredictivePlot.of(predicted().head(1), 1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'predictions' has 1 rows");
    Samples odd = Samples.copyOf(List.of("a"), new double[][] {{1}, {Double.NaN}});
    assertThatThrownBy(() -> PredictivePlot.of(odd, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'predictions' has the value NaN in row 1, column 'a'");
  }
}
