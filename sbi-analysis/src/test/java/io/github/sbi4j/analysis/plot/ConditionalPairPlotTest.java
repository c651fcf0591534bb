package io.github.sbi4j.analysis.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.analysis.plot.DrawnFigure.Drawn;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionalPairPlotTest {
  private static final double[] GRID = {0, 1, 2, 3, 4};
  private static final double[] OTHER = {0, 0.5, 2.5, 10};
  private static final double[] CURVE = {0, 2, 4, 2, 1};
  private static final double[] FLAT = {1, 1, 1, 1};

  /** A peak where the second parameter is 2.5 and the first is 1. */
  private static double[][][][] pairs() {
    double[][] joint = new double[OTHER.length][GRID.length];
    joint[2][1] = 1e-60;
    return new double[][][][] {{}, {joint}};
  }

  private static ConditionalPairPlot plot() {
    return ConditionalPairPlot.of(
        new double[][] {GRID, OTHER}, new double[][] {CURVE, FLAT}, pairs());
  }

  @Test
  void diagonalIsTheCurve() throws Exception {
    DrawnFigure figure = DrawnFigure.of(plot().labels("alpha", "beta").title("Conditional"));
    double[][] curve = figure.shares(figure.strokes(Style.series(0)).get(0), 0);
    for (int i = 0; i < GRID.length; i++) {
      assertThat(curve[i][0]).isCloseTo(GRID[i] / 4, within(0.01));
      assertThat(4.4 * curve[i][1]).isCloseTo(CURVE[i], within(0.05));
    }
    assertThat(figure.texts).contains("alpha", "beta", "Conditional");
  }

  @Test
  void shadesSurroundTheModeOfThePair() throws Exception {
    DrawnFigure figure = DrawnFigure.of(plot());
    List<Drawn> shades =
        figure.shapes.stream()
            .filter(s -> s.kind().equals("path") && s.fill() && figure.inside(s, 1))
            .toList();
    assertThat(shades).hasSize(12);
    double[][] darkest = figure.shares(shades.get(11), 1);
    assertThat(Arrays.stream(darkest).mapToDouble(p -> p[0]).average().orElseThrow())
        .isCloseTo(0.25, within(0.02));
    assertThat(Arrays.stream(darkest).mapToDouble(p -> p[1]).average().orElseThrow())
        .isCloseTo(0.25, within(0.03));
    // The palest reaches nearly to the next positions with no density: 0.5 and 10 upwards.
    double[][] palest = figure.shares(shades.get(0), 1);
    assertThat(Arrays.stream(palest).mapToDouble(p -> p[1]).max().orElseThrow())
        .isCloseTo(1 - 0.75 / 24, within(0.03));
    assertThat(Arrays.stream(palest).mapToDouble(p -> p[1]).min().orElseThrow())
        .isCloseTo(0.05 + 0.2 / 24, within(0.02));
  }

  @Test
  void conditionIsMarked() throws Exception {
    DrawnFigure figure = DrawnFigure.of(plot().condition(3, 5));
    Drawn mark =
        figure.fills("rect", Style.TRUTH).stream()
            .filter(s -> figure.inside(s, 1))
            .findFirst()
            .orElseThrow();
    double[][] at = figure.shares(mark, 1);
    assertThat((at[0][0] + at[1][0]) / 2).isCloseTo(0.75, within(0.01));
    assertThat((at[0][1] + at[1][1]) / 2).isCloseTo(0.5, within(0.01));
    assertThat(figure.texts).contains("condition");
    assertThat(DrawnFigure.of(plot()).texts).doesNotContain("condition");
  }

  @Test
  void wrongInputIsNamed() {
    double[][] grids = {GRID, OTHER};
    double[][] curves = {CURVE, FLAT};
    assertThatThrownBy(() -> ConditionalPairPlot.of(new double[0][], curves, pairs()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got no grids");
    assertThatThrownBy(() -> ConditionalPairPlot.of(new double[][] {GRID}, curves, pairs()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got grids for 1 parameters, densities of 2 and rows of pairs for 2");
    assertThatThrownBy(
            () -> ConditionalPairPlot.of(new double[][] {{0, 0}, OTHER}, curves, pairs()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("positions of parameter 0 are to ascend");
    assertThatThrownBy(() -> ConditionalPairPlot.of(grids, new double[][] {CURVE, CURVE}, pairs()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 5 densities of parameter 1 for 4 positions");
    assertThatThrownBy(
            () -> ConditionalPairPlot.of(grids, new double[][] {CURVE, {-1, -2, -1, -3}}, pairs()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parameter 1 hold -3.0; give densities, not their logarithms");
    assertThatThrownBy(() -> ConditionalPairPlot.of(grids, curves, new double[][][][] {{}, {}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 0 densities of parameter 1 and those before; give 1");
    assertThatThrownBy(
            () ->
                ConditionalPairPlot.of(grids, curves, new double[][][][] {{}, {new double[2][5]}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 2 rows of densities of parameters 1 and 0 for 4 positions");
    assertThatThrownBy(
            () ->
                ConditionalPairPlot.of(grids, curves, new double[][][][] {{}, {new double[4][5]}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parameters 1 and 0 are zero everywhere");
    assertThatThrownBy(() -> plot().condition(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 1 values of the condition for 2 parameters");
  }
}
