package io.github.sbi4j.analysis.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.sample.Samples;
import java.awt.Color;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorrelationPlotTest {
  private static final List<String> NAMES = List.of("alpha", "beta", "gamma");
  private static final double[][] MATRIX = {{1, 0.8, -0.5}, {0.8, 1, 0}, {-0.5, 0, 1}};

  @Test
  void cellsHaveNumbersAndColours() throws Exception {
    DrawnFigure figure = DrawnFigure.of(CorrelationPlot.of(NAMES, MATRIX));
    assertThat(figure.texts).contains("alpha", "0.80", "−0.50", "0.00", "1.00", "correlation");
    ColorScale colors = new ColorScale(-1, 1);
    // Row 1, column 3: at the upper right of the panel.
    double[][] negative = figure.shares(figure.fills("rect", colors.at(-0.5)).get(0), 0);
    assertThat(negative[0][0]).isCloseTo(2 / 3.0, within(0.01));
    assertThat(negative[0][1]).isCloseTo(1, within(0.01));
    double[][] lower = figure.shares(figure.fills("rect", colors.at(-0.5)).get(1), 0);
    assertThat(lower[0][0]).isCloseTo(0, within(0.01));
    assertThat(lower[0][1]).isCloseTo(1 / 3.0, within(0.01));
  }

  @Test
  void coloursDivergeFromGrey() {
    ColorScale colors = new ColorScale(-1, 1);
    assertThat(colors.at(0)).isEqualTo(ColorScale.MIDDLE);
    assertThat(colors.at(1)).isEqualTo(ColorScale.HIGH);
    assertThat(colors.at(-7)).isEqualTo(ColorScale.LOW);
    Color weak = colors.at(0.2);
    Color strong = colors.at(0.6);
    assertThat(weak.getBlue()).isGreaterThan(strong.getBlue());
    assertThat(strong.getRed()).isGreaterThan(strong.getBlue());
  }

  @Test
  void numbersAreLeftOutWhereTheyDoNotFit() throws Exception {
    DrawnFigure small = DrawnFigure.of(CorrelationPlot.of(NAMES, MATRIX).size(200, 150));
    assertThat(small.texts).doesNotContain("0.80");
  }

  @Test
  void correlationsOfDrawsAreTheirs() throws Exception {
    Samples samples =
        Samples.copyOf(List.of("a", "b"), new double[][] {{0, 3}, {1, 2}, {2, 1}, {3, 0}});
    assertThat(DrawnFigure.of(CorrelationPlot.of(samples)).texts).contains("−1.00", "1.00");
  }

  @Test
  void wrongInputIsNamed() {
    assertThatThrownBy(() -> CorrelationPlot.of(List.of("a"), MATRIX))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 3 rows of correlations for 1 names");
    assertThatThrownBy(() -> CorrelationPlot.of(List.of(), new double[0][]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got no correlations");
    assertThatThrownBy(() -> CorrelationPlot.of(NAMES, new double[3][2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 2 values in row 0 of the correlations for 3 names");
    assertThatThrownBy(() -> CorrelationPlot.of(List.of("a", "b"), new double[][] {{4, 0}, {0, 1}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a' and 'a' is 4.0; give values from -1 to 1, not covariances");
    Samples constant = Samples.copyOf(List.of("a", "b"), new double[][] {{1, 1}, {1, 2}});
    assertThatThrownBy(() -> CorrelationPlot.of(constant))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got NaN");
  }
}
