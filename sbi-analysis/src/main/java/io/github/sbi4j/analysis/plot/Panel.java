package io.github.sbi4j.analysis.plot;

/** What a panel of a figure shows. */
public enum Panel {
  /** Nothing; the panel is left out. */
  NONE,
  /** Counts in bins: bars for one column, shaded cells for two. */
  HISTOGRAM,
  /** A Gaussian kernel density estimate: a curve for one column, shades for two. */
  KDE,
  /** Regions of highest density that hold given shares of the mass; for two columns only. */
  CONTOUR,
  /** A dot for each row; for two columns only. */
  SCATTER
}
