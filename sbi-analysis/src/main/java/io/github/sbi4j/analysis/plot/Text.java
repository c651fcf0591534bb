package io.github.sbi4j.analysis.plot;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.util.List;

/** Measures texts. */
final class Text {
  private Text() {}

  static double width(Graphics2D graphics, Font font, String text) {
    return graphics.getFontMetrics(font).stringWidth(text);
  }

  static double widest(Graphics2D graphics, Font font, List<String> texts) {
    return texts.stream().mapToDouble(text -> width(graphics, font, text)).max().orElse(0);
  }

  /** The text, or as much of its beginning as fits, with dots. */
  static String fit(Graphics2D graphics, Font font, String text, double width) {
    FontMetrics metrics = graphics.getFontMetrics(font);
    String shown = text;
    for (int end = text.length() - 1; end > 0 && metrics.stringWidth(shown) > width; end--) {
      shown = text.substring(0, end).stripTrailing() + "…";
    }
    return shown;
  }
}
