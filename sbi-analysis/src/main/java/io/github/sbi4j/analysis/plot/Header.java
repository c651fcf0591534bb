package io.github.sbi4j.analysis.plot;

import java.awt.Graphics2D;

/** The title of a figure and the legend below it. */
final class Header {
  private Header() {}

  /** Draws both, as far as they are there, and gives the pixel where the panels may begin. */
  static double draw(Graphics2D graphics, String title, Legend legend, double width) {
    double top = 12;
    if (!title.isEmpty()) {
      graphics.setColor(Style.TEXT);
      graphics.setFont(Style.TITLE);
      String text = Text.fit(graphics, Style.TITLE, title, width - 16);
      double textWidth = graphics.getFontMetrics().stringWidth(text);
      graphics.drawString(text, (float) ((width - textWidth) / 2), (float) (top + 14));
      top += 26;
    }
    if (!legend.isEmpty()) {
      top += legend.rows(graphics, width / 2, top - 2, width - 24) * Legend.ROW + 6;
    }
    return top;
  }
}
