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
  /** Longer names are cut. */
  static final double LONGEST_NAME = 150;

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
    // Half a gap on each side is ours; further out the next panel's labels begin.
    ticksX(graphics, axis, fitting(graphics, Scale.of(axis.low(), axis.high()), axis), values, 4);
  }

  /** Draws ticks below the panel, with their values or names if asked for. */
  void ticksX(Graphics2D graphics, Scale scale, boolean values) {
    Axis axis = axisX(scale.range());
    if (scale.isCategories()) {
      namesX(graphics, scale, axis, values);
    } else {
      ticksX(
          graphics,
          axis,
          fitting(graphics, scale, axis),
          values,
          Math.min(12, ChartGrid.GAP / 2 - 2));
    }
  }

  private void ticksX(Graphics2D graphics, Axis axis, Ticks ticks, boolean values, double room) {
    FontMetrics metrics = graphics.getFontMetrics(Style.TICK);
    graphics.setFont(Style.TICK);
    graphics.setStroke(Style.HAIRLINE);
    for (int i = 0; i < ticks.values().size(); i++) {
      double at = axis.at(ticks.values().get(i));
      graphics.setColor(Style.FRAME);
      graphics.draw(new Line2D.Double(at, area.getMaxY(), at, area.getMaxY() + TICK));
      double half = metrics.stringWidth(ticks.labels().get(i)) / 2.0;
      boolean fits = at - half > area.getMinX() - room && at + half < area.getMaxX() + room;
      if (values && fits) {
        graphics.setColor(Style.TEXT);
        float baseline = (float) (area.getMaxY() + TICK + 2 + metrics.getAscent());
        graphics.drawString(ticks.labels().get(i), (float) (at - half), baseline);
      }
    }
  }

  /** As many ticks as leave room between their values. */
  private static Ticks fitting(Graphics2D graphics, Scale scale, Axis axis) {
    for (int count = 6; ; count--) {
      Ticks ticks = scale.ticks(count);
      double widest = Text.widest(graphics, Style.TICK, ticks.labels());
      if (count == 2 || ticks.labels().size() * (widest + 9) <= axis.length()) {
        return ticks;
      }
    }
  }

  /** Names below the panel, upright where they do not fit side by side. */
  private void namesX(Graphics2D graphics, Scale scale, Axis axis, boolean values) {
    double room = axis.length() / scale.categories().size() - 6;
    boolean level = Text.widest(graphics, Style.TICK, scale.categories()) <= room;
    FontMetrics metrics = graphics.getFontMetrics(Style.TICK);
    graphics.setFont(Style.TICK);
    graphics.setColor(Style.TEXT);
    for (int i = 0; values && i < scale.categories().size(); i++) {
      String name = Text.fit(graphics, Style.TICK, scale.categories().get(i), LONGEST_NAME);
      double width = metrics.stringWidth(name);
      double at = axis.at(i);
      if (level) {
        float baseline = (float) (area.getMaxY() + 4 + metrics.getAscent());
        graphics.drawString(name, (float) (at - width / 2), baseline);
      } else {
        double right = at + 0.36 * metrics.getAscent();
        upwards(graphics, name, right, area.getMaxY() + 5 + width);
      }
    }
  }

  /** The ticks of an axis that runs upwards. */
  static Ticks valuesY(Scale scale, double length) {
    return scale.ticks((int) Math.min(6, Math.max(2, length / 26)));
  }

  /** Draws ticks left of the panel, with their values if asked for. */
  void ticksY(Graphics2D graphics, Axis axis, boolean values) {
    ticksY(graphics, Scale.of(axis.low(), axis.high()), values, 3);
  }

  /** Draws ticks left of the panel, with their values or names if asked for. */
  void ticksY(Graphics2D graphics, Scale scale, boolean values) {
    ticksY(graphics, scale, values, 5);
  }

  private void ticksY(Graphics2D graphics, Scale scale, boolean values, double room) {
    Axis axis = axisY(scale.range());
    Ticks ticks = valuesY(scale, axis.length());
    FontMetrics metrics = graphics.getFontMetrics(Style.TICK);
    graphics.setFont(Style.TICK);
    graphics.setStroke(Style.HAIRLINE);
    for (int i = 0; i < ticks.values().size(); i++) {
      double at = axis.at(ticks.values().get(i));
      graphics.setColor(Style.FRAME);
      graphics.draw(new Line2D.Double(area.getMinX() - TICK, at, area.getMinX(), at));
      boolean fits = at - 4 > area.getMinY() - room && at + 4 < area.getMaxY() + room;
      if (values && fits) {
        graphics.setColor(Style.TEXT);
        String text = Text.fit(graphics, Style.TICK, ticks.labels().get(i), LONGEST_NAME);
        double left = area.getMinX() - TICK - 2.5 - metrics.stringWidth(text);
        float baseline = (float) (at + 0.36 * metrics.getAscent());
        graphics.drawString(text, (float) left, baseline);
      }
    }
  }

  /** The widest value that {@link #ticksY} draws on an axis of this length. */
  static double widestValue(Graphics2D graphics, Range range, double length) {
    Scale scale = Scale.of(range.low(), range.high());
    return Text.widest(graphics, Style.TICK, valuesY(scale, length).labels());
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
    upwards(graphics, text, area.getMinX() - distance, area.getCenterY() + width / 2);
  }

  private static void upwards(Graphics2D graphics, String text, double baseline, double start) {
    AffineTransform before = graphics.getTransform();
    graphics.translate(baseline, start);
    graphics.rotate(-Math.PI / 2);
    graphics.drawString(text, 0f, 0f);
    graphics.setTransform(before);
  }

  /** Writes a title above the panel, as much of it as fits. */
  void title(Graphics2D graphics, String text) {
    graphics.setColor(Style.TEXT);
    graphics.setFont(Style.LABEL);
    String shown = Text.fit(graphics, Style.LABEL, text, area.getWidth());
    double width = graphics.getFontMetrics().stringWidth(shown);
    double left = area.getCenterX() - width / 2;
    graphics.drawString(shown, (float) left, (float) (area.getMinY() - 5));
  }
}
