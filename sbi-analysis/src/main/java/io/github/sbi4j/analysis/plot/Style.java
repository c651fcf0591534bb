package io.github.sbi4j.analysis.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Stroke;
import java.util.List;

/** The look that all figures share. */
final class Style {
  /** The palette of Okabe and Ito, told apart by readers of all kinds of colour vision. */
  private static final List<Color> PALETTE =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0x56B4E9),
          new Color(0xE69F00));

  static final Color BACKGROUND = Color.WHITE;
  static final Color TEXT = new Color(0x222222);
  static final Color FRAME = new Color(0x8A8A8A);
  static final Color REFERENCE = new Color(0x6E6E6E);
  static final Color BAND = new Color(0xE3E3E3);
  static final Color TRUTH = new Color(0x111111);

  static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  static final Font TICK = new Font(Font.SANS_SERIF, Font.PLAIN, 10);
  static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 14);

  static final Stroke HAIRLINE = new BasicStroke(0.8f);
  static final Stroke THIN = new BasicStroke(0.7f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
  static final Stroke LINE = new BasicStroke(1.4f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  static final Stroke DASHED =
      new BasicStroke(
          1.1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {4f, 2.5f}, 0f);

  private Style() {}

  /** The colour of a sample set. */
  static Color series(int index) {
    return PALETTE.get(index % PALETTE.size());
  }

  /** The colour of a set of marked points, from the other end of the palette. */
  static Color overlay(int index) {
    return PALETTE.get(PALETTE.size() - 1 - index % PALETTE.size());
  }

  /** A see-through version of a colour. */
  static Color alpha(Color color, double alpha) {
    return new Color(color.getRed(), color.getGreen(), color.getBlue(), (int) (255 * alpha));
  }

  /** A mix of white and a colour: white at zero, the colour at one. */
  static Color tint(Color color, double share) {
    return new Color(
        mix(color.getRed(), share), mix(color.getGreen(), share), mix(color.getBlue(), share));
  }

  private static int mix(int channel, double share) {
    return (int) Math.round(255 + share * (channel - 255));
  }
}
