package io.github.sbi4j.analysis.diagnostic;

import io.github.sbi4j.core.mcmc.Chains;
import io.github.sbi4j.core.mcmc.Diagnostics;
import io.github.sbi4j.core.sample.Samples;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The draws for one data set.
 *
 * @param values L x D, row after row; of chains in an order in which the first K of them are as far
 *     apart in the chains as K can be
 * @param effective the effective sample size of the chains for L draws; L where draws are
 *     independent
 * @param rHat the largest R-hat of the chains; NaN where there are none
 */
record DrawnSet(double[] values, double effective, double rHat) {
  /** Independent draws. */
  static DrawnSet of(Samples draws) {
    return new DrawnSet(draws.toRowMajorArray(), draws.rows(), Double.NaN);
  }

  /** The draws of chains, the last steps first, then those halfway, and so on. */
  static DrawnSet of(Chains chains, int count) {
    Diagnostics diagnostics = chains.diagnostics();
    int columns = chains.names().size();
    double[][] rows = new double[chains.size()][];
    for (int c = 0; c < rows.length; c++) {
      rows[c] = chains.chain(c).draws().toRowMajorArray();
    }
    double[] values = new double[Math.multiplyExact(count, columns)];
    int next = 0;
    for (int step : spreadOut(chains.draws())) {
      for (int c = 0; c < rows.length && next < values.length; c++, next += columns) {
        System.arraycopy(rows[c], step * columns, values, next, columns);
      }
    }
    double effective = Math.min(count, Arrays.stream(diagnostics.essBulk()).min().orElseThrow());
    return new DrawnSet(values, effective, Arrays.stream(diagnostics.rHat()).max().orElseThrow());
  }

  /** All steps, the last one first, in the order of van der Corput's sequence. */
  static int[] spreadOut(int steps) {
    int bits = 32 - Integer.numberOfLeadingZeros(Math.max(1, steps - 1));
    int[] order = new int[steps];
    int next = 0;
    for (int i = 0; next < steps; i++) {
      int step = Integer.reverse(i) >>> (32 - bits);
      if (step < steps) {
        order[next++] = steps - 1 - step;
      }
    }
    return order;
  }

  boolean finite() {
    return Arrays.stream(values).allMatch(Double::isFinite);
  }

  /** How many draws are different. */
  int distinct(int columns) {
    Set<Integer> hashes = new HashSet<>();
    for (int i = 0; i < values.length; i += columns) {
      hashes.add(Arrays.hashCode(Arrays.copyOfRange(values, i, i + columns)));
    }
    return hashes.size();
  }
}
