package io.github.sbi4j.benchmarks.drift;

import io.github.sbi4j.flows.posterior.Likelihood;

/**
 * How far a learned likelihood is from the exact one: means over 100 trials, each of parameters of
 * the prior, with 1000 other parameters of the prior each.
 *
 * <p>Log-likelihoods below log 10<sup>-7</sup> are set to that, the exact ones and the learned
 * ones. The published evaluation also sets the learned ones to it where the reaction time is
 * shorter than the delay, which {@link #belowDelay} is about.
 *
 * @param huberOfLog the Huber loss of log-likelihoods, e<sup>2</sup> / 2 for errors up to one, |e|
 *     - 1/2 for larger ones
 * @param huber the Huber loss of likelihoods
 * @param squaredOfLog the squared error of log-likelihoods
 * @param squared the squared error of likelihoods
 * @param belowDelay the part of {@code huberOfLog} of reaction times shorter than the delay, which
 *     the others leave out
 */
record LikelihoodError(
    double huberOfLog, double huber, double squaredOfLog, double squared, double belowDelay) {
  private static final double FLOOR = Math.log(1e-7);
  private static final int TRIALS = 100;
  private static final int PARAMETERS = 1000;
  private static final long SEED = 1001;

  static LikelihoodError of(Likelihood likelihood) {
    double[][] trials =
        DriftDiffusion.simulate(DriftDiffusion.PRIOR.sample(TRIALS, SEED).toArray(), SEED + 1);
    double[] sums = new double[5];
    for (double[] theta : DriftDiffusion.PRIOR.sample(PARAMETERS, SEED + 2).toArray()) {
      double[] exact = DriftDiffusion.logLikelihood(trials, theta);
      double[] learned = likelihood.logProb(trials, theta);
      for (int i = 0; i < TRIALS; i++) {
        double of = Math.max(FLOOR, learned[i]) - Math.max(FLOOR, exact[i]);
        if (trials[i][0] <= theta[3]) {
          sums[4] += huber(of);
        } else {
          double linear = Math.exp(Math.max(FLOOR, learned[i])) - Math.exp(exact[i]);
          sums[0] += huber(of);
          sums[1] += huber(linear);
          sums[2] += of * of;
          sums[3] += linear * linear;
        }
      }
    }
    double n = TRIALS * PARAMETERS;
    return new LikelihoodError(sums[0] / n, sums[1] / n, sums[2] / n, sums[3] / n, sums[4] / n);
  }

  private static double huber(double error) {
    double e = Math.abs(error);
    return e < 1 ? e * e / 2 : e - 0.5;
  }
}
