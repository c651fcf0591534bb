package io.github.sbi4j.analysis.metric;

/**
 * What a test on the maximum mean discrepancy found.
 *
 * @param squared the unbiased estimate of the squared discrepancy; around zero, also below it,
 *     where the distributions are equal
 * @param bandwidth the scale of the Gaussian kernel
 * @param pValue the share of permutations, the data as given among them, with at least this
 *     estimate
 * @param permutations the number of random permutations
 */
public record MmdResult(double squared, double bandwidth, double pValue, int permutations) {
  /**
   * Whether the test says that the distributions differ.
   *
   * @param level the false-alarm rate, for example 0.05
   * @return true if the p-value is at most the level
   */
  public boolean rejects(double level) {
    return pValue <= level;
  }
}
