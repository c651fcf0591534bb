package io.github.sbi4j.flows.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.distribution.WienerFirstPassage;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.flows.estimator.ColumnKind;
import io.github.sbi4j.flows.estimator.Mnle;
import io.github.sbi4j.flows.posterior.Likelihood;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The likelihood of a drift-diffusion model's times and choices against its series, as in Boelts,
 * Lueckmann, Gao and Macke (2022), eLife 11:e77220, figure 3: 100 observations, each with 1000
 * parameters of the prior, log-likelihoods no lower than log 10<sup>-7</sup>. They report a mean
 * Huber error of 0.234 after 100 000 simulations, with the learned likelihood set to that floor by
 * hand where the time is shorter than the delay. Nothing tells our likelihood so: there it is
 * small, but far above the floor. Measured with seed 1: after 10 000 simulations 2.59, and 0.29
 * with that correction; after 100 000, with hyperbolic tangents in the categorical network, 1.83
 * and 0.20.
 */
class DriftDiffusionTest {
  private static final Logger LOG = LoggerFactory.getLogger(DriftDiffusionTest.class);
  private static final double FLOOR = Math.log(1e-7);

  private static final Distribution PRIOR =
      BoxUniform.of(new double[] {-2, 0.5, 0.3, 0.2}, new double[] {2, 2, 0.7, 1.8})
          .named("drift", "separation", "start", "delay");

  static WienerFirstPassage model(double[] theta) {
    return WienerFirstPassage.of(theta[0], theta[1], theta[2], theta[3]);
  }

  static double[][] simulate(double[][] theta, long seed) {
    double[][] x = new double[theta.length][];
    for (int i = 0; i < x.length; i++) {
      var passage = model(theta[i]).sample(RandomStreams.of(seed, i));
      x[i] = new double[] {passage.time(), passage.upper() ? 1 : 0};
    }
    return x;
  }

  static Likelihood learn(Mnle settings, int simulations, int networks, long seed) {
    double[][] theta = PRIOR.sample(simulations, seed).toArray();
    double infinity = Double.POSITIVE_INFINITY;
    SNLE inference =
        SNLE.with(PRIOR)
            .densityEstimator(settings)
            .observationSupport(
                Support.box(new double[] {0, -infinity}, new double[] {infinity, infinity}))
            .ensemble(networks)
            .seed(seed)
            .appendSimulations(theta, simulate(theta, seed + 1))
            .train();
    LOG.info("{}", inference.report());
    return inference.buildLikelihood();
  }

  /** The mean Huber error of the log-likelihood, as it is and corrected before the delay. */
  record Errors(double plain, double corrected) {}

  static Errors errors(Likelihood likelihood) {
    double[][] x = simulate(PRIOR.sample(100, 1001).toArray(), 1002);
    double[][] theta = PRIOR.sample(1000, 1003).toArray();
    double plain = 0;
    double corrected = 0;
    for (double[] t : theta) {
      double[] learned = likelihood.logProb(x, t);
      for (int i = 0; i < x.length; i++) {
        double exact = Math.max(FLOOR, model(t).logDensity(x[i][0], x[i][1] == 1));
        double e = Math.abs(Math.max(FLOOR, learned[i]) - exact);
        double huber = (e < 1 ? e * e / 2 : e - 0.5) / (x.length * theta.length);
        plain += huber;
        corrected += x[i][0] > t[3] ? huber : 0;
      }
    }
    LOG.info(String.format(Locale.ROOT, "Huber error %.4f, corrected %.4f", plain, corrected));
    return new Errors(plain, corrected);
  }

  @Test
  @Tag("slow")
  void tenThousandSimulations() {
    Errors errors = errors(learn(settings(), 10_000, 1, 1));
    assertThat(errors.corrected()).isLessThan(0.4);
    assertThat(errors.plain()).isLessThan(4);
  }

  @Test
  @Tag("slow")
  void aHundredThousandSimulations() {
    Errors errors = errors(learn(settings(), 100_000, 1, 1));
    assertThat(errors.corrected()).isLessThan(0.234);
    assertThat(errors.plain()).isLessThan(2.5);
  }

  private static Mnle settings() {
    return Mnle.defaults().withColumns(ColumnKind.CONTINUOUS, ColumnKind.CATEGORICAL);
  }
}
