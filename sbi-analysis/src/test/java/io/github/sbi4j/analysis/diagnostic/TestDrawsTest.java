package io.github.sbi4j.analysis.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.mcmc.Diagnostics;
import io.github.sbi4j.core.mcmc.McmcSettings;
import io.github.sbi4j.core.mcmc.Slice;
import io.github.sbi4j.core.progress.Progress;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.posterior.EnsemblePosterior;
import io.github.sbi4j.flows.posterior.ImportancePosterior;
import io.github.sbi4j.flows.posterior.McmcPosterior;
import io.github.sbi4j.flows.posterior.Posterior;
import io.github.sbi4j.flows.posterior.RejectionPosterior;
import io.github.sbi4j.flows.potential.Potential;
import io.github.sbi4j.flows.potential.PotentialSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TestDrawsTest {
  private static final NormalModel MODEL = NormalModel.exact(2);

  @Test
  void drawsForEachDataSetWithItsOwnSeedForAnyNumberOfThreads() {
    Simulations simulations = MODEL.simulate(20, 1);
    TestDraws one = TestDraws.with(MODEL).draws(50).seed(3).threads(1).run(simulations);
    TestDraws two = TestDraws.with(MODEL).draws(50).seed(3).threads(2).run(simulations);
    assertThat(one.size()).isEqualTo(20);
    assertThat(one.draws()).isEqualTo(50);
    assertThat(one.dimension()).isEqualTo(2);
    assertThat(one.thinning()).isZero();
    assertThat(one.parameters().toArray()).isDeepEqualTo(simulations.parameters().toArray());
    assertThat(one.observations()).isEqualTo(simulations.observations());
    for (int i = 0; i < 20; i++) {
      Samples expected =
          MODEL.given(simulations.observations().row(i)).sample(50, RandomStreams.key(3, i));
      assertThat(one.samples(i)).isEqualTo(expected).isEqualTo(two.samples(i));
      assertThat(one.draw(i, 7, 1)).isEqualTo(expected.get(7, 1));
      assertThat(one.first(10).samples(i)).isEqualTo(expected.head(10));
    }
    assertThat(one.effectiveSampleSizes()).containsOnly(50);
    assertThat(one.hardObservations()).isEmpty();
    assertThat(one.leftOut()).isEmpty();
  }

  @Test
  void simulatesWhereThereAreNoSimulations() {
    TestDraws draws =
        TestDraws.with(MODEL).draws(5).seed(3).run((theta, random) -> theta.clone(), 7);
    assertThat(draws.size()).isEqualTo(7);
    assertThat(draws.observations().toArray()).isDeepEqualTo(draws.parameters().toArray());
  }

  @Test
  void leavesOutSimulationsThatFailedAndKeepsTheSeedsOfTheOthers() {
    Simulations all = MODEL.simulate(6, 1);
    double[][] observed = all.observations().toArray();
    observed[2][0] = Double.NaN;
    Simulations some =
        Simulations.of(all.parameters(), Samples.copyOf(all.observations().names(), observed));
    TestDraws whole = TestDraws.with(MODEL).draws(4).run(all);
    TestDraws part = TestDraws.with(MODEL).draws(4).run(some);
    assertThat(part.size()).isEqualTo(5);
    assertThat(part.row(2)).isEqualTo(3);
    assertThat(part.samples(2)).isEqualTo(whole.samples(3));
    assertThat(part.attempted()).isEqualTo(5);
  }

  @Test
  void countsDataSetsThatFailOrRepeatAndGoesOn() {
    Simulations simulations = MODEL.simulate(60, 1);
    Posterior posterior =
        ChangedPosterior.of(
            MODEL,
            (x, draws, seed) -> {
              Samples table = draws.apply(seed);
              if (x[0] > 1) {
                throw new IllegalStateException("no draws here");
              }
              if (x[0] < -1) {
                return table.take(new int[table.rows()]);
              }
              return x[1] > 1 ? table.head(3) : table;
            });
    TestDraws draws = TestDraws.with(posterior).draws(40).run(simulations);
    int failed = 0;
    int repeated = 0;
    int few = 0;
    for (double[] x : simulations.observations().toArray()) {
      failed += x[0] > 1 ? 1 : 0;
      repeated += x[0] < -1 ? 1 : 0;
      few += Math.abs(x[0]) <= 1 && x[1] > 1 ? 1 : 0;
    }
    assertThat(List.of(failed, repeated, few)).doesNotContain(0);
    List<HardObservation> hard = draws.hardObservations();
    assertThat(hard).hasSize(failed + repeated + few);
    assertThat(count(hard, HardObservation.Reason.FAILED)).isEqualTo(failed + few);
    assertThat(count(hard, HardObservation.Reason.REPEATED)).isEqualTo(repeated);
    assertThat(hard.stream().map(HardObservation::message))
        .contains("no draws here", "3 draws instead of 40", "only 1 of 40 draws are different");
    assertThat(draws.size() + hard.size()).isEqualTo(60).isEqualTo(draws.attempted());
    assertThat(draws.leftOut())
        .startsWith(hard.size() + " of 60 data sets")
        .contains("drawing failed " + (failed + few), "draws repeat " + repeated);
    assertThat(draws.toString()).contains(draws.leftOut());
  }

  private static long count(List<HardObservation> hard, HardObservation.Reason reason) {
    return hard.stream().filter(one -> one.reason() == reason).count();
  }

  @Test
  @Timeout(60)
  void aDataSetThatHangsIsLeftOut() {
    Simulations simulations = MODEL.simulate(30, 1);
    CountDownLatch never = new CountDownLatch(1);
    Posterior posterior =
        ChangedPosterior.of(
            MODEL,
            (x, draws, seed) -> {
              boolean waiting = x[0] > 1.5;
              while (waiting) {
                try {
                  never.await();
                  waiting = false;
                } catch (InterruptedException e) {
                  // Does not heed it.
                  waiting = never.getCount() > 0;
                }
              }
              return draws.apply(seed);
            });
    try {
      TestDraws draws =
          TestDraws.with(posterior)
              .draws(10)
              .timePerObservation(Duration.ofMillis(400))
              .run(simulations);
      long slow = Arrays.stream(simulations.observations().column(0)).filter(x -> x > 1.5).count();
      assertThat(slow).isPositive();
      assertThat(count(draws.hardObservations(), HardObservation.Reason.TIME)).isEqualTo(slow);
      assertThat(draws.size()).isEqualTo(30 - (int) slow);
      assertThat(draws.hardObservations().get(0).message()).contains("PT0.4S");
    } finally {
      never.countDown();
    }
  }

  @Test
  void tellsHowFarItIs() {
    List<Progress> heard = new ArrayList<>();
    TestDraws.with(MODEL).draws(2).threads(2).listener(heard::add).run(MODEL.simulate(25, 1));
    assertThat(heard).hasSize(25);
    assertThat(heard.stream().map(Progress::done))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 25).boxed().toList());
    assertThat(heard.get(24).finished()).isTrue();
    assertThat(heard.get(0).task()).isEqualTo("drawing");
  }

  /** Standardised draws of each kind have the moments of the exact posterior. */
  @Test
  void takesDrawsOfEverySampler() {
    Simulations simulations = MODEL.simulate(6, 1);
    NormalSource source = new NormalSource(MODEL);
    McmcPosterior chains = McmcPosterior.of(source, 1);
    List<Posterior> posteriors =
        List.of(
            chains,
            RejectionPosterior.of(source, 1),
            ImportancePosterior.of(source, 1),
            EnsemblePosterior.of(List.of(MODEL, RejectionPosterior.of(source, 2)), 1));
    for (Posterior posterior : posteriors) {
      TestDraws draws = TestDraws.with(posterior).draws(100).threads(2).run(simulations);
      assertThat(draws.hardObservations()).isEmpty();
      assertThat(draws.draws()).isEqualTo(100);
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < draws.size(); i++) {
        for (int l = 0; l < 100; l++) {
          double z =
              (draws.draw(i, l, 1) - draws.observations().get(i, 1) / 1.25) / MODEL.exactSd();
          sum += z / 600;
          squares += z * z / 600;
        }
      }
      // At most 5 of the standard errors of 600 draws.
      assertThat(sum).as("%s", posterior).isBetween(-0.2, 0.2);
      assertThat(squares).as("%s", posterior).isBetween(0.7, 1.3);
    }
    TestDraws one = TestDraws.with(chains).draws(100).threads(1).run(simulations);
    TestDraws two = TestDraws.with(chains).draws(100).threads(2).run(simulations);
    assertThat(two.samples(5)).isEqualTo(one.samples(5));
    assertThat(one.thinning()).isPositive();
  }

  /** Two chains that cannot leave one of two far modes. */
  @Test
  void chainsThatDisagreeAreLeftOut() {
    NormalModel narrow = new NormalModel(1, 1e-3, 1, 0, null);
    PotentialSource modes =
        new PotentialSource() {
          @Override
          public Distribution prior() {
            return narrow.prior();
          }

          @Override
          public Potential potential(double[]... trials) {
            Potential right = new NormalSource(narrow).potential(trials);
            Potential left = new NormalSource(narrow).potential(new double[] {-trials[0][0]});
            return new Potential() {
              @Override
              public Distribution prior() {
                return narrow.prior();
              }

              @Override
              public void logProb(double[][] points, double[] values) {
                double[] a = right.logProb(points);
                double[] b = left.logProb(points);
                Arrays.setAll(values, i -> Math.max(a[i], b[i]));
              }
            };
          }
        };
    McmcPosterior chains = McmcPosterior.of(modes, 1).withSampler(Slice.defaults()).withChains(4);
    Simulations simulations =
        Simulations.of(new double[][] {{1}, {0.7}, {0}}, new double[][] {{1}, {0.7}, {0}});
    TestDraws draws = TestDraws.with(chains).draws(400).run(simulations);
    assertThat(count(draws.hardObservations(), HardObservation.Reason.NOT_CONVERGED)).isEqualTo(2);
    assertThat(draws.hardObservations().get(0).message())
        .startsWith("R-hat ")
        .contains("above 1.1");
    assertThat(draws.row(0)).isEqualTo(2);
  }

  /** The parameters of the last data set only are correlated, too much for chains as short. */
  @Test
  void chainsThatAreTooShortAreRunLonger() {
    Distribution prior = MODEL.prior();
    PotentialSource source =
        new PotentialSource() {
          @Override
          public Distribution prior() {
            return prior;
          }

          @Override
          public Potential potential(double[]... trials) {
            double correlation = trials[0][0];
            return new Potential() {
              @Override
              public Distribution prior() {
                return prior;
              }

              @Override
              public void logProb(double[][] points, double[] values) {
                for (int i = 0; i < points.length; i++) {
                  double a = points[i][0];
                  double b = points[i][1] - correlation * a;
                  values[i] = -0.5 * a * a - 0.5 * b * b / (1 - correlation * correlation);
                }
              }
            };
          }
        };
    McmcPosterior chains = McmcPosterior.of(source, 1).withSampler(Slice.defaults()).withChains(20);
    double[][] theta = new double[6][2];
    double[][] x = {{0}, {0}, {0}, {0}, {0}, {0.85}};
    TestDraws draws = TestDraws.with(chains).draws(200).run(Simulations.of(theta, x));
    assertThat(draws.hardObservations()).isEmpty();
    assertThat(Arrays.stream(draws.effectiveSampleSizes()).min().orElseThrow())
        .isGreaterThanOrEqualTo(100);
    McmcSettings settings = chains.settings().withThin(draws.thinning());
    Diagnostics once =
        chains
            .withSettings(settings)
            .given(0.85)
            .chains(200, RandomStreams.key(1, 5))
            .diagnostics();
    assertThat(once.rHat()[0]).isGreaterThan(1.1);
  }

  @Test
  void chainsOutOfTimeAreLeftOut() {
    McmcPosterior chains = McmcPosterior.of(new NormalSource(MODEL), 1);
    TestDrawing drawing =
        TestDraws.with(chains).draws(1000).timePerObservation(Duration.ofNanos(1));
    assertThatThrownBy(() -> drawing.run(MODEL.simulate(2, 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the draws were not there within PT0.000000001S");
  }

  @Test
  void theFirstDrawsOfChainsAreFarApart() {
    assertThat(DrawnSet.spreadOut(8)).containsExactly(7, 3, 5, 1, 6, 2, 4, 0);
    assertThat(DrawnSet.spreadOut(5)).containsExactly(4, 0, 2, 3, 1);
    assertThat(DrawnSet.spreadOut(1)).containsExactly(0);
  }

  @Test
  void logDensitiesAreThoseOfThePosterior() {
    TestDraws draws = TestDraws.with(MODEL).draws(3).run(MODEL.simulate(4, 1));
    NormalModel given = MODEL.given(draws.observations().row(2));
    TestDraws.LogDensities logs = draws.logDensities().get(2);
    assertThat(logs.truth()).isEqualTo(given.logProb(draws.parameters().row(2)));
    assertThat(logs.draws()).containsExactly(given.logProb(draws.samples(2).toArray()));
  }

  @Test
  void takesDrawsFromElsewhere() {
    Simulations simulations = MODEL.simulate(3, 1);
    Samples table = MODEL.given(0, 0).sample(5);
    TestDraws draws = TestDraws.of(simulations, List.of(table, table, table));
    assertThat(draws.samples(1)).isEqualTo(table.named(draws.names().toArray(String[]::new)));
    assertThat(draws.posterior()).isEmpty();
    assertThatThrownBy(draws::logDensities)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TestDraws.with(posterior)");
    assertThatThrownBy(() -> TestDraws.of(simulations, List.of(table)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("1 tables of draws for 3 simulations");
    assertThatThrownBy(() -> TestDraws.of(simulations, List.of(table, table.head(2), table)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the draws for data set 1 are 2 x 2, expected 5 x 2");
  }

  @Test
  void badInputIsNamed() {
    TestDrawing drawing = TestDraws.with(MODEL);
    assertThatThrownBy(() -> drawing.draws(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("draws must be positive, got 0");
    assertThatThrownBy(() -> drawing.threads(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> drawing.largestRHat(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected more than 1");
    assertThatThrownBy(() -> drawing.timePerObservation(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("time per observation is PT0S");
    assertThatThrownBy(() -> drawing.run((theta, random) -> theta, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the number of data sets must be positive, got 0");
    assertThatThrownBy(() -> drawing.run(NormalModel.exact(3).simulate(2, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected those of the posterior in their order");
    assertThatThrownBy(() -> drawing.draws(2).run(MODEL.simulate(2, 1)).first(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cannot take the first 3 of 2 draws");
    Posterior none =
        ChangedPosterior.of(
            MODEL,
            (x, draws, seed) -> {
              throw new IllegalStateException("out of luck");
            });
    assertThatThrownBy(() -> TestDraws.with(none).run(MODEL.simulate(2, 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("there are draws for none of 2 data sets; of the first: out of luck");
  }
}
