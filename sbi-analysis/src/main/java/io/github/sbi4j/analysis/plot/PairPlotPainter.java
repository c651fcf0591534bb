package io.github.sbi4j.analysis.plot;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;

/** Lays out the panels of a pair plot and draws them. */
final class PairPlotPainter {
  private static final double GAP = 8;
  private static final double BELOW_VALUES = 34;
  private static final double BELOW_LABELS = 44;

  private final Graphics2D graphics;
  private final PlotData data;
  private final Panel diagonal;
  private final Panel lower;
  private final Panel upper;
  private final double[] levels;
  private final int count;

  PairPlotPainter(
      Graphics2D graphics,
      PlotData data,
      Panel diagonal,
      Panel lower,
      Panel upper,
      double[] levels) {
    this.graphics = graphics;
    this.data = data;
    this.diagonal = diagonal;
    this.lower = lower;
    this.upper = upper;
    this.levels = levels;
    this.count = data.shown().size();
  }

  void draw(String title, int width, int height) {
    graphics.setColor(Style.BACKGROUND);
    graphics.fillRect(0, 0, width, height);
    Legend legend = Legend.of(data);
    // An empty upper triangle has room for the legend.
    boolean legendInside = upper == Panel.NONE && count > 1;
    Legend header = legendInside ? Legend.none() : legend;
    double top = Header.draw(graphics, title, header, width);
    boolean below = lower != Panel.NONE || count == 1;
    // Without a lower triangle the values stand below each panel of the diagonal.
    double gapY = below ? GAP : BELOW_LABELS;
    double panelHeight = (height - top - BELOW_LABELS - gapY * (count - 1)) / count;
    double left = below && count > 1 ? leftMargin(panelHeight) : 18;
    double panelWidth = (width - left - 16 - GAP * (count - 1)) / count;
    for (int row = 0; row < count; row++) {
      for (int column = 0; column < count; column++) {
        Panel panel = row == column ? diagonal : row > column ? lower : upper;
        if (panel != Panel.NONE) {
          double x = left + column * (panelWidth + GAP);
          double y = top + row * (panelHeight + gapY);
          Rectangle2D area = new Rectangle2D.Double(x, y, panelWidth, panelHeight);
          draw(new PanelFrame(area), panel, row, column);
        }
      }
    }
    if (legendInside) {
      legend.column(graphics, width - 16, top);
    }
  }

  /** Room for the widest value on the leftmost axes and the label beside it. */
  private double leftMargin(double panelHeight) {
    double widest = 0;
    for (int row = 1; row < count; row++) {
      widest = Math.max(widest, PanelFrame.widestValue(graphics, data.range(row), panelHeight));
    }
    return widest + 34;
  }

  private void draw(PanelFrame frame, Panel panel, int row, int column) {
    Axis x = frame.axisX(data.range(column));
    Axis y = frame.axisY(data.range(row));
    Graphics2D inside = (Graphics2D) graphics.create();
    inside.clip(frame.area());
    if (row == column) {
      MarginalPanel.draw(inside, data, row, panel, x, y.from(), y.to());
    } else {
      new JointPanel(inside, data, column, row, x, y).draw(panel, levels);
    }
    inside.dispose();
    frame.border(graphics);
    boolean shared = lower != Panel.NONE;
    if (row >= column) {
      boolean values = row == count - 1 || !shared;
      frame.ticksX(graphics, x, values);
      if (values) {
        frame.labelX(graphics, data.label(column), BELOW_VALUES);
      }
    }
    if (shared && column == 0 && row > 0) {
      frame.ticksY(graphics, y, true);
      double widest = 0;
      for (int r = 1; r < count; r++) {
        double length = frame.area().getHeight();
        widest = Math.max(widest, PanelFrame.widestValue(graphics, data.range(r), length));
      }
      frame.labelY(graphics, data.label(row), widest + 16);
    }
  }
}
