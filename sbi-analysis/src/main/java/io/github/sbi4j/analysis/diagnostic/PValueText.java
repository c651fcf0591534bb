package io.github.sbi4j.analysis.diagnostic;

import java.util.Locale;

/** How readings show a p-value. */
final class PValueText {
  private static final double SMALLEST = 1e-6;

  private PValueText() {}

  /** {@return "p = 0.034", or "p < 0.000001"} */
  static String of(double p) {
    if (p < SMALLEST) {
      return "p < 0.000001";
    }
    return String.format(Locale.ROOT, p < 0.001 ? "p = %.6f" : "p = %.3f", p);
  }
}
