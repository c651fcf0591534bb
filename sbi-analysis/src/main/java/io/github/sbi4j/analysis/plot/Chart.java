package io.github.sbi4j.analysis.plot;

import java.awt.Graphics2D;
import java.util.List;

/**
 * One panel with its axes.
 *
 * @param title the text above, or an empty one
 * @param xLabel the text at the axis to the right, or an empty one
 * @param yLabel the text at the axis upwards, or an empty one
 * @param x the axis to the right
 * @param y the axis upwards
 * @param layers what is drawn, one above the other
 */
record Chart(String title, String xLabel, String yLabel, Scale x, Scale y, List<Layer> layers) {

  /** Draws the inside and the border. */
  void draw(Graphics2D graphics, PanelFrame frame) {
    Graphics2D inside = (Graphics2D) graphics.create();
    inside.clip(frame.area());
    Axis axisX = frame.axisX(x.range());
    Axis axisY = frame.axisY(y.range());
    for (Layer layer : layers) {
      layer.draw(inside, axisX, axisY);
    }
    inside.dispose();
    frame.border(graphics);
  }
}
