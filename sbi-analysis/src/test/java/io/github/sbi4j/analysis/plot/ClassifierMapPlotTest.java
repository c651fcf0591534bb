package io.github.sbi4j.analysis.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.analysis.plot.DrawnFigure.Drawn;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ClassifierMapPlotTest {
  private static final ColorScale COLORS = new ColorScale(0.1, 0.9);
  private static final double[] LOW = {0, 0};
  private static final double[] HIGH = {1, 1};

  private static Samples square(int count) {
    RandomGenerator random = RandomStreams.of(3, 0);
    double[][] rows = new double[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = new double[] {random.nextDouble(), random.nextDouble()};
    }
    return Samples.copyOf(List.of("alpha", "beta"), rows);
  }

  /** 0.9 where alpha is above one half, 0.1 where it is below. */
  private static double[] split(Samples samples) {
    return Arrays.stream(samples.column("alpha")).map(a -> a > 0.5 ? 0.9 : 0.1).toArray();
  }

  private static List<double[][]> cells(DrawnFigure figure, String kind, Color color) {
    // Panels: alpha, then beta over alpha, then beta; the border of the colour bar follows.
    return figure.fills(kind, color).stream()
        .filter(shape -> figure.inside(shape, 1))
        .map(shape -> figure.shares(shape, 1))
        .toList();
  }

  @Test
  void cellsHaveTheColourOfTheirMean() throws Exception {
    Samples samples = square(20_000);
    DrawnFigure figure =
        DrawnFigure.of(ClassifierMapPlot.of(samples, split(samples)).limits(LOW, HIGH));
    List<double[][]> orange = cells(figure, "rect", COLORS.at(0.9));
    List<double[][]> blue = cells(figure, "rect", COLORS.at(0.1));
    assertThat(orange).hasSize(200).allMatch(cell -> cell[0][0] > 0.499);
    assertThat(blue).hasSize(200).allMatch(cell -> cell[0][0] < 0.451);
    assertThat(figure.texts).contains("alpha", "beta", "probability", "0.2", "0.8");
  }

  @Test
  void barsOnTheDiagonalCountAndAreColoured() throws Exception {
    Samples samples = square(20_000);
    DrawnFigure figure =
        DrawnFigure.of(ClassifierMapPlot.of(samples, split(samples)).limits(LOW, HIGH));
    List<Drawn> orange =
        figure.fills("rect", COLORS.at(0.9)).stream().filter(s -> figure.inside(s, 0)).toList();
    assertThat(orange).hasSize(15);
    assertThat(figure.shares(orange.get(0), 0)[0][1]).isBetween(0.7, 0.92);
  }

  @Test
  void meansNearOneHalfAreGrey() throws Exception {
    // Alternating probabilities average to one half in cells and bars with many draws.
    Samples samples = square(40_000);
    double[] probabilities = new double[40_000];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = i % 2 == 0 ? 0.1 : 0.9;
    }
    DrawnFigure figure =
        DrawnFigure.of(ClassifierMapPlot.of(samples, probabilities).limits(LOW, HIGH));
    int cells = 0;
    for (Drawn shape : figure.shapes) {
      if (shape.kind().equals("rect") && shape.fill() && figure.inside(shape, 1)) {
        String[] rgb = shape.color().replaceAll("rgb\\(|\\)", "").split(",");
        // 100 draws of 0.1 and 0.9 have a mean within 0.2 of one half (five deviations).
        assertThat(Integer.parseInt(rgb[0])).isGreaterThan(110);
        assertThat(Integer.parseInt(rgb[2])).isGreaterThan(110);
        cells++;
      }
    }
    assertThat(cells).isEqualTo(400);
  }

  @Test
  void pointsAreDrawsInTheirColour() throws Exception {
    Samples samples =
        Samples.copyOf(List.of("alpha", "beta"), new double[][] {{0.25, 0.75}, {0.5, 0.5}, {1, 1}});
    DrawnFigure figure =
        DrawnFigure.of(
            ClassifierMapPlot.of(samples, new double[] {0.9, 0.1, 0.5})
                .limits(LOW, HIGH)
                .points()
                .truth(0.5, 0.25));
    double[][] orange = cells(figure, "circle", COLORS.at(0.9)).get(0);
    assertThat(orange[0][0]).isCloseTo(0.25, within(0.01));
    assertThat(orange[0][1]).isCloseTo(0.75, within(0.01));
    assertThat(cells(figure, "circle", COLORS.at(0.1))).hasSize(1);
    assertThat(cells(figure, "circle", COLORS.at(0.5))).hasSize(1);
    double[][] truth = cells(figure, "rect", Style.TRUTH).get(0);
    assertThat((truth[0][1] + truth[1][1]) / 2).isCloseTo(0.25, within(0.01));
    assertThat(figure.texts).contains("truth");
  }

  @Test
  void wrongInputIsNamed() {
    Samples samples = square(3);
    assertThatThrownBy(() -> ClassifierMapPlot.of(samples, new double[] {0.5, 0.5}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 2 probabilities for 3 draws");
    assertThatThrownBy(() -> ClassifierMapPlot.of(samples, new double[] {0.5, 1.5, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the probability at index 1 is 1.5");
    assertThatThrownBy(() -> ClassifierMapPlot.of(samples, new double[] {0.5, Double.NaN, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got NaN at index 1 of the probabilities");
    ClassifierMapPlot plot = ClassifierMapPlot.of(samples, new double[3]);
    assertThatThrownBy(() -> plot.truth(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 1 values of 'truth' for samples with 2 columns");
    assertThatThrownBy(() -> plot.limits(HIGH, LOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("limits of 'alpha' are 1.0 to 0.0");
  }
}
