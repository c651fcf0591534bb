package io.github.sbi4j.analysis.report;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes HTML; all texts and values of attributes are escaped. */
final class Html {
  private final StringBuilder page = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /** Opens an element; attributes are names and values in turn. */
  Html open(String tag, String... attributes) {
    page.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      page.append(' ').append(attributes[i]).append("=\"");
      page.append(escape(attributes[i + 1])).append('"');
    }
    page.append('>');
    open.push(tag);
    return this;
  }

  /** Closes the innermost element. */
  Html close() {
    page.append("</").append(open.pop()).append(">\n");
    return this;
  }

  /** An element without content that needs no end, such as {@code meta}. */
  Html single(String tag, String... attributes) {
    open(tag, attributes);
    open.pop();
    page.append('\n');
    return this;
  }

  /** An element with a text. */
  Html element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  Html text(String text) {
    page.append(escape(text));
    return this;
  }

  /** Markup of our own that is written as it is. */
  Html markup(String own) {
    page.append(own);
    return this;
  }

  /** The text with all that has a meaning in HTML, or that HTML cannot hold, replaced. */
  static String escape(String text) {
    StringBuilder result = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> result.append("&amp;");
        case '<' -> result.append("&lt;");
        case '>' -> result.append("&gt;");
        case '"' -> result.append("&quot;");
        case '\'' -> result.append("&#39;");
        default -> result.append(c < ' ' && c != '\n' && c != '\t' ? '\uFFFD' : c);
      }
    }
    return result.toString();
  }

  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("these elements are still open: " + open);
    }
    return page.toString();
  }
}
