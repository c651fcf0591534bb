package io.github.sbi4j.analysis.plot;

import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;

/**
 * The border of a panel with its ticks and labels.
 *
 * @param area the inside of the panel, in pixels
 */
record PanelFrame(Rectangle2D area) {
  private static final double TICK = 3.5;

  /** The axis that runs to the right. */
  Axis axisX(Range range) {
    return new Axis(range.low(), range.high(), area.getMinX(), area.getMaxX());
  }

  /** The axis that runs upwards. */
  Axis axisY(Range range) {
    return new Axis(range.low(), range.high(), area.getMaxY(), area.getMinY());
  }

  /** Draws the border. */
  void border(Graphics2D graphics) {
    graphics.setColor(Style.FRAME);
    graphics.setStroke(Style.HAIRLINE);
    graphics.draw(area);
  }

  /** Draws ticks below the panel, with their values if asked for. */
  void ticksX(Graphics2D graphics, Axis axis, boolean values) {
    Ticks ticks = ticksX(graphics, axis);
    FontMetrics metrics = graphics.getFontMetrics(Style.TICK);
    graphics.setFont(Style.TICK);
    graphics.setStroke(Style.HAIRLINE);
    for (int i = 0; i < ticks.values().size(); i++) {
      double at = axis.at(ticks.values().get(i));
      graphics.setColor(Style.FRAME);
      graphics.draw(new Line2D.Double(at, area.getMaxY(), at, area.getMaxY() + TICK));
      double half = metrics.stringWidth(ticks.labels().get(i)) / 2.0;
      // Half a gap on each side is ours; further out the next panel's labels begin.
      boolean fits = at - half > area.getMinX() - 4 && at + half < area.getMaxX() + 4;
      if (values && fits) {
        graphics.setColor(Style.TEXT);
        float baseline = (float) (area.getMaxY() + TICK + 2 + metrics.getAscent());
        graphics.drawString(ticks.labels().get(i), (float) (at - half), baseline);
      }
    }
  }

  /** As many ticks as leave room between their values. */
  private static Ticks ticksX(Graphics2D graphics, Axis axis) {
    FontMetrics metrics = graphics.getFontMetrics(Style.TICK);
    for (int count = 6; ; count--) {
      Ticks ticks = Ticks.of(axis.low(), axis.high(), count);
      double widest = 0;
      for (String label : ticks.labels()) {
        widest = Math.max(widest, metrics.stringWidth(label));
      }
      if (count == 2 || ticks.labels().size() * (widest + 9) <= axis.length()) {
        return ticks;
      }
    }
  }

  private static Ticks ticksY(Axis axis) {
    return Ticks.of(axis.low(), axis.high(), (int) Math.min(6, Math.max(2, axis.length() / 26)));
  }

  /** Draws ticks left of the panel, with their values if asked for. */
  void ticksY(Graphics2D graphics, Axis axis, boolean values) {
    Ticks ticks = ticksY(axis);
    FontMetrics metrics = graphics.getFontMetrics(Style.TICK);
    graphics.setFont(Style.TICK);
    graphics.setStroke(Style.HAIRLINE);
    for (int i = 0; i < ticks.values().size(); i++) {
      double at = axis.at(ticks.values().get(i));
      graphics.setColor(Style.FRAME);
      graphics.draw(new Line2D.Double(area.getMinX() - TICK, at, area.getMinX(), at));
      boolean fits = at - 4 > area.getMinY() - 3 && at + 4 < area.getMaxY() + 3;
      if (values && fits) {
        graphics.setColor(Style.TEXT);
        double left = area.getMinX() - TICK - 2.5 - metrics.stringWidth(ticks.labels().get(i));
        float baseline = (float) (at + 0.36 * metrics.getAscent());
        graphics.drawString(ticks.labels().get(i), (float) left, baseline);
      }
    }
  }

  /** The widest value that {@link #ticksY} draws on an axis of this length. */
  static double widestValue(Graphics2D graphics, Range range, double length) {
    FontMetrics metrics = graphics.getFontMetrics(Style.TICK);
    double widest = 0;
    for (String label : ticksY(new Axis(range.low(), range.high(), 0, length)).labels()) {
      widest = Math.max(widest, metrics.stringWidth(label));
    }
    return widest;
  }

  /** Writes a label centred below the panel, its baseline at a distance. */
  void labelX(Graphics2D graphics, String text, double distance) {
    graphics.setColor(Style.TEXT);
    graphics.setFont(Style.LABEL);
    double width = graphics.getFontMetrics().stringWidth(text);
    graphics.drawString(
        text, (float) (area.getCenterX() - width / 2), (float) (area.getMaxY() + distance));
  }

  /** Writes a label upwards left of the panel, its baseline at a distance. */
  void labelY(Graphics2D graphics, String text, double distance) {
    graphics.setColor(Style.TEXT);
    graphics.setFont(Style.LABEL);
    double width = graphics.getFontMetrics().stringWidth(text);
    AffineTransform before = graphics.getTransform();
    graphics.translate(area.getMinX() - distance, area.getCenterY() + width / 2);
    graphics.rotate(-Math.PI / 2);
    graphics.drawString(text, 0f, 0f);
    graphics.setTransform(before);
  }
}
