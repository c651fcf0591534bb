package io.github.sbi4j.analysis.plot;

import java.awt.Graphics2D;

/** Something drawn inside a chart. */
@FunctionalInterface
interface Layer {
  /** Draws into the panel that the axes span; what lies outside is cut off. */
  void draw(Graphics2D graphics, Axis x, Axis y);
}
