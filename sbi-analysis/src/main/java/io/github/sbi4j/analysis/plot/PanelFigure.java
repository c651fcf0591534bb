package io.github.sbi4j.analysis.plot;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;

/**
 * A figure of one or more charts in rows, below a title and a legend.
 *
 * @param <F> the type of the figure
 */
abstract class PanelFigure<F extends Figure> extends StyledFigure<F> {
  PanelFigure(Look look) {
    super(look);
  }

  /** The charts, in reading order. */
  abstract List<Chart> charts();

  /** The number of charts. */
  abstract int count();

  List<Legend.Entry> legend() {
    return List.of();
  }

  /** What colours mean, drawn at the right. */
  Optional<ColorBar> colorBar() {
    return Optional.empty();
  }

  /** The width of a chart with its labels where the user gave none. */
  int chartWidth() {
    return count() == 1 ? 460 : count() <= 3 ? 300 : 235;
  }

  /** The height of a chart with its labels where the user gave none. */
  int chartHeight() {
    return count() == 1 ? 330 : count() <= 3 ? 240 : 195;
  }

  int mostInARow() {
    return 4;
  }

  /**
   * A copy with other texts at the axes.
   *
   * @param x the text at the axes to the right
   * @param y the text at the axes upwards
   * @return the copy
   */
  public F axisLabels(String x, String y) {
    return with(look().withAxisLabels(x, y));
  }

  private int rows() {
    return (count() + mostInARow() - 1) / mostInARow();
  }

  /** As many in a row as make the rows about the same. */
  private int inARow() {
    return (count() + rows() - 1) / rows();
  }

  @Override
  int fittingWidth() {
    return 30 + inARow() * chartWidth();
  }

  @Override
  int fittingHeight() {
    return 40 + (look().title().isEmpty() ? 0 : 26) + rows() * chartHeight();
  }

  @Override
  public void draw(Graphics2D graphics) {
    graphics.setColor(Style.BACKGROUND);
    graphics.fillRect(0, 0, width(), height());
    double top = Header.draw(graphics, look().title(), Legend.of(legend()), width());
    double beside = colorBar().isPresent() ? ColorBar.WIDTH : 0;
    Rectangle2D area = new Rectangle2D.Double(8, top, width() - 22.0 - beside, height() - top - 8);
    List<PanelFrame> frames = new ChartGrid(charts(), inARow()).draw(graphics, area);
    double from = frames.get(0).area().getMinY();
    double to = frames.get(frames.size() - 1).area().getMaxY();
    colorBar().ifPresent(bar -> bar.draw(graphics, area.getMaxX() + 14, from, to - from));
  }
}
