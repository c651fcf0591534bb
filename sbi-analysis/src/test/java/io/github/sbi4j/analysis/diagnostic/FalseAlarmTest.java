package io.github.sbi4j.analysis.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.core.concurrent.Tasks;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.posterior.McmcPosterior;
import io.github.sbi4j.flows.posterior.Posterior;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often right posteriors fail, against the rate that checks say; and how often wrong ones do.
 */
class FalseAlarmTest {
  private static final Logger LOG = LoggerFactory.getLogger(FalseAlarmTest.class);

  /** A check at its rate fails here in one of 10 000 seeds. */
  private static final double LEVEL = 1e-4;

  private static final double ALPHA = 0.05;

  /** The verdict of each of the checks. */
  private record Verdicts(boolean sbc, boolean coverage, boolean tarp, boolean uniformTarp) {
    static Verdicts of(TestDraws draws) {
      return new Verdicts(
          fails(SimulationBasedCalibration.defaults().compute(draws)),
          fails(ExpectedCoverage.defaults().compute(draws)),
          fails(Tarp.defaults().compute(draws)),
          fails(Tarp.defaults().uniformReferences().compute(draws)));
    }

    private static boolean fails(Diagnosis diagnosis) {
      return diagnosis.verdict() == Verdict.FAIL;
    }

    int[] failures() {
      return new int[] {sbc ? 1 : 0, coverage ? 1 : 0, tarp ? 1 : 0, uniformTarp ? 1 : 0};
    }
  }

  /** How often each check fails. */
  private static int[] failures(int repetitions, IntFunction<TestDraws> draws) {
    List<Verdicts> all =
        Tasks.map(Tasks.allProcessors(), repetitions, r -> Verdicts.of(draws.apply(r)));
    int[] sums = new int[4];
    for (Verdicts one : all) {
      Arrays.setAll(sums, k -> sums[k] + one.failures()[k]);
    }
    return sums;
  }

  private static void assertRate(String what, int repetitions, IntFunction<TestDraws> draws) {
    int[] failures = failures(repetitions, draws);
    LOG.info("{}: {} of {} right posteriors fail", what, failures, repetitions);
    int most = new BinomialDistribution(repetitions, ALPHA).inverseCumulativeProbability(1 - LEVEL);
    assertThat(Arrays.stream(failures).boxed().collect(Collectors.toList()))
        .as("SBC, coverage, TARP, TARP with uniform references; %s", what)
        .allMatch(count -> count <= most);
  }

  private static TestDraws exact(int dimension, int dataSets, int draws, int repetition) {
    NormalModel model = NormalModel.exact(dimension);
    return TestDraws.with(model)
        .draws(draws)
        .seed(RandomStreams.key(1, repetition))
        .run(model.simulate(dataSets, RandomStreams.key(2, repetition)));
  }

  @Test
  void exactNormalPosteriorsFailAsOftenAsSaid() {
    assertRate("normal, D = 2", 200, r -> exact(2, 100, 99, r));
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"1, 300, 199", "2, 500, 99", "5, 250, 199", "10, 200, 99"})
  void exactNormalPosteriorsFailAsOftenAsSaidInLongRuns(int dimension, int dataSets, int draws) {
    assertRate("normal, D = " + dimension, 500, r -> exact(dimension, dataSets, draws, r));
  }

  @Tag("slow")
  @Test
  void exactPosteriorsOfTwoMoonsFailAsOftenAsSaid() {
    assertRate("two moons", 500, r -> twoMoons(r, 300));
  }

  @Tag("slow")
  @Test
  void exactPosteriorsInABoxFailAsOftenAsSaid() {
    assertRate(
        "normal in a box, D = 10",
        500,
        r ->
            TestDraws.with(BoxNormalPosterior.exact())
                .draws(99)
                .seed(RandomStreams.key(8, r))
                .run(BoxNormalPosterior.simulate(200, RandomStreams.key(9, r))));
  }

  private static TestDraws twoMoons(int repetition, int dataSets) {
    TwoMoonsPosterior posterior = TwoMoonsPosterior.exact();
    return TestDraws.with(posterior)
        .draws(99)
        .seed(RandomStreams.key(3, repetition))
        .run(TwoMoonsPosterior.simulate(dataSets, RandomStreams.key(4, repetition)));
  }

  /** Draws of chains are independent enough to be ranked among; three checks, each at 0.001. */
  @Tag("slow")
  @Test
  void chainsOnTheExactLikelihoodPass() {
    NormalModel model = NormalModel.exact(2);
    TestDraws draws =
        TestDraws.with(McmcPosterior.of(new NormalSource(model), 1))
            .draws(300)
            .run(model.simulate(300, 7));
    List<Diagnosis> checks =
        List.of(
            SimulationBasedCalibration.defaults().alpha(0.001).compute(draws),
            ExpectedCoverage.defaults().alpha(0.001).compute(draws),
            Tarp.defaults().alpha(0.001).compute(draws));
    checks.forEach(check -> LOG.info("chains: {}", check.summary()));
    assertThat(draws.hardObservations()).isEmpty();
    assertThat(checks.stream().map(Diagnosis::verdict)).containsOnly(Verdict.PASS);
  }

  /** Posteriors that are wrong are found with 500 data sets, in at least 18 of 20 repetitions. */
  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "1, 0.8, 0",
    "1, 1.25, 0",
    "1, 1, 0.3",
    "2, 0.8, 0",
    "2, 1.25, 0",
    "2, 1, 0.3",
    "5, 0.8, 0",
    "5, 1.25, 0",
    "5, 1, 0.3"
  })
  void wrongPosteriorsAreFound(int dimension, double factor, double shift) {
    int[] found = failures(20, r -> wrong(dimension, factor, shift, r));
    LOG.info("D = {}, sd x {}, shift {} sd: found {} of 20", dimension, factor, shift, found);
    assertThat(found[0]).as("SBC").isGreaterThanOrEqualTo(18);
    assertThat(found[2]).as("TARP").isGreaterThanOrEqualTo(18);
    if (shift == 0) {
      assertThat(found[1]).as("coverage").isGreaterThanOrEqualTo(18);
    }
  }

  @Test
  void wrongPosteriorsAreFoundAtOneSeed() {
    assertThat(failures(1, r -> wrong(2, 0.8, 0, 100))).startsWith(1, 1, 1);
    assertThat(failures(1, r -> wrong(2, 1.25, 0, 100))).startsWith(1, 1, 1);
    int[] shifted = failures(1, r -> wrong(2, 1, 0.3, 100));
    assertThat(shifted[0] + shifted[2]).isEqualTo(2);
  }

  private static TestDraws wrong(int dimension, double factor, double shift, int repetition) {
    NormalModel model = NormalModel.exact(dimension);
    Posterior posterior = model.wrong(factor, shift);
    Simulations simulations = model.simulate(500, RandomStreams.key(5, repetition));
    return TestDraws.with(posterior)
        .draws(199)
        .seed(RandomStreams.key(6, repetition))
        .run(simulations);
  }
}
