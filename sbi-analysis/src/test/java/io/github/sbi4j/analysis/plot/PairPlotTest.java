package io.github.sbi4j.analysis.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PairPlotTest {
  @TempDir Path folder;

  private static Samples gaussian(int rows, long seed) {
    RandomGenerator random = RandomStreams.of(seed, 0);
    double[][] values = new double[rows][];
    for (int i = 0; i < rows; i++) {
      double shared = random.nextGaussian();
      values[i] =
          new double[] {shared, 0.5 * shared + random.nextGaussian(), 5 + random.nextGaussian()};
    }
    return Samples.copyOf(List.of("alpha", "beta", "gamma"), values);
  }

  private final Samples samples = gaussian(2000, 1);

  private String svg(Figure figure) throws Exception {
    Path file = folder.resolve("figure.svg");
    figure.save(file);
    return Files.readString(file);
  }

  @Test
  void pngIsTwiceTheSizeOfTheFigure() throws Exception {
    Path file = folder.resolve("new/folder/plot.PNG");
    PairPlot.of(samples).size(400, 300).save(file);
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(800);
    assertThat(image.getHeight()).isEqualTo(600);
  }

  @Test
  void svgHoldsLabelsLegendAndTicks() throws Exception {
    String text =
        svg(
            PairPlot.of("posterior", samples)
                .add("other", gaussian(500, 2))
                .labels("α", "β", "γ")
                .limits(new double[] {-4, -4, 0}, new double[] {4, 4, 10})
                .truth(0, 0, 5)
                .points("mode", new double[] {0.1, 0.1, 5.1})
                .title("Two posteriors"));
    assertThat(text)
        .contains(">α<", ">β<", ">γ<", ">posterior<", ">other<", ">truth<", ">mode<")
        .contains(">Two posteriors<", ">−2<", ">8<")
        .doesNotContain(">alpha<");
  }

  @Test
  void subsetShowsOnlyItsColumns() throws Exception {
    String text = svg(PairPlot.of(samples).columns("gamma", "alpha").truth(0, 0, 5));
    assertThat(text).contains(">gamma<", ">alpha<").doesNotContain(">beta<");
  }

  /** The share of pixels in a part of the image that are near a colour of the first series. */
  private static double blue(BufferedImage image, double x0, double y0, double x1, double y1) {
    int count = 0;
    int all = 0;
    for (int y = (int) (y0 * image.getHeight()); y < (int) (y1 * image.getHeight()); y++) {
      for (int x = (int) (x0 * image.getWidth()); x < (int) (x1 * image.getWidth()); x++) {
        Color color = new Color(image.getRGB(x, y));
        count += color.getBlue() > color.getRed() + 15 ? 1 : 0;
        all++;
      }
    }
    return (double) count / all;
  }

  @ParameterizedTest
  @EnumSource(Panel.class)
  void panelsOffTheDiagonalShowInTheirTriangle(Panel panel) {
    Samples two = samples.select("alpha", "beta");
    PairPlot plot = PairPlot.of(two).size(500, 500);
    BufferedImage lower = plot.lower(panel).upper(Panel.NONE).toImage(1);
    BufferedImage upper = plot.lower(Panel.NONE).upper(panel).toImage(1);
    if (panel == Panel.NONE) {
      assertThat(blue(lower, 0, 0.55, 0.5, 1)).isZero();
      assertThat(blue(upper, 0.55, 0, 1, 0.45)).isZero();
    } else {
      assertThat(blue(lower, 0.15, 0.55, 0.5, 0.9)).isGreaterThan(0.03);
      assertThat(blue(lower, 0.6, 0, 1, 0.45)).isZero();
      assertThat(blue(upper, 0.55, 0.05, 0.95, 0.4)).isGreaterThan(0.03);
      assertThat(blue(upper, 0, 0.6, 0.45, 1)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Panel.class,
      names = {"HISTOGRAM", "KDE"})
  void diagonalIsHighestWhereTheMassIs(Panel panel) {
    BufferedImage image =
        PairPlot.of(samples.select("alpha")).diagonal(panel).size(400, 400).toImage(1);
    assertThat(blue(image, 0.45, 0.2, 0.55, 0.8)).isGreaterThan(0.95);
    assertThat(blue(image, 0.05, 0.1, 0.15, 0.6)).isZero();
  }

  @Test
  void settingsLeaveTheOriginalAlone() throws Exception {
    PairPlot plot = PairPlot.of(samples);
    String before = svg(plot);
    plot.truth(0, 0, 5).labels("a", "b", "c").diagonal(Panel.KDE).upper(Panel.SCATTER);
    plot.lower(Panel.NONE).levels(0.3).title("title").size(300, 300).columns("beta");
    assertThat(svg(plot)).isEqualTo(before);
  }

  @Test
  void constantColumnsAndFewRowsAreDrawn() throws Exception {
    Samples odd = Samples.copyOf(List.of("a", "b"), new double[][] {{1, 0}, {1, 2}, {1, 2}});
    for (Panel panel : Panel.values()) {
      assertThat(svg(PairPlot.of(odd).upper(panel).lower(panel))).doesNotContain("NaN");
    }
    assertThat(svg(PairPlot.of(odd).diagonal(Panel.KDE))).doesNotContain("NaN");
  }

  @Test
  void drawsWithoutADisplay() {
    assertThat(java.awt.GraphicsEnvironment.isHeadless()).isTrue();
    assertThat(PairPlot.of(samples).toImage(0.5).getWidth()).isEqualTo(280);
  }

  @Test
  void wrongInputIsNamed() {
    PairPlot plot = PairPlot.of(samples);
    assertThatThrownBy(() -> plot.save(Path.of("plot.pdf")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'plot.pdf'; end the name in .png or .svg");
    assertThatThrownBy(() -> plot.columns("delta"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no column 'delta'; the columns are [alpha, beta, gamma]");
    assertThatThrownBy(plot::columns)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no columns to show");
    assertThatThrownBy(() -> plot.truth(1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 2 values of 'truth' for samples with 3 columns");
    assertThatThrownBy(() -> plot.labels("a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 1 labels");
    assertThatThrownBy(() -> plot.limits(new double[] {0, 0, 1}, new double[] {1, 1, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("limits of 'gamma' are 1.0 to 1.0");
    assertThatThrownBy(() -> plot.diagonal(Panel.SCATTER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("HISTOGRAM or KDE, not SCATTER");
    assertThatThrownBy(() -> plot.levels(0.5, 90))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("between 0 and 1, got 90.0");
    assertThatThrownBy(plot::levels)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no levels");
    assertThatThrownBy(() -> plot.size(50, 500))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 50 x 500");
    assertThatThrownBy(() -> plot.toImage(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scale must be positive, got 0.0");
    assertThatThrownBy(() -> plot.add("two", samples.select("alpha", "beta")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'two' has 2 columns");
    assertThatThrownBy(() -> PairPlot.of("one", samples.head(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'one' has 1 rows; a plot needs at least 2");
    Samples nan = Samples.copyOf(List.of("a"), new double[][] {{1}, {Double.NaN}});
    assertThatThrownBy(() -> PairPlot.of("odd", nan))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'odd' has the value NaN in row 1, column 'a'");
  }
}
