package io.github.sbi4j.analysis.diagnostic;

/** In what way draws are wrong, as their ranks tell. */
public enum Miscalibration {
  /** Nothing was found. */
  NONE,
  /** True values lie outside the draws too often. */
  TOO_NARROW,
  /** True values lie in the middle of the draws too often. */
  TOO_WIDE,
  /** True values lie above the draws too often. */
  TOO_LOW,
  /** True values lie below the draws too often. */
  TOO_HIGH,
  /** The shape differs, neither the place nor the width. */
  SHAPE;

  /** The standard errors below which neither place nor width explains the ranks. */
  private static final double LEAST = 2.5;

  /** What is wrong where ranks are not uniform: what lies most standard errors off. */
  static Miscalibration of(RankUniformity ranks) {
    int count = ranks.ranks().length;
    double place = (ranks.mean() - 0.5) * Math.sqrt(12.0 * count);
    double width = (ranks.spread() - 1) * Math.sqrt(count * 5 / 4.0);
    if (Math.max(Math.abs(place), Math.abs(width)) < LEAST) {
      return SHAPE;
    }
    if (Math.abs(place) > Math.abs(width)) {
      return place > 0 ? TOO_LOW : TOO_HIGH;
    }
    return width > 0 ? TOO_NARROW : TOO_WIDE;
  }
}
