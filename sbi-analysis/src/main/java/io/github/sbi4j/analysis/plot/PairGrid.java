package io.github.sbi4j.analysis.plot;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;

/**
 * The layout of a pair plot: a column of panels and a row of panels for each parameter.
 *
 * @param labels the names of the parameters shown
 * @param ranges what the axes of each show
 * @param lower whether there are panels below the diagonal
 * @param upper whether there are panels above the diagonal
 */
record PairGrid(List<String> labels, List<Range> ranges, boolean lower, boolean upper) {
  private static final double GAP = 8;
  private static final double BELOW_VALUES = 34;
  private static final double BELOW_LABELS = 44;

  /** Draws the inside of a panel. */
  @FunctionalInterface
  interface Cell {
    /** Draws the parameter of the column to the right, and that of the row upwards. */
    void draw(Graphics2D graphics, int row, int column, Axis x, Axis y);
  }

  /** The side of a figure whose panels are 150 pixels wide, less where there are many of them. */
  static int fittingSide(int count) {
    return 110 + Math.max(count == 1 ? 300 : 0, Math.min(150 * count, 1400));
  }

  /** Draws all panels, with title, legend and the meaning of colours, into a figure of a size. */
  void draw(
      Graphics2D graphics,
      String title,
      Legend legend,
      Optional<ColorBar> bar,
      int width,
      int height,
      Cell cell) {
    graphics.setColor(Style.BACKGROUND);
    graphics.fillRect(0, 0, width, height);
    int count = labels.size();
    // An empty upper triangle has room for the legend and the colours.
    boolean roomInside = !upper && count > 1;
    Legend header = roomInside ? Legend.none() : legend;
    double top = Header.draw(graphics, title, header, width);
    boolean below = lower || count == 1;
    // Without a lower triangle the values stand below each panel of the diagonal.
    double gapY = below ? GAP : BELOW_LABELS;
    double panelHeight = (height - top - BELOW_LABELS - gapY * (count - 1)) / count;
    double left = below && count > 1 ? leftMargin(graphics, panelHeight) : 18;
    double right = 16 + (bar.isPresent() && !roomInside ? ColorBar.WIDTH : 0);
    double panelWidth = (width - left - right - GAP * (count - 1)) / count;
    for (int row = 0; row < count; row++) {
      for (int column = 0; column < count; column++) {
        if (row == column || (row > column ? lower : upper)) {
          double x = left + column * (panelWidth + GAP);
          double y = top + row * (panelHeight + gapY);
          Rectangle2D area = new Rectangle2D.Double(x, y, panelWidth, panelHeight);
          draw(graphics, new PanelFrame(area), row, column, cell);
        }
      }
    }
    double free = top;
    if (roomInside) {
      legend.column(graphics, width - 16, top);
      free += legend.isEmpty() ? 6 : legend.size() * Legend.ROW + 14;
    }
    if (bar.isPresent()) {
      double length = Math.min(240, (roomInside ? panelHeight + top : height - 60) - free);
      bar.get().draw(graphics, width - ColorBar.WIDTH - 2, free, Math.max(60, length));
    }
  }

  /** Room for the widest value on the leftmost axes and the label beside it. */
  private double leftMargin(Graphics2D graphics, double panelHeight) {
    return widestValue(graphics, panelHeight) + 34;
  }

  private double widestValue(Graphics2D graphics, double panelHeight) {
    double widest = 0;
    for (int row = 1; row < labels.size(); row++) {
      widest = Math.max(widest, PanelFrame.widestValue(graphics, ranges.get(row), panelHeight));
    }
    return widest;
  }

  private void draw(Graphics2D graphics, PanelFrame frame, int row, int column, Cell cell) {
    Axis x = frame.axisX(ranges.get(column));
    Axis y = frame.axisY(ranges.get(row));
    Graphics2D inside = (Graphics2D) graphics.create();
    inside.clip(frame.area());
    cell.draw(inside, row, column, x, y);
    inside.dispose();
    frame.border(graphics);
    if (row >= column) {
      boolean values = row == labels.size() - 1 || !lower;
      frame.ticksX(graphics, x, values);
      if (values) {
        frame.labelX(graphics, labels.get(column), BELOW_VALUES);
      }
    }
    if (lower && column == 0 && row > 0) {
      frame.ticksY(graphics, y, true);
      double widest = widestValue(graphics, frame.area().getHeight());
      frame.labelY(graphics, labels.get(row), widest + 16);
    }
  }
}
