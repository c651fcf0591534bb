package io.github.sbi4j.analysis.plot;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What all figures let one choose.
 *
 * @param title the title, or an empty text
 * @param width the width in pixels, or 0 for a fitting one
 * @param height the height in pixels, or 0 for a fitting one
 * @param labels the names of what is shown, for example of the parameters
 * @param xLabel the text at the axes to the right, or null for the usual one
 * @param yLabel the text at the axes upwards, or null for the usual one
 */
record Look(
    String title,
    int width,
    int height,
    List<String> labels,
    @Nullable String xLabel,
    @Nullable String yLabel) {

  static Look of(List<String> labels) {
    return new Look("", 0, 0, List.copyOf(labels), null, null);
  }

  /** Labels theta_1, theta_2, ...; an empty one if there is nothing to tell apart. */
  static Look parameters(int count) {
    if (count == 1) {
      return of(List.of(""));
    }
    return of(IntStream.rangeClosed(1, count).mapToObj(i -> "theta_" + i).toList());
  }

  Look withTitle(String text) {
    return new Look(text, width, height, labels, xLabel, yLabel);
  }

  Look withSize(int wide, int high) {
    if (wide < 100 || high < 100) {
      throw Inputs.problem("size must be at least 100 x 100 pixels, got %d x %d", wide, high);
    }
    return new Look(title, wide, high, labels, xLabel, yLabel);
  }

  Look withLabels(String... texts) {
    if (texts.length != labels.size()) {
      throw Inputs.problem(
          "got %d labels for a figure that needs %d; give one each", texts.length, labels.size());
    }
    return withNames(List.of(texts));
  }

  /** For what shows other things than before. */
  Look withNames(List<String> names) {
    return new Look(title, width, height, names, xLabel, yLabel);
  }

  Look withAxisLabels(String x, String y) {
    return new Look(title, width, height, labels, x, y);
  }

  /** The text at the axes to the right. */
  String xLabelOr(String usual) {
    return xLabel == null ? usual : xLabel;
  }

  /** The text at the axes upwards. */
  String yLabelOr(String usual) {
    return yLabel == null ? usual : yLabel;
  }
}
