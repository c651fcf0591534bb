package io.github.sbi4j.analysis.plot;

import java.awt.FontMetrics;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;

/**
 * What the colours of a scale mean.
 *
 * @param scale the colours
 * @param label the text beside
 */
record ColorBar(ColorScale scale, String label) {
  /** Room for the bar with its values and label. */
  static final double WIDTH = 84;

  private static final double BAR = 14;

  /** Draws the bar with its left border at x, values at the right and the label beyond them. */
  void draw(Graphics2D graphics, double x, double y, double height) {
    PanelFrame frame = new PanelFrame(new Rectangle2D.Double(x, y, BAR, height));
    float left = (float) x;
    float middle = (float) (y + height / 2);
    graphics.setPaint(
        new GradientPaint(left, (float) y, ColorScale.HIGH, left, middle, ColorScale.MIDDLE));
    graphics.fill(new Rectangle2D.Double(x, y, BAR, height / 2));
    graphics.setPaint(
        new GradientPaint(
            left, middle, ColorScale.MIDDLE, left, (float) (y + height), ColorScale.LOW));
    graphics.fill(new Rectangle2D.Double(x, middle, BAR, height / 2));
    frame.border(graphics);
    Scale values = Scale.of(scale.low(), scale.high());
    Axis axis = frame.axisY(values.range());
    Ticks ticks = PanelFrame.valuesY(values, height);
    FontMetrics metrics = graphics.getFontMetrics(Style.TICK);
    graphics.setFont(Style.TICK);
    for (int i = 0; i < ticks.values().size(); i++) {
      double at = axis.at(ticks.values().get(i));
      graphics.setColor(Style.FRAME);
      graphics.draw(new Line2D.Double(x + BAR, at, x + BAR + 3.5, at));
      graphics.setColor(Style.TEXT);
      float baseline = (float) (at + 0.36 * metrics.getAscent());
      graphics.drawString(ticks.labels().get(i), (float) (x + BAR + 6), baseline);
    }
    double widest = Text.widest(graphics, Style.TICK, ticks.labels());
    frame.labelY(graphics, label, -(BAR + 6 + widest + 16));
  }
}
