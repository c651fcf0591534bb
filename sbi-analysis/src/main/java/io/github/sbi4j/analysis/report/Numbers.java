package io.github.sbi4j.analysis.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them. */
final class Numbers {
  private static final MathContext DIGITS = new MathContext(4);

  private Numbers() {}

  /** Four digits; a dash for NaN. */
  static String text(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "\u2013" : value > 0 ? "\u221e" : "\u2212\u221e";
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(value).round(DIGITS);
    int exponent = rounded.precision() - rounded.scale() - 1;
    String text =
        exponent < -4 || exponent > 6
            ? String.format(Locale.ROOT, "%.3g", value)
            : rounded.stripTrailingZeros().toPlainString();
    return text.replace('-', '\u2212').replace("e\u2212", "e-").replace("e+", "e");
  }

  /** A share as a percentage; a dash for NaN. */
  static String percent(double share) {
    return Double.isNaN(share) ? "\u2013" : text(100 * share) + " %";
  }

  /** What a script sorts by; empty where there is no number. */
  static String order(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }

  /** A duration in seconds, or minutes and hours. */
  static String seconds(double seconds) {
    if (seconds < 100) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long minutes = Math.round(seconds / 60);
    return minutes < 100
        ? minutes + " min"
        : String.format(Locale.ROOT, "%d h %d min", minutes / 60, minutes % 60);
  }
}
