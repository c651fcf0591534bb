package io.github.sbi4j.analysis.plot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.analysis.plot.DrawnFigure.Drawn;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChartGridTest {
  private static Figure panels(int count) {
    int[][] ranks = new int[200][count];
    for (int i = 0; i < ranks.length; i++) {
      for (int d = 0; d < count; d++) {
        ranks[i][d] = (i * 7 + d) % 100;
      }
    }
    return RankHistogramPlot.of(ranks, 99).title("Ranks");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 12, 20})
  void panelsLieSideBySideInsideTheFigure(int count) throws Exception {
    Figure figure = panels(count);
    DrawnFigure drawn = DrawnFigure.of(figure);
    assertThat(drawn.frames).hasSize(count);
    List<Rectangle2D> areas = new ArrayList<>();
    for (Drawn frame : drawn.frames) {
      Rectangle2D area =
          new Rectangle2D.Double(
              frame.x(0), frame.y(0), frame.x(1) - frame.x(0), frame.y(1) - frame.y(0));
      assertThat(new Rectangle2D.Double(0, 0, figure.width(), figure.height()).contains(area))
          .isTrue();
      assertThat(areas).noneMatch(area::intersects);
      assertThat(area.getWidth()).isGreaterThan(150);
      assertThat(area.getHeight()).isGreaterThan(100);
      areas.add(area);
    }
    assertThat(figure.width()).isLessThanOrEqualTo(1000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 7, 20})
  void levelTextsDoNotOverlap(int count) throws Exception {
    DrawnFigure drawn = DrawnFigure.of(panels(count));
    Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    FontMetrics metrics = graphics.getFontMetrics(Style.TICK);
    // Texts in the small font are the least that each takes; they must not touch.
    List<Rectangle2D> boxes =
        IntStream.range(0, drawn.textStarts.size())
            .mapToObj(
                i ->
                    (Rectangle2D)
                        new Rectangle2D.Double(
                            drawn.textStarts.get(i)[0],
                            drawn.textStarts.get(i)[1] - 7,
                            metrics.stringWidth(drawn.levelTexts.get(i)),
                            7))
            .toList();
    for (int i = 0; i < boxes.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(boxes.get(i).intersects(boxes.get(j)))
            .as("%s and %s", drawn.levelTexts.get(i), drawn.levelTexts.get(j))
            .isFalse();
      }
    }
  }

  @Test
  void sharedValuesStandAtTheOuterPanelsOnly() throws Exception {
    DrawnFigure drawn = DrawnFigure.of(panels(6)); // two rows of three
    assertThat(drawn.texts.stream().filter("rank"::equals)).hasSize(3);
    assertThat(drawn.texts.stream().filter("count"::equals)).hasSize(2);
  }

  @Test
  void longTextsAreCut() throws Exception {
    String name = "a parameter with a name that no panel has room for, however wide it may be";
    int[][] ranks = {{1, 2}, {2, 1}};
    DrawnFigure drawn = DrawnFigure.of(RankHistogramPlot.of(ranks, 3).labels(name, "b"));
    assertThat(drawn.texts).doesNotContain(name).anyMatch(t -> t.matches("a parameter.*…"));
  }

  @Test
  void longLegendsHaveSeveralRows() throws Exception {
    double[] levels = {0, 1};
    double[][] curves = new double[6][2];
    String[] names =
        IntStream.range(0, 6).mapToObj(i -> "a rather long name " + i).toArray(String[]::new);
    CalibrationPlot plot = CalibrationPlot.coverage(levels, curves).labels(names);
    DrawnFigure drawn = DrawnFigure.of(plot);
    for (int i = 0; i < drawn.textStarts.size(); i++) {
      assertThat(drawn.textStarts.get(i)[0]).isBetween(0.0, plot.width() - 20.0);
    }
    assertThat(drawn.texts).contains(names);
  }

  @Test
  void extremeNumbersHaveTicks() {
    Scale vast = Scale.around(new double[] {-Double.MAX_VALUE, Double.MAX_VALUE});
    assertThat(vast.ticks(4).labels()).containsExactly("−1e300", "0", "1e300");
    Scale tiny = Scale.around(new double[] {0, Double.MIN_VALUE});
    assertThat(tiny.ticks(4).labels()).contains("0.0");
    Scale equal = Scale.around(new double[] {7, 7}, new double[] {Double.NaN});
    assertThat(equal.ticks(4).labels()).contains("7.0");
  }

  @Test
  void countsHaveWholeTicks() {
    assertThat(Scale.whole(0.6, 3.4).ticks(6).labels()).containsExactly("1", "2", "3");
    assertThat(Scale.whole(0, 60).ticks(6).labels()).containsExactly("0", "20", "40", "60");
  }
}
