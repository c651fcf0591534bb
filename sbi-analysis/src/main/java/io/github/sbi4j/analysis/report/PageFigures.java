package io.github.sbi4j.analysis.report;

import io.github.sbi4j.analysis.plot.Figure;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts figures into a page, each with identifiers of its own. */
final class PageFigures {
  private static final Logger LOG = LoggerFactory.getLogger(PageFigures.class);
  private static final Pattern MARK = Pattern.compile("id=\"(f[0-9a-f]{8}-)");

  private final Map<String, Integer> seen = new HashMap<>();

  /** Draws a figure, or says why it cannot be drawn: a report of bad draws is wanted too. */
  void write(Html html, String caption, Supplier<? extends Figure> figure) {
    String svg;
    try {
      svg = distinct(figure.get().svg());
    } catch (RuntimeException e) {
      LOG.warn("no figure of {}", caption, e);
      html.element("p", "No figure of " + caption + ": " + e.getMessage(), "class", "note");
      return;
    }
    html.open("figure").open("div", "class", "picture", "role", "img", "aria-label", caption);
    html.markup(svg).close().element("figcaption", caption).close();
  }

  /** Equal figures have equal identifiers; the second one gets others. */
  private String distinct(String svg) {
    Matcher matcher = MARK.matcher(svg);
    if (!matcher.find()) {
      return svg;
    }
    String mark = matcher.group(1);
    int count = seen.merge(mark, 1, Integer::sum);
    return count == 1 ? svg : svg.replace(mark, mark + count + "-");
  }
}
