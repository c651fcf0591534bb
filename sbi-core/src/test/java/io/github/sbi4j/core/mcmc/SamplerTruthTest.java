package io.github.sbi4j.core.mcmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.Bijection;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Exponential;
import io.github.sbi4j.core.distribution.Gamma;
import io.github.sbi4j.core.distribution.Independent;
import io.github.sbi4j.core.distribution.Uniform;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Samplers on targets with known moments: each mean and standard deviation within 4.5 of its Monte
 * Carlo standard errors (a false alarm once in 150 000 numbers) and R-hat below 1.01.
 */
class SamplerTruthTest {
  private static final McmcSettings SETTINGS = McmcSettings.defaults().withSeed(3);

  private static void assertMoments(Chains chains, double[] mean, double[] sd) {
    Diagnostics diagnostics = chains.diagnostics();
    double[] sampleSd = chains.toSamples().sd();
    double[] sampleMean = chains.toSamples().mean();
    for (int d = 0; d < mean.length; d++) {
      String name = chains.names().get(d);
      assertThat(diagnostics.rHat()[d]).as("R-hat of %s", name).isLessThan(1.01);
      assertThat(sampleMean[d])
          .as("mean of %s", name)
          .isCloseTo(mean[d], within(4.5 * diagnostics.mcseMean()[d]));
      assertThat(sampleSd[d])
          .as("sd of %s", name)
          .isCloseTo(sd[d], within(4.5 * diagnostics.mcseSd()[d]));
    }
  }

  private static double[] filled(int length, double value) {
    double[] result = new double[length];
    Arrays.fill(result, value);
    return result;
  }

  private static void assertDenseNutsSamples(int dimension) {
    DifferentiableLogDensity target = Targets.equicorrelated(dimension, 0.99);
    double[][] start = InitialPoints.uniform(target, 4, 2, 1);
    Chains chains = Mcmc.sample(target, Nuts.defaults().withDenseMetric(), SETTINGS, start);
    assertMoments(chains, new double[dimension], filled(dimension, 1));
    // With the right metric the target is round, where NUTS draws are better than independent ones.
    assertThat(Arrays.stream(chains.diagnostics().essBulk()).min().orElseThrow())
        .isGreaterThan(2000);
    assertThat(chains.diagnostics().divergences()).isZero();
    // The correlation of two coordinates; its standard error is (1 - 0.99^2) / sqrt(4000) = 0.0003.
    assertThat(chains.toSamples().correlation()[0][1]).isCloseTo(0.99, within(0.002));
  }

  @Test
  void denseNutsOnTenCorrelatedNormals() {
    assertDenseNutsSamples(10);
  }

  @Test
  @Tag("slow")
  void denseNutsOnAHundredCorrelatedNormals() {
    assertDenseNutsSamples(100);
  }

  @Test
  void diagonalNutsOnScalesFromAThousandthToAThousand() {
    double[] sd = {1e-3, 1e-2, 1, 30, 1e3};
    DifferentiableLogDensity target = Targets.normal(sd);
    double[][] start = InitialPoints.uniform(target, 4, 2, 1);
    Chains chains = Mcmc.sample(target, Nuts.defaults(), SETTINGS, start);
    assertMoments(chains, new double[5], sd);
    assertThat(chains.diagnostics().evaluations()).isLessThan(400_000);
  }

  @Test
  void hmcOnNormals() {
    double[] sd = {0.1, 1, 5};
    DifferentiableLogDensity target = Targets.normal(sd);
    double[][] start = InitialPoints.uniform(target, 4, 2, 2);
    assertMoments(Mcmc.sample(target, Hmc.defaults(), SETTINGS, start), new double[3], sd);
    Hmc dense = Hmc.defaults().withDenseMetric().withIntegrationTime(2);
    assertMoments(Mcmc.sample(target, dense, SETTINGS, start), new double[3], sd);
  }

  @Test
  void sliceOnNormals() {
    double[] sd = {1e-3, 1, 50};
    DifferentiableLogDensity target = Targets.normal(sd);
    double[][] start = InitialPoints.uniform(target, 20, 2, 2);
    McmcSettings settings = SETTINGS.withWarmUp(100).withDraws(500);
    Chains chains = Mcmc.sample(target, Slice.defaults(), settings, start);
    assertMoments(chains, new double[3], sd);
  }

  @Test
  void banana() {
    DifferentiableLogDensity target = Targets.banana(1);
    double[] sd = {1, Math.sqrt(3)};
    double[][] start = InitialPoints.uniform(target, 4, 2, 4);
    McmcSettings settings = SETTINGS.withDraws(5000);
    assertMoments(
        Mcmc.sample(target, Nuts.defaults().withTargetAcceptance(0.95), settings, start),
        new double[2],
        sd);
    assertMoments(Mcmc.sample(target, Slice.defaults(), settings, start), new double[2], sd);
  }

  /**
   * Neal's funnel, v ~ N(0, 3), x ~ N(0, exp(v/2)), by standard normals: v = 3 z, x = exp(v/2) w.
   */
  @Test
  void noncentredFunnel() {
    DifferentiableLogDensity target = Targets.normal(1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    double[][] start = InitialPoints.uniform(target, 4, 2, 4);
    Chains chains = Mcmc.sample(target, Nuts.defaults(), SETTINGS, start);
    double[][] v = chains.coordinate(0);
    double[][] logScale = new double[4][];
    for (int c = 0; c < 4; c++) {
      double[] w = chains.coordinate(1)[c];
      logScale[c] = new double[w.length];
      for (int i = 0; i < w.length; i++) {
        // log x^2 = v + log w^2, of mean 0 - 1.27036 and variance 9 + pi^2/2
        logScale[c][i] = 3 * v[c][i] + Math.log(w[i] * w[i]);
      }
    }
    assertThat(SplitChains.mean(logScale))
        .isCloseTo(-1.2703628454614782, within(4.5 * Convergence.mcseMean(logScale)));
    assertThat(Math.sqrt(SplitChains.mean(SplitChains.squaredDeviations(logScale))))
        .isCloseTo(
            Math.sqrt(9 + Math.PI * Math.PI / 2), within(4.5 * Convergence.mcseSd(logScale)));
    assertThat(chains.diagnostics().divergences()).isZero();
  }

  /** Where the funnel is left centred, the sampler says that it fails. */
  @Test
  void centredFunnelIsReported() {
    DifferentiableLogDensity target =
        DifferentiableLogDensity.of(
            10,
            (q, g) -> {
              double v = q[0];
              double sum = -v * v / 18;
              g[0] = -v / 9;
              for (int d = 1; d < 10; d++) {
                double precision = Math.exp(-v);
                sum -= 0.5 * (v + q[d] * q[d] * precision);
                g[0] += 0.5 * (q[d] * q[d] * precision - 1);
                g[d] = -q[d] * precision;
              }
              return sum;
            });
    Gradients.assertMatchDifferences(target, 0.3, 1, -1, 0.5, 2, 0, 1, -2, 0.1, 0.7);
    double[][] start = InitialPoints.uniform(target, 4, 2, 4);
    Chains chains = Mcmc.sample(target, Nuts.defaults(), SETTINGS, start);
    assertThat(chains.diagnostics().divergences()).isPositive();
    assertThat(chains.summary()).contains("divergent steps").contains("non-centred");
  }

  @Test
  void sliceGoesBetweenModes() {
    double w = 0.3;
    double m = 4;
    DifferentiableLogDensity target = Targets.bimodal(2, w, m);
    double[][] start = InitialPoints.uniform(target, 8, 6, 4);
    McmcSettings settings = SETTINGS.withDraws(4000);
    Chains chains = Mcmc.sample(target, Slice.defaults(), settings, start);
    double mean = m * (1 - 2 * w);
    double sd = Math.sqrt(1 + m * m - mean * mean);
    assertMoments(chains, new double[] {mean, mean}, new double[] {sd, sd});
  }

  private static final Distribution BOUNDED =
      Independent.of(
          Uniform.of(-2, 5), Exponential.of(0.2), Gamma.of(3, 2), Uniform.of(1000, 1001));

  /** The log density of the four factors above in the constrained space, with its gradient. */
  private static DifferentiableLogDensity boundedTarget() {
    return DifferentiableLogDensity.of(
        4,
        (v, g) -> {
          g[1] = -0.2;
          g[2] = 2 / v[2] - 2;
          return BOUNDED.logProb(v);
        });
  }

  @Test
  void boundedTargetsThroughBijections() {
    Bijection bijection = BOUNDED.bijection();
    DifferentiableLogDensity target = boundedTarget().unconstrained(bijection);
    Gradients.assertMatchDifferences(target, 0.3, -1, 0.5, 1.2);
    double[][] start = InitialPoints.resampled(target, BOUNDED, 200, 4, 1);
    double[] sd = Arrays.stream(BOUNDED.variance()).map(Math::sqrt).toArray();
    McmcSettings settings = SETTINGS.withDraws(2000);
    Chains nuts = Mcmc.sample(target, Nuts.defaults(), settings, start).constrained(bijection);
    assertMoments(nuts, BOUNDED.mean(), sd);
    Chains slice = Mcmc.sample(target, Slice.defaults(), settings, start).constrained(bijection);
    assertMoments(slice, BOUNDED.mean(), sd);
    double[] draw = slice.chain(2).draws().row(17);
    assertThat(slice.chain(2).logDensities()[17]).isCloseTo(BOUNDED.logProb(draw), within(1e-9));
  }

  /** A standard normal above 1: mean phi(1) / (1 - Phi(1)), variance 1 + mean - mean^2. */
  @Test
  void sliceOnATruncatedTargetAsItIs() {
    LogDensity target =
        LogDensity.of(1, q -> q[0] > 1 ? -0.5 * q[0] * q[0] : Double.NEGATIVE_INFINITY);
    double[][] start = {{1.5}, {2}, {1.1}, {3}};
    Chains chains = Mcmc.sample(target, Slice.defaults(), SETTINGS, start);
    double mean = 1.5251352761609812;
    assertMoments(chains, new double[] {mean}, new double[] {Math.sqrt(1 + mean - mean * mean)});
    assertThat(chains.diagnostics().invalidEvaluations()).isZero();
  }
}
