package io.github.sbi4j.analysis.plot;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Charts in rows. Axes and labels that all charts share are written at the outer ones only. */
final class ChartGrid {
  /** Room between panels. */
  static final double GAP = 22;

  private static final double TITLE = 20;
  private static final double LABEL = 18;
  private static final double VALUES = 18;

  private final List<Chart> charts;
  private final int inARow;
  private final int rows;
  private final boolean sharedX;
  private final boolean sharedY;

  ChartGrid(List<Chart> charts, int inARow) {
    this.charts = charts;
    this.inARow = inARow;
    this.rows = (charts.size() + inARow - 1) / inARow;
    this.sharedX = same(Chart::x) && same(Chart::xLabel);
    this.sharedY = same(Chart::y) && same(Chart::yLabel);
  }

  private boolean same(Function<Chart, Object> part) {
    return charts.stream().map(part).distinct().count() == 1;
  }

  /** Draws all charts into a rectangle and gives their panels. */
  List<PanelFrame> draw(Graphics2D graphics, Rectangle2D area) {
    double title = charts.stream().allMatch(chart -> chart.title().isEmpty()) ? 0 : TITLE;
    double below = below(graphics);
    double gapY = title + (sharedX ? 14 : below + 6);
    double panelHeight = (area.getHeight() - title - below - gapY * (rows - 1)) / rows;
    double left = left(graphics, panelHeight);
    double gapX = sharedY ? GAP : left + 12;
    double panelWidth = (area.getWidth() - left - gapX * (inARow - 1)) / inARow;
    List<PanelFrame> frames = new ArrayList<>();
    for (int k = 0; k < charts.size(); k++) {
      double x = area.getX() + left + k % inARow * (panelWidth + gapX);
      double y = area.getY() + title + k / inARow * (panelHeight + gapY);
      PanelFrame frame = new PanelFrame(new Rectangle2D.Double(x, y, panelWidth, panelHeight));
      charts.get(k).draw(graphics, frame);
      labels(graphics, k, frame, left, below);
      frames.add(frame);
    }
    return frames;
  }

  private void labels(Graphics2D graphics, int k, PanelFrame frame, double left, double below) {
    Chart chart = charts.get(k);
    frame.title(graphics, chart.title());
    boolean lowest = !sharedX || k + inARow >= charts.size();
    frame.ticksX(graphics, chart.x(), lowest);
    if (lowest && !chart.xLabel().isEmpty()) {
      frame.labelX(graphics, chart.xLabel(), below - 4);
    }
    boolean leftmost = !sharedY || k % inARow == 0;
    frame.ticksY(graphics, chart.y(), leftmost);
    if (leftmost && !chart.yLabel().isEmpty()) {
      frame.labelY(graphics, chart.yLabel(), left - 14);
    }
  }

  /** Room for the values below a panel and the label below them. */
  private double below(Graphics2D graphics) {
    double names = 0;
    for (Chart chart : charts) {
      names = Math.max(names, Text.widest(graphics, Style.TICK, chart.x().categories()));
    }
    double label = charts.stream().allMatch(chart -> chart.xLabel().isEmpty()) ? 0 : LABEL;
    return Math.max(VALUES, Math.min(names, PanelFrame.LONGEST_NAME) + 8) + label;
  }

  /** Room for the values left of a panel and the label beside them. */
  private double left(Graphics2D graphics, double panelHeight) {
    double widest = 0;
    for (Chart chart : charts) {
      List<String> values = PanelFrame.valuesY(chart.y(), panelHeight).labels();
      widest = Math.max(widest, Text.widest(graphics, Style.TICK, values));
    }
    double label = charts.stream().allMatch(chart -> chart.yLabel().isEmpty()) ? 0 : LABEL;
    return Math.min(widest, PanelFrame.LONGEST_NAME) + 10 + label;
  }
}
