package io.github.sbi4j.analysis.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.analysis.classifier.RandomForestClassifier;
import io.github.sbi4j.analysis.diagnostic.SbcResult;
import io.github.sbi4j.analysis.diagnostic.SimulationBasedCalibration;
import io.github.sbi4j.analysis.diagnostic.TestDraws;
import io.github.sbi4j.analysis.diagnostic.Verdict;
import io.github.sbi4j.analysis.metric.C2st;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.estimator.DensityEstimator;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.estimator.Mdn;
import io.github.sbi4j.flows.inference.SNPE;
import io.github.sbi4j.flows.posterior.Posterior;
import io.github.sbi4j.flows.training.Training;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gates of sbi's own test of simulation-based calibration: Kolmogorov-Smirnov p-values above
 * 0.05, C2ST of ranks and of the averaged posterior below 0.6. The p-value is the median of those
 * of three sets of data, because a right posterior of two parameters misses the gate with one set
 * of ten, and with the median in 0.014 of all seeds.
 */
class SbcTest {
  private static final GaussianModel MODEL = GaussianModel.normal(2);
  private static final int DATA_SETS = 100;
  private static final int DRAWS = 1000;

  static Stream<Named<DensityEstimator>> estimators() {
    return Stream.of(Named.of("MDN", Mdn.defaults()), Named.of("MAF", Maf.defaults()));
  }

  private static TestDraws draws(Posterior posterior, long seed) {
    return TestDraws.with(posterior).draws(DRAWS).seed(3).run(MODEL.simulate(DATA_SETS, seed));
  }

  private static double[] pValues(TestDraws draws) {
    return SimulationBasedCalibration.defaults().compute(draws).quantities().stream()
        .mapToDouble(quantity -> quantity.ranks().kolmogorovSmirnov())
        .toArray();
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void aTrainedPosteriorIsConsistent(DensityEstimator estimator) {
    Posterior posterior =
        SNPE.with(MODEL.prior())
            .densityEstimator(estimator)
            .training(Training.defaults().withBatchSize(200).withMaxEpochs(40))
            .seed(1)
            .appendSimulations(MODEL.simulate(4500, 1))
            .train()
            .buildPosterior();
    TestDraws draws = draws(posterior, 2);
    SbcResult result = SimulationBasedCalibration.defaults().compute(draws);
    double[] first = pValues(draws);
    double[] second = pValues(draws(posterior, 12));
    double[] third = pValues(draws(posterior, 22));
    for (int q = 0; q < first.length; q++) {
      double[] sorted = DoubleStream.of(first[q], second[q], third[q]).sorted().toArray();
      assertThat(sorted[1]).isGreaterThan(0.05);
    }
    assertThat(result.verdict()).as(result.summary()).isEqualTo(Verdict.PASS);
    assertThat(ofRanks(result)).isLessThan(0.6);
    Samples averaged =
        IntStream.range(0, draws.size())
            .mapToObj(i -> draws.samples(i).head(1))
            .reduce(Samples::append)
            .orElseThrow();
    assertThat(c2st(MODEL.prior().sample(DATA_SETS, 9), averaged)).isLessThan(0.6);
  }

  /** A posterior that is the prior has uniform ranks. */
  @Test
  void thePriorIsCalibrated() {
    Simulations simulations = MODEL.simulate(DATA_SETS, 2);
    List<Samples> priors =
        IntStream.range(0, DATA_SETS)
            .mapToObj(i -> MODEL.prior().sample(DRAWS, RandomStreams.key(4, i)))
            .toList();
    SbcResult result =
        SimulationBasedCalibration.defaults().compute(TestDraws.of(simulations, priors));
    for (SbcResult.Ranked quantity : result.quantities()) {
      assertThat(quantity.ranks().kolmogorovSmirnov()).isGreaterThan(0.05);
    }
    assertThat(ofRanks(result)).isLessThanOrEqualTo(0.6);
  }

  @Test
  void uniformRanksAreNotTold() {
    assertThat(c2st(uniformRanks(1500, 2, 1), uniformRanks(1500, 2, 2))).isLessThan(0.55);
  }

  private static double ofRanks(SbcResult result) {
    double[][] ranks = new double[DATA_SETS][result.quantities().size()];
    for (int q = 0; q < result.quantities().size(); q++) {
      int[] column = result.quantities().get(q).ranks().ranks();
      for (int i = 0; i < DATA_SETS; i++) {
        ranks[i][q] = column[i];
      }
    }
    Samples uniform = uniformRanks(DATA_SETS, ranks[0].length, 5);
    return c2st(uniform, Samples.copyOf(uniform.names(), ranks));
  }

  private static Samples uniformRanks(int rows, int columns, long seed) {
    RandomGenerator random = RandomStreams.of(seed, 0);
    double[] values = new double[rows * columns];
    Arrays.setAll(values, i -> random.nextInt(DRAWS + 1));
    return Samples.ofRowMajor(
        IntStream.range(0, columns).mapToObj(j -> "rank_" + j).toList(), values);
  }

  private static double c2st(Samples reference, Samples samples) {
    return C2st.with(new RandomForestClassifier(20)).compute(reference, samples).median();
  }
}
