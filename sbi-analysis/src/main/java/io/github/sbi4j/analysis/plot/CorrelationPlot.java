package io.github.sbi4j.analysis.plot;

import io.github.sbi4j.core.sample.Samples;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A matrix of correlations, of draws or under conditions.
 *
 * <p>The picture: a square of D x D cells, the first parameter in the top row and the left column,
 * blue for negative and orange for positive correlations, with the number in each cell where there
 * is room, and a bar of the colours from -1 to 1.
 */
public final class CorrelationPlot extends PanelFigure<CorrelationPlot> {
  private static final ColorScale COLORS = new ColorScale(-1, 1);

  private final double[][] matrix;

  private CorrelationPlot(Look look, double[][] matrix) {
    super(look);
    this.matrix = matrix;
  }

  /**
   * A plot of a matrix.
   *
   * @param names D names
   * @param matrix D x D correlations from -1 to 1
   * @return the plot
   * @throws IllegalArgumentException if there is no name, the matrix is not D x D or a value is not
   *     between -1 and 1
   */
  public static CorrelationPlot of(List<String> names, double[][] matrix) {
    if (matrix.length != names.size()) {
      throw Inputs.problem(
          "got %d rows of correlations for %d names; give one each", matrix.length, names.size());
    }
    double[][] copy = Inputs.rows("correlations", matrix, names.size(), "names");
    for (int i = 0; i < copy.length; i++) {
      for (int j = 0; j < copy.length; j++) {
        if (Math.abs(copy[i][j]) > 1 + 1e-9) {
          throw Inputs.problem(
              "the correlation of '%s' and '%s' is %s; give values from -1 to 1, not covariances",
              names.get(i), names.get(j), copy[i][j]);
        }
      }
    }
    return new CorrelationPlot(Look.of(names), copy);
  }

  /**
   * A plot of the correlations of draws.
   *
   * @param samples N draws of D columns, none of them constant
   * @return the plot
   * @throws IllegalArgumentException if a correlation is not a number
   */
  public static CorrelationPlot of(Samples samples) {
    return of(samples.names(), samples.correlation());
  }

  @Override
  CorrelationPlot with(Look changed) {
    return new CorrelationPlot(changed, matrix);
  }

  @Override
  int count() {
    return 1;
  }

  /** The side of the square. */
  private int side() {
    return Math.max(180, matrix.length * (matrix.length <= 8 ? 52 : 40));
  }

  @Override
  int chartWidth() {
    return side() + 70 + (int) ColorBar.WIDTH;
  }

  @Override
  int chartHeight() {
    return side() + 24;
  }

  @Override
  Optional<ColorBar> colorBar() {
    return Optional.of(new ColorBar(COLORS, "correlation"));
  }

  @Override
  List<Chart> charts() {
    List<String> upwards = new ArrayList<>(look().labels());
    Collections.reverse(upwards);
    return List.of(
        new Chart(
            "",
            look().xLabelOr(""),
            look().yLabelOr(""),
            Scale.categories(look().labels()),
            Scale.categories(upwards),
            List.of(this::cells)));
  }

  private void cells(Graphics2D graphics, Axis x, Axis y) {
    int count = matrix.length;
    double width = x.length() / count;
    double height = y.length() / count;
    graphics.setFont(Style.TICK);
    boolean numbers =
        Text.width(graphics, Style.TICK, "−0.00") + 2 <= width
            && graphics.getFontMetrics().getAscent() + 2 <= height;
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < count; j++) {
        double value = matrix[i][j];
        double left = x.at(j) - width / 2;
        double top = y.at(count - 1.0 - i) - height / 2;
        graphics.setColor(COLORS.at(value));
        graphics.fill(new Rectangle2D.Double(left, top, width + 0.3, height + 0.3));
        if (numbers) {
          String text = String.format(Locale.ROOT, "%.2f", value).replace('-', '−');
          double middle = left + (width - Text.width(graphics, Style.TICK, text)) / 2;
          graphics.setColor(COLORS.textOn(value));
          graphics.drawString(text, (float) middle, (float) (top + height / 2 + 3.6));
        }
      }
    }
  }
}
