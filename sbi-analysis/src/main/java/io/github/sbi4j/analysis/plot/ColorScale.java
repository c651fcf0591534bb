package io.github.sbi4j.analysis.plot;

import java.awt.Color;

/**
 * Colours that run from blue over a pale grey to orange, told apart by readers of all kinds of
 * colour vision.
 *
 * @param low the value that is blue
 * @param high the value that is orange; grey lies in the middle
 */
record ColorScale(double low, double high) {
  static final Color LOW = new Color(0x00569A);
  static final Color MIDDLE = new Color(0xEFEFEF);
  static final Color HIGH = new Color(0xC04A00);

  /** The colour of a value; values outside have the colours of the ends. */
  Color at(double value) {
    double share = Math.max(-1, Math.min(1, 2 * (value - low) / (high - low) - 1));
    Color end = share < 0 ? LOW : HIGH;
    double weight = Math.abs(share);
    return new Color(
        mix(end.getRed(), MIDDLE.getRed(), weight),
        mix(end.getGreen(), MIDDLE.getGreen(), weight),
        mix(end.getBlue(), MIDDLE.getBlue(), weight));
  }

  private static int mix(int end, int middle, double weight) {
    return (int) Math.round(middle + weight * (end - middle));
  }

  /** A colour for text on the colour of a value. */
  Color textOn(double value) {
    return Math.abs(2 * (value - low) / (high - low) - 1) > 0.6 ? Color.WHITE : Style.TEXT;
  }
}
