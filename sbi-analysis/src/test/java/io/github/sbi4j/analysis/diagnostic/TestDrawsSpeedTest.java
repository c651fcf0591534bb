package io.github.sbi4j.analysis.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import io.github.sbi4j.flows.estimator.Nsf;
import io.github.sbi4j.flows.inference.SNLE;
import io.github.sbi4j.flows.inference.SNPE;
import io.github.sbi4j.flows.posterior.Posterior;
import io.github.sbi4j.flows.training.Training;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long 500 data sets of 1000 draws take on two processors, which the tests share with others.
 */
@Tag("slow")
class TestDrawsSpeedTest {
  private static final Logger LOG = LoggerFactory.getLogger(TestDrawsSpeedTest.class);

  @Test
  void aSplineFlowOfFiveParameters() {
    NormalModel model = NormalModel.exact(5);
    Posterior posterior =
        SNPE.with(model.prior())
            .densityEstimator(Nsf.defaults())
            .training(Training.defaults().withMaxEpochs(3))
            .appendSimulations(model.simulate(1000, 1))
            .train()
            .buildPosterior();
    TestDraws.with(posterior).run(model.simulate(50, 3));
    assertThat(seconds(posterior, model.simulate(500, 2))).isLessThan(10);
  }

  @Test
  void chainsOnALikelihoodOfTwoMoons() {
    BoxUniform prior = BoxUniform.of(new double[] {-1, -1}, new double[] {1, 1});
    Simulator simulator =
        (theta, random) -> {
          double angle = Math.PI * (random.nextDouble() - 0.5);
          double radius = 0.1 + 0.01 * random.nextGaussian();
          return new double[] {
            radius * Math.cos(angle) + 0.25 - Math.abs(theta[0] + theta[1]) / Math.sqrt(2),
            radius * Math.sin(angle) + (theta[1] - theta[0]) / Math.sqrt(2)
          };
        };
    Posterior posterior =
        SNLE.with(prior)
            .appendSimulations(Simulations.run(simulator, prior, 1000, 1))
            .train()
            .buildPosterior();
    assertThat(seconds(posterior, Simulations.run(simulator, prior, 500, 2))).isLessThan(300);
  }

  /** The time of the processors, divided by two. */
  private static double seconds(Posterior posterior, Simulations simulations) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long wall = System.nanoTime();
    long started = system.getProcessCpuTime();
    TestDraws draws = TestDraws.with(posterior).draws(1000).threads(2).run(simulations);
    double seconds = (system.getProcessCpuTime() - started) / 2e9;
    double[] effective = Arrays.stream(draws.effectiveSampleSizes()).sorted().toArray();
    LOG.info(
        "{}: {} s, {} s on the clock, thinning {}, effective draws {} to {}, median {}",
        draws,
        seconds,
        (System.nanoTime() - wall) / 1e9,
        draws.thinning(),
        effective[0],
        effective[effective.length - 1],
        effective[effective.length / 2]);
    return seconds;
  }
}
