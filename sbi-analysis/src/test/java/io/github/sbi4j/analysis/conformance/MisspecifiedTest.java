package io.github.sbi4j.analysis.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.analysis.diagnostic.Misspecification;
import io.github.sbi4j.analysis.diagnostic.MisspecificationResult;
import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.inference.SNPE;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Series of a model and of one with other noise, in the space of observations, of hand-made and of
 * learned summaries, by kernel and by density: p above 0.05 for the first and below it for the
 * second, and each pair of them the right way round.
 */
class MisspecifiedTest {
  private static final Distribution PRIOR =
      BoxUniform.of(new double[] {-2, 0.5}, new double[] {2, 1.5}).named("mean", "sd");
  private final Simulations simulations = Simulations.run(series(0), PRIOR, 2000, 1);
  private final double[] well = observation(series(0));

  /** The same noise plus a trend that the model does not know. */
  private final double[] badly = observation(series(6));

  private static Simulator series(double trend) {
    return (theta, random) -> {
      double[] x = new double[10];
      Arrays.setAll(x, t -> theta[0] + theta[1] * random.nextGaussian() + trend * (t / 9.0 - 0.5));
      return x;
    };
  }

  private static double[] observation(Simulator simulator) {
    return Simulations.run(simulator, PRIOR, 1, 7).observations().row(0);
  }

  private void assertTold(Misspecification test) {
    assertTold(test, badly);
  }

  private void assertTold(Misspecification test, double[] badly) {
    assertThat(pValue(test.mmd(3, well))).isGreaterThan(0.05);
    assertThat(pValue(test.mmd(3, badly))).isLessThan(0.05);
    assertThat(pValue(test.density(3, well))).isGreaterThan(0.05);
    assertThat(pValue(test.density(3, badly))).isLessThan(0.05);
  }

  private static double pValue(MisspecificationResult result) {
    return result.tests().get(0).pValue();
  }

  private static double slope(double[] x) {
    return IntStream.range(0, x.length).mapToDouble(t -> (t - 4.5) * x[t]).sum() / 82.5;
  }

  @Test
  void inTheSpaceOfObservations() {
    assertTold(Misspecification.of(simulations));
  }

  @Test
  void inTheSpaceOfSummaries() {
    assertTold(
        Misspecification.of(simulations)
            .summary(x -> new double[] {Arrays.stream(x).average().orElseThrow(), slope(x)}));
  }

  /**
   * The mean of a learned posterior as an embedding: the spread that a trend makes shows there. The
   * prior bounds it, so that the exact mean takes a trend of six for a well specified series with a
   * great spread (p = .13); a greater one it does not.
   */
  @Test
  void inTheSpaceOfALearnedSummary() {
    DirectPosterior posterior =
        SNPE.with(PRIOR)
            .densityEstimator(Mdn.defaults())
            .appendSimulations(simulations)
            .train()
            .buildPosterior()
            .withThreads(1);
    UnaryOperator<double[]> mean = x -> posterior.given(x).sample(50, 1).mean();
    assertTold(Misspecification.of(simulations).summary(mean), observation(series(15)));
  }
}
