package io.github.sbi4j.analysis.diagnostic;

import io.github.sbi4j.core.concurrent.Tasks;
import io.github.sbi4j.core.random.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tests of accuracy with random points (TARP): the share of draws that lie nearer to a reference
 * point than the true parameters do is uniform where the posterior is right, whatever the reference
 * is, as long as it does not know the true parameters. No densities are needed.
 *
 * <p>References have to depend on the data, or a posterior that ignores them passes. They are
 * predicted from the data here, by a regression of the parameters on the data of other data sets:
 * one set of references is the prediction with noise as large as the regression's error, which sees
 * the width of the posterior; D others lie two errors beyond it along each parameter, which sees
 * its place. Distances are Euclidean, in units of the regression's error. The D + 1 tests share the
 * false-alarm rate.
 *
 * <p>Immutable; results do not depend on the number of threads.
 *
 * @see <a href="https://arxiv.org/abs/2302.03026">Lemos et al. (2023), Sampling-based accuracy
 *     testing of posterior estimators for general inference</a>
 */
public final class Tarp {
  private static final Logger LOG = LoggerFactory.getLogger(Tarp.class);

  /** The errors by which a reference lies beyond the prediction. */
  private static final double BEYOND = 2;

  /** The indices of derived seeds; rows use those from zero on. */
  private static final long POINTS = -97;

  private static final long TIES = -1000;

  private final boolean uniform;
  private final double alpha;

  private Tarp(boolean uniform, double alpha) {
    this.uniform = uniform;
    this.alpha = alpha;
  }

  /** {@return the test with references predicted from the data, at a false-alarm rate of 0.05} */
  public static Tarp defaults() {
    return new Tarp(false, 0.05);
  }

  /**
   * {@return a copy whose references are uniform over the range of the true parameters, one for
   * each data set, and whose distances are in units of that range, as in the paper; blind for a
   * posterior that ignores the data, and weaker}
   */
  public Tarp uniformReferences() {
    return new Tarp(true, alpha);
  }

  /**
   * A copy with another false-alarm rate.
   *
   * @param rate how often a right posterior may fail, in all tests together; between 0 and 1
   * @return the copy
   * @throws IllegalArgumentException if it is not between 0 and 1
   */
  public Tarp alpha(double rate) {
    return new Tarp(uniform, SimulationBasedCalibration.requireRate(rate));
  }

  /** Points for each data set, and the unit of each parameter there. */
  private record References(String name, double[][] points, double[][] units) {}

  /**
   * Measures distances and tests their ranks.
   *
   * @param draws of at least 100 data sets, 100 draws each, for passing to say something
   * @return the ranks for each set of references, and what they say
   */
  public TarpResult compute(TestDraws draws) {
    List<References> sets = uniform ? List.of(uniform(draws)) : predicted(draws);
    double level = alpha / sets.size();
    EcdfBand band = EcdfBand.ranks(draws.size(), draws.draws(), level);
    List<TarpResult.Ranked> ranked = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (References references : sets) {
      long seed = RandomStreams.key(draws.seed(), TIES - ranked.size());
      RankUniformity ranks = ranks(draws, references, seed, band);
      TarpResult.Ranked result = new TarpResult.Ranked(references.name(), ranks);
      ranked.add(result);
      findings.add(result.finding(draws, level));
    }
    Omissions.addTo(findings, TarpResult.NAME, draws, LOG);
    return new TarpResult(ranked, alpha, findings);
  }

  private static RankUniformity ranks(
      TestDraws draws, References references, long seed, EcdfBand band) {
    Ranking ranking = new Ranking(draws, seed);
    Tasks.map(
        draws.threads(),
        draws.size(),
        i -> {
          double[] point = references.points()[i];
          double[] units = references.units()[i];
          double truth = distance(draws.parameters().row(i), 0, point, units);
          double[] values = draws.values(i);
          double[] distances = new double[draws.draws()];
          Arrays.setAll(distances, k -> distance(values, k * point.length, point, units));
          ranking.set(i, truth, distances);
          return true;
        });
    return ranking.uniformity(band);
  }

  /** The squared distance, which has the same order. */
  private static double distance(double[] values, int from, double[] point, double[] units) {
    double sum = 0;
    for (int d = 0; d < point.length; d++) {
      double difference = (values[from + d] - point[d]) / units[d];
      sum += difference * difference;
    }
    return sum;
  }

  private static References uniform(TestDraws draws) {
    double[] low = draws.parameters().quantile(0);
    double[] high = draws.parameters().quantile(1);
    double[] range = new double[low.length];
    Arrays.setAll(range, d -> high[d] > low[d] ? high[d] - low[d] : 1);
    double[][] points = new double[draws.size()][];
    double[][] units = new double[draws.size()][];
    Arrays.fill(units, range);
    long seed = RandomStreams.key(draws.seed(), POINTS);
    for (int i = 0; i < points.length; i++) {
      RandomGenerator random = RandomStreams.of(seed, i);
      points[i] = new double[range.length];
      Arrays.setAll(points[i], d -> low[d] + range[d] * random.nextDouble());
    }
    return new References("uniform references", points, units);
  }

  private static List<References> predicted(TestDraws draws) {
    CrossFit fit = CrossFit.of(draws.observations().toArray(), draws.parameters().toArray());
    int dimension = draws.dimension();
    double[][] units = new double[draws.size()][];
    Arrays.setAll(
        units, i -> Arrays.stream(fit.errors()[i]).map(error -> error > 0 ? error : 1).toArray());
    long seed = RandomStreams.key(draws.seed(), POINTS);
    double[][] near = new double[draws.size()][];
    for (int i = 0; i < near.length; i++) {
      RandomGenerator random = RandomStreams.of(seed, i);
      near[i] = fit.predictions()[i].clone();
      for (int d = 0; d < dimension; d++) {
        near[i][d] += units[i][d] * random.nextGaussian();
      }
    }
    List<References> sets = new ArrayList<>();
    sets.add(new References("references around the prediction", near, units));
    for (int d = 0; d < dimension; d++) {
      double[][] beyond = new double[draws.size()][];
      for (int i = 0; i < beyond.length; i++) {
        beyond[i] = fit.predictions()[i].clone();
        beyond[i][d] += BEYOND * units[i][d];
      }
      sets.add(new References("references above for " + draws.names().get(d), beyond, units));
    }
    return sets;
  }
}
