package io.github.sbi4j.examples.ecology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.analysis.integration.SimpsonIntegrator;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.api.Test;

class PositiveNormalTest {
  private static final PositiveNormal PRIOR = PositiveNormal.of(0.05, 0.05);

  @Test
  void densityIsThatOfTheNormalOverTheMassThatIsLeft() {
    NormalDistribution normal = new NormalDistribution(0.05, 0.05);
    double mass = 1 - normal.cumulativeProbability(0);
    assertThat(PRIOR.logProb(new double[] {0.08}))
        .isCloseTo(Math.log(normal.density(0.08) / mass), within(1e-12));
    assertThat(PRIOR.logProb(new double[] {-1e-9})).isEqualTo(Double.NEGATIVE_INFINITY);
    double integral =
        new SimpsonIntegrator()
            .integrate(100_000, x -> Math.exp(PRIOR.logProb(new double[] {x})), 1e-12, 0.6);
    assertThat(integral).isCloseTo(1, within(1e-5));
  }

  @Test
  void drawsFromIt() {
    DescriptiveStatistics draws =
        new DescriptiveStatistics(PRIOR.sample(10_000, 3).toRowMajorArray());
    // Mean m + s l and variance s^2 (1 - l - l^2) with l = phi(-1) / Phi(1) at a cut one deviation
    // below the mean.
    double hazard =
        Math.exp(-0.5) / Math.sqrt(2 * Math.PI) / new NormalDistribution().cumulativeProbability(1);
    assertThat(draws.getMin()).isPositive();
    // Four standard errors of 10 000 draws: a false alarm in 16 000 seeds.
    assertThat(draws.getMean()).isCloseTo(0.05 * (1 + hazard), within(4 * 0.04 / 100));
    assertThat(draws.getStandardDeviation())
        .isCloseTo(0.05 * Math.sqrt(1 - hazard - hazard * hazard), within(4 * 0.04 / 100 * 0.75));
    assertThat(PRIOR.support().lower()).containsExactly(0);
  }
}
