package io.github.sbi4j.flows.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Normal;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.potential.Potential;
import io.github.sbi4j.flows.potential.PotentialSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every kind of posterior that takes trials takes them under conditions too. */
@Timeout(60)
class ConditionedPosteriorsTest {
  private static final double[][] TRIALS = {{0.9}, {2.5}, {-0.4}};
  private static final double[][] CONDITIONS = {{1}, {2}, {0.5}};

  /** x = c theta + e, theta and e standard normal. */
  private record Slope(Distribution prior) implements PotentialSource {
    @Override
    public Potential potential(double[]... trials) {
      throw new IllegalArgumentException("conditions are missing");
    }

    @Override
    public Potential potential(double[][] trials, double[][] conditions) {
      return new Potential() {
        @Override
        public Distribution prior() {
          return Slope.this.prior;
        }

        @Override
        public void logProb(double[][] points, double[] values) {
          for (int i = 0; i < points.length; i++) {
            values[i] = prior().logProb(points[i]);
            for (int m = 0; m < trials.length; m++) {
              double r = trials[m][0] - conditions[m][0] * points[i][0];
              values[i] -= 0.5 * r * r;
            }
          }
        }
      };
    }
  }

  private static final Slope SLOPE = new Slope(Normal.of(0, 1).named("slope"));

  /** Precision 1 + sum c^2 = 6.25, mean sum c x / 6.25; 4000 draws, about five standard errors. */
  private static void assertExact(Samples draws) {
    double mean = (0.9 + 5.0 - 0.2) / 6.25;
    assertThat(draws.rows()).isEqualTo(4000);
    assertThat(draws.mean()[0]).isCloseTo(mean, within(0.04));
    assertThat(draws.sd()[0]).isCloseTo(0.4, within(0.03));
  }

  @Test
  void allKindsGiveTheExactPosterior() {
    List<Posterior> posteriors =
        List.of(
            McmcPosterior.of(SLOPE, 1).given(TRIALS, CONDITIONS),
            RejectionPosterior.of(SLOPE, 2).given(TRIALS, CONDITIONS),
            ImportancePosterior.of(SLOPE, 3).given(TRIALS, CONDITIONS),
            VariationalPosterior.of(SLOPE, 4).given(TRIALS, CONDITIONS),
            EnsemblePosterior.of(
                    List.of(McmcPosterior.of(SLOPE, 5), VariationalPosterior.of(SLOPE, 6)), 7)
                .given(TRIALS, CONDITIONS),
            ImportancePosterior.of(SLOPE, 8)
                .withProposal(VariationalPosterior.of(SLOPE, 9))
                .given(TRIALS, CONDITIONS));
    for (Posterior posterior : posteriors) {
      assertExact(posterior.sample(4000));
    }
  }

  @Test
  void memberOfOneObservationIsRefused() {
    DirectPosterior direct =
        Gaussians.posterior(
            SLOPE.prior(), SLOPE.prior().support(), new double[] {0}, new double[] {1});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EnsemblePosterior.of(List.of(direct), 1).given(TRIALS, CONDITIONS))
        .withMessage(
            "a member is a DirectPosterior, which takes an observation without conditions; use"
                + " posteriors of a likelihood or ratio for them");
  }
}
