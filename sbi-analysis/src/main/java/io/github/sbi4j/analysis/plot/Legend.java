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
  private static final double SPACE = 18;

  /** How an entry is shown beside its name. */
  enum Key {
    AREA,
    LINE,
    DASHES,
    MARK,
    DOT
  }

  /**
   * One name.
   *
   * @param name the name
   * @param color the colour
   * @param key how it is shown
   */
  record Entry(String name, Color color, Key key) {}

  private final List<Entry> entries;

  private Legend(List<Entry> entries) {
    this.entries = entries;
  }

  static Legend of(List<Entry> entries) {
    return new Legend(entries);
  }

  /** The entries for sets of samples that have a name, and for all marked positions. */
  static Legend of(PlotData data) {
    List<Entry> entries = new ArrayList<>();
    for (int set = 0; set < data.sets().size(); set++) {
      String name = data.sets().get(set).name();
      if (!name.isEmpty()) {
        entries.add(new Entry(name, Style.series(set), Key.AREA));
      }
    }
    for (Overlay overlay : data.overlays()) {
      entries.add(new Entry(overlay.name(), overlay.color(), Key.MARK));
    }
    return new Legend(entries);
  }

  static Legend none() {
    return new Legend(List.of());
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  int size() {
    return entries.size();
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

  /** Draws the entries in rows around a centre and gives the number of rows. */
  int rows(Graphics2D graphics, double centre, double top, double width) {
    int rows = 0;
    List<Entry> row = new ArrayList<>();
    double used = 0;
    for (Entry entry : entries) {
      double needed = width(graphics, entry);
      if (!row.isEmpty() && used + needed > width) {
        row(graphics, row, centre - (used - SPACE) / 2, top + rows++ * ROW);
        row.clear();
        used = 0;
      }
      row.add(entry);
      used += needed;
    }
    row(graphics, row, centre - (used - SPACE) / 2, top + rows++ * ROW);
    return rows;
  }

  private static double width(Graphics2D graphics, Entry entry) {
    return KEY + 6 + Text.width(graphics, Style.LABEL, entry.name()) + SPACE;
  }

  private static void row(Graphics2D graphics, List<Entry> row, double start, double top) {
    double left = start;
    for (Entry entry : row) {
      draw(graphics, entry, left, top);
      left += width(graphics, entry);
    }
  }

  private static void draw(Graphics2D graphics, Entry entry, double left, double top) {
    double middle = top + ROW / 2;
    graphics.setStroke(entry.key() == Key.DASHES ? Style.DASHED : Style.LINE);
    graphics.setColor(entry.color());
    switch (entry.key()) {
      case AREA -> {
        Rectangle2D box = new Rectangle2D.Double(left, middle - 5, KEY, 10);
        graphics.setColor(Style.alpha(entry.color(), 0.28));
        graphics.fill(box);
        graphics.setColor(entry.color());
        graphics.draw(box);
      }
      case LINE, DASHES -> graphics.draw(new Line2D.Double(left, middle, left + KEY, middle));
      case MARK -> {
        graphics.draw(new Line2D.Double(left, middle, left + KEY, middle));
        graphics.fill(new Rectangle2D.Double(left + KEY / 2 - 2.5, middle - 2.5, 5, 5));
      }
      case DOT -> graphics.fill(Layers.dot(left + KEY / 2, middle, 3.2));
    }
    graphics.setColor(Style.TEXT);
    graphics.setFont(Style.LABEL);
    graphics.drawString(entry.name(), (float) (left + KEY + 6), (float) (middle + 4.5));
  }
}
