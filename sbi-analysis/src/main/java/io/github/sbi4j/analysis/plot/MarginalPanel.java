package io.github.sbi4j.analysis.plot;

import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;

/** Draws the distribution of one column. */
final class MarginalPanel {
  private MarginalPanel() {}

  /** Heights over positions, in units of density. */
  private record Curve(double[] positions, double[] heights) {
    double top() {
      double largest = 0;
      for (double height : heights) {
        largest = Math.max(largest, height);
      }
      return largest;
    }
  }

  /**
   * Draws into the panel that the axis spans.
   *
   * @param graphics where to draw, clipped to the panel
   * @param data what to draw
   * @param k which of the shown columns
   * @param panel {@link Panel#HISTOGRAM} or {@link Panel#KDE}
   * @param x the axis of the column
   * @param bottom the pixel of density zero
   * @param top the upper pixel of the panel
   */
  static void draw(
      Graphics2D graphics, PlotData data, int k, Panel panel, Axis x, double bottom, double top) {
    Range range = data.range(k);
    int bins = 0;
    for (int set = 0; set < data.sets().size(); set++) {
      bins = Math.max(bins, bins(data.values(set, k), range));
    }
    List<Curve> curves = new ArrayList<>();
    double highest = 0;
    for (int set = 0; set < data.sets().size(); set++) {
      double[] values = data.values(set, k);
      Curve curve = panel == Panel.KDE ? density(values, range) : histogram(values, range, bins);
      curves.add(curve);
      highest = Math.max(highest, curve.top());
    }
    Axis y = new Axis(0, highest > 0 ? 1.1 * highest : 1, bottom, top);
    for (int set = 0; set < curves.size(); set++) {
      Path2D outline = path(curves.get(set), x, y);
      Path2D area = new Path2D.Double(outline);
      double[] positions = curves.get(set).positions();
      area.lineTo(x.at(positions[positions.length - 1]), bottom);
      area.lineTo(x.at(positions[0]), bottom);
      area.closePath();
      graphics.setColor(Style.alpha(Style.series(set), 0.25));
      graphics.fill(area);
      graphics.setColor(Style.series(set));
      graphics.setStroke(Style.LINE);
      graphics.draw(outline);
    }
    for (Overlay overlay : data.overlays()) {
      boolean truth = overlay.color() == Style.TRUTH;
      graphics.setColor(overlay.color());
      graphics.setStroke(truth ? Style.LINE : Style.DASHED);
      for (double[] row : overlay.rows()) {
        double at = x.at(row[data.shown().get(k)]);
        Shape line = new Line2D.Double(at, bottom, at, top);
        graphics.draw(line);
      }
    }
  }

  private static Path2D path(Curve curve, Axis x, Axis y) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < curve.positions().length; i++) {
      double atX = x.at(curve.positions()[i]);
      double atY = y.at(curve.heights()[i]);
      if (i == 0) {
        path.moveTo(atX, atY);
      } else {
        path.lineTo(atX, atY);
      }
    }
    return path;
  }

  private static Curve density(double[] values, Range range) {
    MarginalDensity density = MarginalDensity.of(values, range);
    double[] positions = new double[density.nodes()];
    double[] heights = new double[density.nodes()];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = density.position(i);
      heights[i] = density.value(i);
    }
    return new Curve(positions, heights);
  }

  /** The outline of the bars, a step at each border of a bin. */
  private static Curve histogram(double[] values, Range range, int bins) {
    double width = (range.high() - range.low()) / bins;
    double[] counts = new double[bins];
    for (double value : values) {
      if (value >= range.low() && value <= range.high()) {
        counts[Math.min(bins - 1, (int) ((value - range.low()) / width))]++;
      }
    }
    double[] positions = new double[2 * bins + 2];
    double[] heights = new double[2 * bins + 2];
    for (int b = 0; b <= bins; b++) {
      positions[2 * b] = range.low() + b * width;
      positions[2 * b + 1] = positions[2 * b];
      heights[2 * b] = b == 0 ? 0 : counts[b - 1] / (values.length * width);
      heights[2 * b + 1] = b == bins ? 0 : counts[b] / (values.length * width);
    }
    return new Curve(positions, heights);
  }

  /** A bin for one and a half bandwidths, within reason. */
  private static int bins(double[] values, Range range) {
    double width = 1.5 * Bandwidth.of(values);
    double rough = width > 0 ? (range.high() - range.low()) / width : 20;
    return (int) Math.min(Math.max(rough, 12), 60);
  }
}
