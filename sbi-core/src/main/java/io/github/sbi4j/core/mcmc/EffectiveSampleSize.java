package io.github.sbi4j.core.mcmc;

/**
 * The effective sample size of several chains: their number of draws over the autocorrelation time,
 * summed while Geyer's initial monotone sequence lasts (Geyer 1992, Statistical Science 7).
 */
final class EffectiveSampleSize {
  private final double[][] chains;
  private final double[] means;
  private final int length;

  private EffectiveSampleSize(double[][] chains) {
    this.chains = chains;
    this.length = chains[0].length;
    this.means = new double[chains.length];
    for (int c = 0; c < chains.length; c++) {
      means[c] = SplitChains.mean(chains[c]);
    }
  }

  /** The effective sample size of chains as they are; NaN if all draws are the same. */
  static double of(double[][] chains) {
    return new EffectiveSampleSize(chains).compute();
  }

  private double compute() {
    double within = autocovariance(0) * length / (length - 1);
    double total = autocovariance(0) + (means.length > 1 ? SplitChains.variance(means) : 0);
    if (total == 0) {
      return Double.NaN;
    }
    double even = 1;
    double odd = 1 - (within - autocovariance(1)) / total;
    double smallestPair = Double.POSITIVE_INFINITY;
    double sum = 0;
    for (int lag = 2; lag < length - 2 && even + odd > 0; lag += 2) {
      smallestPair = Math.min(smallestPair, even + odd);
      sum += smallestPair;
      even = 1 - (within - autocovariance(lag)) / total;
      odd = 1 - (within - autocovariance(lag + 1)) / total;
    }
    int draws = chains.length * length;
    // Of the last pair, which is negative or noise, the even half counts once. The bound is Stan's
    // for chains whose draws repel each other.
    double time = Math.max(-1 + 2 * sum + Math.max(even, 0), 1 / Math.log10(draws));
    return draws / time;
  }

  /** The mean over chains of the autocovariance at a lag, with divisor N. */
  private double autocovariance(int lag) {
    double sum = 0;
    for (int c = 0; c < chains.length; c++) {
      double[] values = chains[c];
      double mean = means[c];
      double products = 0;
      for (int i = lag; i < length; i++) {
        products += (values[i] - mean) * (values[i - lag] - mean);
      }
      sum += products / length;
    }
    return sum / chains.length;
  }
}
