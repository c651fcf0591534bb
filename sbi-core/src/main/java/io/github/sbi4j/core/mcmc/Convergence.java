package io.github.sbi4j.core.mcmc;

/**
 * Convergence and precision of C chains of N draws of one quantity (Vehtari, Gelman, Simpson,
 * Carpenter and B&uuml;rkner 2021, "Rank-normalization, folding, and localization: an improved
 * R-hat", Bayesian Analysis 16). The same numbers as ArviZ.
 *
 * <p>All methods take C x N draws, N the same for all chains and at least 4; NaN is the result for
 * fewer draws, and for draws that are not all finite.
 */
public final class Convergence {
  private static final double TAIL = 0.05;

  private Convergence() {}

  /**
   * Rank-normalised split R-hat: the greater of that of the draws, which sees differences in
   * location, and that of their distances from the median, which sees differences in scale.
   *
   * @param draws C x N values
   * @return R-hat, near 1 where chains agree; below 1.01 is good. NaN for constant draws
   * @throws IllegalArgumentException if chains differ in length or there is none
   */
  public static double rHat(double[][] draws) {
    if (!SplitChains.usable(draws)) {
      return Double.NaN;
    }
    double[][] split = SplitChains.of(draws);
    double bulk = SplitChains.rHat(RankNormal.scores(split));
    double tail = SplitChains.rHat(RankNormal.scores(SplitChains.folded(split)));
    return Math.max(bulk, tail);
  }

  /**
   * The effective sample size of the centre of the distribution: that of the rank-normalised draws.
   *
   * @param draws C x N values
   * @return the number of independent draws that would tell as much
   * @throws IllegalArgumentException if chains differ in length or there is none
   */
  public static double essBulk(double[][] draws) {
    return SplitChains.usable(draws)
        ? EffectiveSampleSize.of(RankNormal.scores(SplitChains.of(draws)))
        : Double.NaN;
  }

  /**
   * The effective sample size of the tails: the lesser one for the 5 % and the 95 % quantile.
   *
   * @param draws C x N values
   * @return the number of independent draws that would tell as much
   * @throws IllegalArgumentException if chains differ in length or there is none
   */
  public static double essTail(double[][] draws) {
    return Math.min(essQuantile(draws, TAIL), essQuantile(draws, 1 - TAIL));
  }

  /**
   * The effective sample size of a quantile.
   *
   * @param draws C x N values
   * @param probability the quantile's, strictly between 0 and 1
   * @return the number of independent draws that would tell as much
   * @throws IllegalArgumentException if chains differ in length or there is none
   */
  public static double essQuantile(double[][] draws, double probability) {
    Require.share("probability", probability);
    return SplitChains.usable(draws)
        ? EffectiveSampleSize.of(SplitChains.of(SplitChains.below(draws, probability)))
        : Double.NaN;
  }

  /**
   * The effective sample size of the mean.
   *
   * @param draws C x N values
   * @return the number of independent draws that would tell as much
   * @throws IllegalArgumentException if chains differ in length or there is none
   */
  public static double essMean(double[][] draws) {
    return SplitChains.usable(draws) ? EffectiveSampleSize.of(SplitChains.of(draws)) : Double.NaN;
  }

  /**
   * The Monte Carlo standard error of the mean, sd / sqrt(ESS).
   *
   * @param draws C x N values
   * @return how far the mean of the draws may be from the target's, as a standard deviation
   * @throws IllegalArgumentException if chains differ in length or there is none
   */
  public static double mcseMean(double[][] draws) {
    if (!SplitChains.usable(draws)) {
      return Double.NaN;
    }
    double n = (double) draws.length * draws[0].length;
    double variance = SplitChains.mean(SplitChains.squaredDeviations(draws)) * n / (n - 1);
    return Math.sqrt(variance / essMean(draws));
  }

  /**
   * The Monte Carlo standard error of the standard deviation, from that of the variance by the
   * delta method.
   *
   * @param draws C x N values
   * @return how far the sd of the draws may be from the target's, as a standard deviation
   * @throws IllegalArgumentException if chains differ in length or there is none
   */
  public static double mcseSd(double[][] draws) {
    if (!SplitChains.usable(draws)) {
      return Double.NaN;
    }
    double[][] squares = SplitChains.squaredDeviations(draws);
    double variance = SplitChains.mean(squares);
    double varianceOfSquares = SplitChains.mean(SplitChains.squaredDeviations(squares));
    return Math.sqrt(varianceOfSquares / essMean(squares) / variance / 4);
  }

  /**
   * E-BFMI, the estimated Bayesian fraction of missing information of the energies of one chain
   * (Betancourt 2016, arXiv:1604.00695): the mean squared step of the energy over its variance,
   * both with divisor N - 1.
   *
   * @param energies N values
   * @return the fraction; below 0.3 momenta change the energy too little to explore its tails. NaN
   *     for fewer than two values
   */
  public static double eBfmi(double... energies) {
    if (energies.length < 2) {
      return Double.NaN;
    }
    double mean = 0;
    for (double energy : energies) {
      mean += energy / energies.length;
    }
    double squares = 0;
    double steps = 0;
    for (int i = 0; i < energies.length; i++) {
      squares += (energies[i] - mean) * (energies[i] - mean);
      double step = i == 0 ? 0 : energies[i] - energies[i - 1];
      steps += step * step;
    }
    return steps / squares;
  }
}
