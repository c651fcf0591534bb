package io.github.sbi4j.analysis.plot;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** The names of what a figure shows, each with its colour. */
final class Legend {
  static final double ROW = 19;
  private static final double KEY = 20;

  private record Entry(String name, Color color, boolean line) {}

  private final List<Entry> entries;

  private Legend(List<Entry> entries) {
    this.entries = entries;
  }

  /** The entries for sets of samples that have a name, and for all marked positions. */
  static Legend of(PlotData data) {
    List<Entry> entries = new ArrayList<>();
    for (int set = 0; set < data.sets().size(); set++) {
      String name = data.sets().get(set).name();
      if (!name.isEmpty()) {
        entries.add(new Entry(name, Style.series(set), false));
      }
    }
    for (Overlay overlay : data.overlays()) {
      entries.add(new Entry(overlay.name(), overlay.color(), true));
    }
    return new Legend(entries);
  }

  static Legend none() {
    return new Legend(List.of());
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Draws one entry below the other, ending at a right border. */
  void column(Graphics2D graphics, double right, double top) {
    FontMetrics metrics = graphics.getFontMetrics(Style.LABEL);
    double widest = 0;
    for (Entry entry : entries) {
      widest = Math.max(widest, metrics.stringWidth(entry.name()));
    }
    double left = right - widest - KEY - 6;
    for (int i = 0; i < entries.size(); i++) {
      draw(graphics, entries.get(i), left, top + i * ROW);
    }
  }

  /** Draws all entries in a row around a centre. */
  void row(Graphics2D graphics, double centre, double top) {
    FontMetrics metrics = graphics.getFontMetrics(Style.LABEL);
    double total = -18;
    for (Entry entry : entries) {
      total += KEY + 6 + metrics.stringWidth(entry.name()) + 18;
    }
    double left = centre - total / 2;
    for (Entry entry : entries) {
      draw(graphics, entry, left, top);
      left += KEY + 6 + metrics.stringWidth(entry.name()) + 18;
    }
  }

  private static void draw(Graphics2D graphics, Entry entry, double left, double top) {
    double middle = top + ROW / 2;
    graphics.setStroke(Style.LINE);
    if (entry.line()) {
      graphics.setColor(entry.color());
      graphics.draw(new Line2D.Double(left, middle, left + KEY, middle));
      graphics.fill(new Rectangle2D.Double(left + KEY / 2 - 2.5, middle - 2.5, 5, 5));
    } else {
      Rectangle2D box = new Rectangle2D.Double(left, middle - 5, KEY, 10);
      graphics.setColor(Style.alpha(entry.color(), 0.28));
      graphics.fill(box);
      graphics.setColor(entry.color());
      graphics.draw(box);
    }
    graphics.setColor(Style.TEXT);
    graphics.setFont(Style.LABEL);
    graphics.drawString(entry.name(), (float) (left + KEY + 6), (float) (middle + 4.5));
  }
}
