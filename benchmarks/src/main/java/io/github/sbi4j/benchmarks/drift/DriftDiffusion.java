package io.github.sbi4j.benchmarks.drift;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.WienerFirstPassage;
import io.github.sbi4j.core.mcmc.LogDensity;
import io.github.sbi4j.core.random.RandomStreams;

/**
 * The drift-diffusion model of choices between two alternatives: its prior, its draws, its exact
 * likelihood and posterior. A trial is a reaction time and a choice, 0 or 1; parameters are drift,
 * separation of the bounds, relative start and delay.
 */
final class DriftDiffusion {
  static final Distribution PRIOR =
      BoxUniform.of(new double[] {-2, 0.5, 0.3, 0.2}, new double[] {2, 2, 0.7, 1.8})
          .named("drift", "separation", "start", "delay");

  private DriftDiffusion() {}

  private static WienerFirstPassage model(double[] theta) {
    return WienerFirstPassage.of(theta[0], theta[1], theta[2], theta[3]);
  }

  /** A trial for each row of parameters. */
  static double[][] simulate(double[][] theta, long seed) {
    double[][] trials = new double[theta.length][];
    for (int i = 0; i < trials.length; i++) {
      var passage = model(theta[i]).sample(RandomStreams.of(seed, i));
      trials[i] = new double[] {passage.time(), passage.upper() ? 1 : 0};
    }
    return trials;
  }

  /** The exact log-likelihood of each trial. */
  static double[] logLikelihood(double[][] trials, double[] theta) {
    WienerFirstPassage model = model(theta);
    double[] logs = new double[trials.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = model.logDensity(trials[i][0], trials[i][1] == 1);
    }
    return logs;
  }

  private static double logPosterior(double[][] trials, double[] theta) {
    double sum = PRIOR.logProb(theta);
    WienerFirstPassage model = model(theta);
    for (int i = 0; i < trials.length && sum > Double.NEGATIVE_INFINITY; i++) {
      sum += model.logDensity(trials[i][0], trials[i][1] == 1);
    }
    return sum;
  }

  /** The exact posterior in unconstrained space, up to a constant. */
  static LogDensity posterior(double[][] trials) {
    return LogDensity.of(PRIOR.dimension(), theta -> logPosterior(trials, theta))
        .unconstrained(PRIOR.bijection());
  }
}
