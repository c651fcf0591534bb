package io.github.sbi4j.benchmarks.drift;

import io.github.sbi4j.analysis.metric.C2st;
import io.github.sbi4j.core.distribution.Bijection;
import io.github.sbi4j.core.mcmc.LogDensity;
import io.github.sbi4j.flows.posterior.Likelihood;
import java.util.Arrays;

/**
 * How far a learned posterior of one data set is from the exact one, by 1000 independent draws of
 * each.
 *
 * @param c2st the C2ST of sbibm's protocol, one seed as in the published values
 * @param mean the difference of means, in standard deviations of the exact posterior, the mean over
 *     parameters
 * @param variance the difference of variances, as a share of the exact one, the mean over
 *     parameters
 */
record PosteriorError(double c2st, double mean, double variance) {
  private static final int DRAWS = 1000;

  /**
   * The error for one data set, of parameters drawn from the prior.
   *
   * @param likelihood the learned likelihood
   * @param dataSet the number of the data set, which decides its parameters
   * @param count the number of trials; those of fewer trials are the first of more
   * @param threads the number of threads
   */
  static PosteriorError of(Likelihood likelihood, int dataSet, int count, int threads) {
    double[][] trials = trials(dataSet, count);
    LogDensity truth = DriftDiffusion.posterior(trials);
    Proposal proposal = Proposal.fit(truth, 7000 + dataSet);
    Bijection bijection = DriftDiffusion.PRIOR.bijection();
    double[][] exact = proposal.resample(truth, bijection, DRAWS, 7000 + dataSet);
    LogDensity found = likelihood.potential(trials).unconstrained();
    double[][] learned = proposal.resample(found, bijection, DRAWS, 8000 + dataSet);
    double c2st = C2st.mlp().threads(threads).compute(exact, learned).median();
    double mean = 0;
    double variance = 0;
    int parameters = exact[0].length;
    for (int d = 0; d < parameters; d++) {
      double[] own = moments(exact, d);
      double[] other = moments(learned, d);
      mean += Math.abs(other[0] - own[0]) / Math.sqrt(own[1]) / parameters;
      variance += Math.abs(other[1] / own[1] - 1) / parameters;
    }
    return new PosteriorError(c2st, mean, variance);
  }

  static double[][] trials(int dataSet, int count) {
    double[][] same = new double[count][];
    Arrays.fill(same, DriftDiffusion.PRIOR.sample(1, 5000 + dataSet).toArray()[0]);
    return DriftDiffusion.simulate(same, 6000 + dataSet);
  }

  /** Mean and variance. */
  private static double[] moments(double[][] rows, int column) {
    double mean = Arrays.stream(rows).mapToDouble(row -> row[column]).average().orElseThrow();
    double variance =
        Arrays.stream(rows)
            .mapToDouble(row -> (row[column] - mean) * (row[column] - mean))
            .average()
            .orElseThrow();
    return new double[] {mean, variance};
  }
}
