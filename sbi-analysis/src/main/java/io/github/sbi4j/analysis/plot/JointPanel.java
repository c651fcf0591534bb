package io.github.sbi4j.analysis.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;

/** Draws the joint distribution of two columns. */
final class JointPanel {
  private static final int MOST_DOTS = 2500;
  private static final int BINS = 40;
  private static final int SHADES = 12;

  private final Graphics2D graphics;
  private final PlotData data;
  private final int columnX;
  private final int columnY;
  private final Axis x;
  private final Axis y;

  /**
   * Draws column {@code columnX} to the right and column {@code columnY} upwards.
   *
   * @param graphics where to draw, clipped to the panel
   * @param data what to draw
   * @param columnX which of the shown columns runs to the right
   * @param columnY which of the shown columns runs upwards
   * @param x the axis to the right
   * @param y the axis upwards
   */
  JointPanel(Graphics2D graphics, PlotData data, int columnX, int columnY, Axis x, Axis y) {
    this.graphics = graphics;
    this.data = data;
    this.columnX = columnX;
    this.columnY = columnY;
    this.x = x;
    this.y = y;
  }

  /** Draws all sets of samples and the marked positions above them. */
  void draw(Panel panel, double[] levels) {
    for (int set = 0; set < data.sets().size(); set++) {
      double[] valuesX = data.values(set, columnX);
      double[] valuesY = data.values(set, columnY);
      Color color = Style.series(set);
      switch (panel) {
        case HISTOGRAM -> histogram(valuesX, valuesY, color);
        case SCATTER -> scatter(valuesX, valuesY, color);
        case KDE -> shades(density(valuesX, valuesY), color);
        case CONTOUR -> contours(density(valuesX, valuesY), levels, color);
        case NONE -> {}
      }
    }
    for (Overlay overlay : data.overlays()) {
      for (double[] row : overlay.rows()) {
        mark(overlay, row[data.shown().get(columnX)], row[data.shown().get(columnY)]);
      }
    }
  }

  private DensityGrid density(double[] valuesX, double[] valuesY) {
    return DensityGrid.of(valuesX, valuesY, data.range(columnX), data.range(columnY));
  }

  private void contours(DensityGrid density, double[] levels, Color color) {
    double[] ascending = levels.clone();
    Arrays.sort(ascending);
    for (int l = ascending.length - 1; l >= 0; l--) {
      Path2D region = Contours.above(density, density.threshold(ascending[l]), x, y);
      graphics.setColor(Style.alpha(color, 0.28));
      graphics.fill(region);
      graphics.setColor(color);
      graphics.setStroke(Style.LINE);
      graphics.draw(region);
    }
  }

  private void shades(DensityGrid density, Color color) {
    if (data.sets().size() == 1) {
      shade(graphics, density, color, x, y);
      return;
    }
    graphics.setColor(Style.alpha(color, 0.12));
    for (int s = 0; s < SHADES; s++) {
      double share = (s + 0.5) / SHADES;
      graphics.fill(Contours.above(density, share * density.maximum(), x, y));
    }
  }

  /** Shades as filled contours, which stay smooth in a vector graphic. */
  static void shade(Graphics2D graphics, DensityGrid density, Color color, Axis x, Axis y) {
    double maximum = density.maximum();
    for (int s = 0; s < SHADES; s++) {
      double share = (s + 0.5) / SHADES;
      graphics.setColor(Style.tint(color, 0.12 + 0.88 * share));
      graphics.fill(Contours.above(density, share * maximum, x, y));
    }
  }

  private void histogram(double[] valuesX, double[] valuesY, Color color) {
    int[][] counts = new int[BINS][BINS];
    int largest = 1;
    for (int i = 0; i < valuesX.length; i++) {
      if (x.holds(valuesX[i]) && y.holds(valuesY[i])) {
        int column = bin(x, valuesX[i]);
        int row = bin(y, valuesY[i]);
        largest = Math.max(largest, ++counts[row][column]);
      }
    }
    double width = (x.to() - x.from()) / BINS;
    double height = (y.from() - y.to()) / BINS;
    for (int row = 0; row < BINS; row++) {
      for (int column = 0; column < BINS; column++) {
        if (counts[row][column] > 0) {
          double share = (double) counts[row][column] / largest;
          boolean single = data.sets().size() == 1;
          graphics.setColor(
              single ? Style.tint(color, 0.08 + 0.92 * share) : Style.alpha(color, 0.8 * share));
          double left = x.from() + column * width;
          double top = y.from() - (row + 1) * height;
          // Opaque neighbours overlap by a little, so that no background shows between them.
          double seam = single ? 0.3 : 0;
          graphics.fill(new Rectangle2D.Double(left, top - seam, width + seam, height + seam));
        }
      }
    }
  }

  private static int bin(Axis axis, double value) {
    return Math.min(BINS - 1, (int) ((value - axis.low()) / (axis.high() - axis.low()) * BINS));
  }

  private void scatter(double[] valuesX, double[] valuesY, Color color) {
    int count = Math.min(MOST_DOTS, valuesX.length);
    double alpha = Math.min(0.8, Math.max(0.25, 250.0 / count));
    graphics.setColor(Style.alpha(color, alpha));
    for (int i = 0; i < count; i++) {
      int row = (int) ((long) i * valuesX.length / count);
      if (x.holds(valuesX[row]) && y.holds(valuesY[row])) {
        graphics.fill(Layers.dot(x.at(valuesX[row]), y.at(valuesY[row]), 1.2));
      }
    }
  }

  private void mark(Overlay overlay, double valueX, double valueY) {
    double atX = x.at(valueX);
    double atY = y.at(valueY);
    if (overlay.color() == Style.TRUTH) {
      cross(graphics, valueX, valueY, x, y);
    } else {
      graphics.setColor(Style.BACKGROUND);
      graphics.fill(Layers.dot(atX, atY, 4.2));
      graphics.setColor(overlay.color());
      graphics.fill(Layers.dot(atX, atY, 3.2));
    }
  }

  /** Marks a position with lines across the panel. */
  static void cross(Graphics2D graphics, double valueX, double valueY, Axis x, Axis y) {
    double atX = x.at(valueX);
    double atY = y.at(valueY);
    graphics.setColor(Style.alpha(Style.TRUTH, 0.75));
    graphics.setStroke(Style.HAIRLINE);
    graphics.draw(new Line2D.Double(atX, y.from(), atX, y.to()));
    graphics.draw(new Line2D.Double(x.from(), atY, x.to(), atY));
    graphics.setColor(Style.TRUTH);
    graphics.fill(new Rectangle2D.Double(atX - 2.5, atY - 2.5, 5, 5));
  }
}
