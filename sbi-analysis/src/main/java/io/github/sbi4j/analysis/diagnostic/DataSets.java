package io.github.sbi4j.analysis.diagnostic;

import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.posterior.Posterior;
import io.github.sbi4j.flows.posterior.UnnormalizedPosterior;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * True parameters and the data simulated with them.
 *
 * @param parameters N x D
 * @param conditions N x K, where there are any
 * @param observations N x L
 * @param rows the N rows in the table of simulations that they come from
 */
record DataSets(
    Samples parameters, Optional<Samples> conditions, Samples observations, int[] rows) {
  /** The simulations that did not fail, if their parameters are those of the posterior. */
  static DataSets of(Posterior posterior, Simulations simulations) {
    List<String> names = posterior.names();
    List<String> given = simulations.parameters().names();
    boolean reordered = !given.equals(names) && given.containsAll(names);
    if (given.size() != names.size() || reordered) {
      throw new IllegalArgumentException(
          "the simulations have the parameters "
              + given
              + ", expected those of the posterior in their order: "
              + names);
    }
    BitSet failed = new BitSet();
    simulations.failures().forEach(failure -> failed.set(failure.row()));
    int[] rows = IntStream.range(0, simulations.size()).filter(i -> !failed.get(i)).toArray();
    if (rows.length == 0) {
      throw new IllegalArgumentException(
          "all " + simulations.size() + " simulations failed; give some that did not");
    }
    return new DataSets(
        simulations.parameters().take(rows).named(names.toArray(String[]::new)),
        simulations.conditions().map(table -> table.take(rows)),
        simulations.observations().take(rows),
        rows);
  }

  int size() {
    return rows.length;
  }

  DataSets take(int... indices) {
    return new DataSets(
        parameters.take(indices),
        conditions.map(table -> table.take(indices)),
        observations.take(indices),
        Arrays.stream(indices).map(i -> rows[i]).toArray());
  }

  /** The posterior given the data of one data set, under its conditions if there are any. */
  Posterior given(Posterior posterior, int i) {
    double[] x = observations.row(i);
    if (conditions.isEmpty()) {
      return posterior.given(x);
    }
    if (posterior instanceof UnnormalizedPosterior chains) {
      return chains.given(new double[][] {x}, new double[][] {conditions.get().row(i)});
    }
    throw new IllegalArgumentException(
        "the simulations have the conditions "
            + conditions.get().names()
            + ", which a "
            + posterior.getClass().getSimpleName()
            + " does not take; use a posterior of a likelihood or ratio learned under conditions");
  }
}
