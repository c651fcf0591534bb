package io.github.sbi4j.core.mcmc;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Whether the chains of a run can be trusted, and how precise they are. Immutable; arrays come out
 * as copies.
 *
 * <p>Numbers are those of {@link Convergence}, over all chains cut to the shortest.
 */
public final class Diagnostics {
  private final double[] rHat;
  private final double[] essBulk;
  private final double[] essTail;
  private final double[] mcseMean;
  private final double[] mcseSd;
  private final double[] eBfmi;
  private final StepTotals totals;
  private final List<String> warnings;

  private Diagnostics(Chains chains) {
    double[][][] draws = new double[chains.names().size()][][];
    Arrays.setAll(draws, chains::coordinate);
    this.rHat = each(draws, Convergence::rHat);
    this.essBulk = each(draws, Convergence::essBulk);
    this.essTail = each(draws, Convergence::essTail);
    this.mcseMean = each(draws, Convergence::mcseMean);
    this.mcseSd = each(draws, Convergence::mcseSd);
    this.eBfmi = new double[hasEnergies(chains) ? chains.size() : 0];
    Arrays.setAll(eBfmi, c -> Convergence.eBfmi(chains.chain(c).energies()));
    this.totals = StepTotals.of(chains);
    this.warnings = Warnings.of(chains, this);
  }

  static Diagnostics of(Chains chains) {
    return new Diagnostics(chains);
  }

  /** Whether the kernel has energies, as HMC and NUTS do. */
  static boolean hasEnergies(Chains chains) {
    double[] energies = chains.chain(0).energies();
    return energies.length > 0 && !Double.isNaN(energies[0]);
  }

  private static double[] each(double[][][] draws, ToDoubleFunction<double[][]> statistic) {
    return Arrays.stream(draws).mapToDouble(statistic).toArray();
  }

  /** {@return R-hat of each value, D numbers; see {@link Convergence#rHat}} */
  public double[] rHat() {
    return rHat.clone();
  }

  /** {@return the effective sample size of each value's centre, D numbers} */
  public double[] essBulk() {
    return essBulk.clone();
  }

  /** {@return the effective sample size of each value's tails, D numbers} */
  public double[] essTail() {
    return essTail.clone();
  }

  /** {@return the Monte Carlo standard error of each mean, D numbers} */
  public double[] mcseMean() {
    return mcseMean.clone();
  }

  /** {@return the Monte Carlo standard error of each standard deviation, D numbers} */
  public double[] mcseSd() {
    return mcseSd.clone();
  }

  /**
   * {@return E-BFMI of each chain, C numbers; none for kernels without energies. See {@link
   * Convergence#eBfmi}}
   */
  public double[] eBfmi() {
    return eBfmi.clone();
  }

  /** {@return the mean acceptance of the steps after warm-up; see {@link Step#acceptance}} */
  public double meanAcceptance() {
    return totals.meanAcceptance();
  }

  /** {@return how many draws of all chains come from a divergent step} */
  public int divergences() {
    return totals.divergences();
  }

  /** {@return how many draws of all chains come from a NUTS tree of the greatest depth allowed} */
  public int saturated() {
    return totals.saturated();
  }

  /** {@return the number of draws of each depth of tree, from depth 0 on} */
  public int[] treeDepths() {
    return totals.treeDepths().clone();
  }

  /** {@return the evaluations of the target of all chains, warm-up included} */
  public long evaluations() {
    return totals.evaluations();
  }

  /** {@return how many evaluations gave NaN or +Infinity and were taken for zero density} */
  public long invalidEvaluations() {
    return totals.invalidEvaluations();
  }

  /** {@return what is wrong and what to do about it, most serious first; empty if all is well} */
  public List<String> warnings() {
    return warnings;
  }
}
