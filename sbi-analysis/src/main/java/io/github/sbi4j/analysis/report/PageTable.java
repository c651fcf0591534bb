package io.github.sbi4j.analysis.report;

import io.github.sbi4j.analysis.diagnostic.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * A table that scrolls inside its own box and that a script makes sortable. The first cell of a row
 * is its header.
 */
final class PageTable {
  /** More rows than these nobody reads in a page; JSON has all. */
  private static final int MOST_ROWS = 100;

  /**
   * A cell.
   *
   * @param text what is seen
   * @param order what it is sorted by; empty cells come last
   * @param style names of CSS classes, or empty
   */
  record Cell(String text, String order, String style) {
    static Cell text(String text) {
      return new Cell(text, text, "");
    }

    static Cell number(double value) {
      return new Cell(Numbers.text(value), Numbers.order(value), "number");
    }

    static Cell percent(double share) {
      return new Cell(Numbers.percent(share), Numbers.order(share), "number");
    }

    static Cell reading(String text) {
      return new Cell(text, text, "reading");
    }

    static Cell verdict(Verdict verdict) {
      return new Cell(
          verdict.word(),
          Integer.toString(verdict.ordinal()),
          "verdict " + ReportPage.css(verdict));
    }
  }

  private final String caption;
  private final List<String> columns;
  private final List<List<Cell>> rows = new ArrayList<>();

  PageTable(String caption, String... columns) {
    this.caption = caption;
    this.columns = List.of(columns);
  }

  PageTable row(List<Cell> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(
          "got " + cells.size() + " cells for the columns " + columns + "; give one for each");
    }
    rows.add(List.copyOf(cells));
    return this;
  }

  PageTable row(Cell... cells) {
    return row(List.of(cells));
  }

  void write(Html html) {
    // What scrolls has to be reached by keys, and needs a name then.
    html.open("div", "class", "scroll", "tabindex", "0", "role", "group", "aria-label", caption);
    html.open("table", "class", rows.size() > 1 ? "sortable" : "short");
    html.element("caption", caption);
    html.open("thead").open("tr");
    for (int c = 0; c < columns.size(); c++) {
      boolean number = !rows.isEmpty() && rows.get(0).get(c).style().equals("number");
      html.element("th", columns.get(c), "scope", "col", "class", number ? "number" : "text");
    }
    html.close().close().open("tbody");
    for (List<Cell> row : rows.subList(0, Math.min(MOST_ROWS, rows.size()))) {
      html.open("tr");
      for (int c = 0; c < row.size(); c++) {
        write(html, row.get(c), c == 0);
      }
      html.close();
    }
    html.close().close().close();
    if (rows.size() > MOST_ROWS) {
      html.element(
          "p",
          "The first " + MOST_ROWS + " of " + rows.size() + " rows are shown.",
          "class",
          "note");
    }
  }

  private static void write(Html html, Cell cell, boolean header) {
    List<String> attributes = new ArrayList<>(List.of("data-sort", cell.order()));
    if (header) {
      attributes.addAll(List.of("scope", "row"));
    }
    boolean badge = cell.style().startsWith("verdict");
    if (!badge && !cell.style().isEmpty()) {
      attributes.addAll(List.of("class", cell.style()));
    }
    html.open(header ? "th" : "td", attributes.toArray(String[]::new));
    if (badge) {
      html.element("span", cell.text(), "class", cell.style());
    } else {
      html.text(cell.text());
    }
    html.close();
  }
}
