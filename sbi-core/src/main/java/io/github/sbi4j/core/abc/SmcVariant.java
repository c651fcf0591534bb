package io.github.sbi4j.core.abc;

/** How a sequence of populations is made; the three differ in kernel and resampling. */
public enum SmcVariant {
  /**
   * The kernel has in each coordinate the spread of uniform noise over the range of the last
   * population (Toni, Welch, Strelkowa, Ipsen and Stumpf, 2009; Toni, 2010).
   */
  TONI,
  /**
   * The same kernel, and a population whose effective sample size is under half its size is
   * resampled to equal weights (Sisson, Fan and Tanaka, 2007, with the correction of 2009).
   */
  SISSON,
  /**
   * The kernel has twice the weighted covariance of the last population (Beaumont, Cornuet, Marin
   * and Robert, 2009; with correlations, Filippi, Barnes, Cornebise and Stumpf, 2013).
   */
  BEAUMONT
}
