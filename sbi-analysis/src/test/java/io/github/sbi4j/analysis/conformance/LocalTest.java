package io.github.sbi4j.analysis.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.analysis.diagnostic.LocalC2st;
import io.github.sbi4j.analysis.diagnostic.Verdict;
import io.github.sbi4j.core.concurrent.Tasks;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.inference.SNPE;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.training.Training;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local classifier two-sample test of learned posteriors of a Gaussian model whose observations
 * are seen through a curve: one trained long on many simulations passes at the level, one trained
 * briefly on few fails.
 */
class LocalTest {
  private static final Logger LOG = LoggerFactory.getLogger(LocalTest.class);
  private static final int RUNS = 100;
  private static final GaussianModel MODEL =
      GaussianModel.normal(2).seenAs(x -> x + 0.5 * Math.sin(2 * x));

  private static DirectPosterior posterior(int simulations, int epochs) {
    return SNPE.with(MODEL.prior())
        .densityEstimator(Maf.defaults())
        .training(Training.defaults().withMaxEpochs(epochs))
        .appendSimulations(MODEL.simulate(simulations, 1))
        .train()
        .buildPosterior()
        .withThreads(1);
  }

  /**
   * The number of runs in which the posterior fails, each with pairs and an observation of its own.
   */
  private static long failures(DirectPosterior posterior, int runs, int pairs) {
    List<Boolean> failed =
        Tasks.map(
            Tasks.allProcessors(),
            runs,
            i -> {
              Simulations calibration = MODEL.simulate(pairs, 100 + i);
              double[] x = MODEL.simulate(1, RandomStreams.key(3, i)).observations().row(0);
              return LocalC2st.defaults()
                      .trials(19)
                      .evaluations(300)
                      .train(posterior, calibration, i)
                      .evaluate(7, x)
                      .verdict()
                  == Verdict.FAIL;
            });
    return failed.stream().filter(f -> f).count();
  }

  // Of a right posterior Binomial(100, 0.05) fail, more than 12 in 0.0005 of all seeds. What is
  // left
  // of a learned one's errors is not seen with 200 pairs.
  @Tag("slow")
  @Test
  void learnedPosteriorFailsAtTheLevel() {
    long failed = failures(posterior(20_000, 60), RUNS, 200);
    LOG.info("well trained: {} of {} fail", failed, RUNS);
    assertThat(failed).isLessThanOrEqualTo(12);
  }

  @Test
  void badlyTrainedPosteriorIsFound() {
    long failed = failures(posterior(100, 1), 6, 1000);
    LOG.info("badly trained: {} of 6 fail", failed);
    assertThat(failed).isGreaterThanOrEqualTo(5);
  }
}
