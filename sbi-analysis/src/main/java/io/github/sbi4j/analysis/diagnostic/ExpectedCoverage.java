package io.github.sbi4j.analysis.diagnostic;

import io.github.sbi4j.core.random.RandomStreams;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Expected coverage of the regions of highest posterior density: the region that holds a share of
 * the draws holds the true parameters in the same share of the data sets, where the posterior is
 * right.
 *
 * <p>The level of the smallest region that holds the true parameters is the share of draws at which
 * the log-density is larger; it need not be normalised. One number for all parameters together: a
 * posterior that is the prior has the right coverage, and errors may cancel. It stands beside
 * {@link SimulationBasedCalibration}, not in its place.
 *
 * <p>Immutable; results do not depend on the number of threads.
 *
 * @see <a href="https://arxiv.org/abs/2110.06581">Hermans et al. (2022), A trust crisis in
 *     simulation-based inference?</a>
 */
public final class ExpectedCoverage {
  private static final Logger LOG = LoggerFactory.getLogger(ExpectedCoverage.class);

  /** The index of the seed of ties; rows use those from zero on. */
  private static final long TIES = -98;

  private final double alpha;

  private ExpectedCoverage(double alpha) {
    this.alpha = alpha;
  }

  /** {@return the test at a false-alarm rate of 0.05} */
  public static ExpectedCoverage defaults() {
    return new ExpectedCoverage(0.05);
  }

  /**
   * A copy with another false-alarm rate.
   *
   * @param rate how often a right posterior may fail, between 0 and 1
   * @return the copy
   * @throws IllegalArgumentException if it is not between 0 and 1
   */
  public ExpectedCoverage alpha(double rate) {
    return new ExpectedCoverage(SimulationBasedCalibration.requireRate(rate));
  }

  /**
   * Asks the posterior for the densities at true parameters and draws, and tests their ranks.
   *
   * @param draws of at least 100 data sets, 100 draws each, for passing to say something
   * @return the coverage at all levels, and what it says
   * @throws IllegalStateException if the draws were made elsewhere, or the posterior has no density
   */
  public CoverageResult compute(TestDraws draws) {
    List<TestDraws.LogDensities> densities = draws.logDensities();
    Ranking ranking = new Ranking(draws, RandomStreams.key(draws.seed(), TIES));
    for (int i = 0; i < draws.size(); i++) {
      double[] heights = densities.get(i).draws();
      double[] depths = new double[draws.draws()];
      for (int k = 0; k < depths.length; k++) {
        depths[k] = depth(heights[k]);
      }
      ranking.set(i, depth(densities.get(i).truth()), depths);
    }
    RankUniformity ranks = ranking.uniformity(EcdfBand.ranks(draws.size(), draws.draws(), alpha));
    List<Finding> findings = new ArrayList<>();
    findings.add(CoverageResult.finding(ranks, draws, alpha));
    Omissions.addTo(findings, CoverageResult.NAME, draws, LOG);
    return new CoverageResult(ranks, alpha, findings);
  }

  /** How far down a density is; where it is not a number there is none. */
  private static double depth(double logDensity) {
    return Double.isNaN(logDensity) ? Double.POSITIVE_INFINITY : -logDensity;
  }
}
