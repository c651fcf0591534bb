package io.github.sbi4j.analysis.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The plots of results show the numbers of the results. */
class DiagnosisPlotsTest {
  private static final int MEMBERS = 200;

  private static LocalDiscrepancy discrepancy() {
    SplittableRandom random = new SplittableRandom(1);
    double[][] rows = new double[MEMBERS][2];
    for (double[] row : rows) {
      row[0] = random.nextGaussian();
      row[1] = random.nextGaussian();
    }
    List<double[]> probabilities = new ArrayList<>();
    for (int trial = 0; trial < 41; trial++) {
      double[] values = new double[MEMBERS];
      Arrays.setAll(values, i -> 0.5 + 0.02 * random.nextGaussian());
      probabilities.add(values);
    }
    Arrays.setAll(probabilities.get(0), i -> rows[i][0] > 0 ? 0.9 : 0.1);
    double[] statistics = new double[41];
    statistics[0] = 0.16;
    return new LocalDiscrepancy(
        new double[] {0},
        statistics,
        1 / 41.0,
        1 / 41.0,
        Samples.copyOf(List.of("a", "b"), rows),
        probabilities);
  }

  @Test
  void mapNamesTheParametersAndTheScale() {
    assertThat(discrepancy().plot().svg()).contains(">a<", ">b<", "probability");
  }

  /** Half of the draws have 0.1: the curve is flat at one half in between, the band is a step. */
  @Test
  void probabilitiesAreBesideThoseOfTheTrials() {
    String svg = discrepancy().probabilityPlot().svg();
    assertThat(svg).contains("probability of being a posterior draw", "classifier");
    assertThat(svg).isNotEqualTo(flat().probabilityPlot().svg());
  }

  /** Draws with half the right standard deviation, of two parameters. */
  private static TestDraws narrow() {
    SplittableRandom random = new SplittableRandom(2);
    double[][] theta = new double[120][2];
    double[][] x = new double[120][2];
    List<Samples> draws = new ArrayList<>();
    for (int i = 0; i < theta.length; i++) {
      double[][] rows = new double[99][2];
      for (int d = 0; d < 2; d++) {
        theta[i][d] = random.nextGaussian();
        x[i][d] = theta[i][d] + random.nextGaussian();
        for (double[] row : rows) {
          row[d] = x[i][d] / 2 + 0.5 * Math.sqrt(0.5) * random.nextGaussian();
        }
      }
      draws.add(Samples.copyOf(List.of("left", "right"), rows));
    }
    Samples parameters = Samples.copyOf(List.of("left", "right"), theta);
    Samples observations = Samples.copyOf(List.of("x1", "x2"), x);
    return TestDraws.of(Simulations.of(parameters, observations), draws);
  }

  @Test
  void curvesAreNamedAndHaveBands() {
    TestDraws draws = narrow();
    SbcResult sbc = SimulationBasedCalibration.defaults().compute(draws);
    assertThat(sbc.plot().svg()).contains(">left<", ">right<", "ECDF");
    assertThat(sbc.histogram().svg()).contains(">left<", ">right<", "rank");
    TarpResult tarp = Tarp.defaults().compute(draws);
    assertThat(tarp.plot().svg())
        .contains("expected coverage", ">" + tarp.references().get(0).name() + "<");
    CoverageResult coverage = new CoverageResult(sbc.quantities().get(0).ranks(), 0.05, List.of());
    assertThat(coverage.plot().svg()).contains("credibility level", "share of true values inside");
  }

  private static LocalDiscrepancy flat() {
    LocalDiscrepancy at = discrepancy();
    List<double[]> same = new ArrayList<>();
    for (int trial = 0; trial < 40; trial++) {
      same.add(at.nullProbabilities(trial));
    }
    same.add(0, at.nullProbabilities(0));
    return new LocalDiscrepancy(at.observation(), new double[41], 1, 1, at.draws(), same);
  }
}
