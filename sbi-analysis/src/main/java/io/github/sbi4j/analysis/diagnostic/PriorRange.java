package io.github.sbi4j.analysis.diagnostic;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.posterior.Posterior;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a posterior depends on where its prior ends: the share of the posterior that lies beyond
 * the outermost 5 % of the prior at each of its bounds.
 *
 * <p>With 5 % there, the posterior is as the prior; with more it leans on the bound, and values
 * beyond it might explain the data as well or better. Up to 2 % passes, more asks for caution, and
 * from 10 % on the reading says so. Nothing fails: these limits are conventions, not tests, and
 * where a bound is a matter of fact, as zero is for a variance, a right posterior may lean on it.
 */
public final class PriorRange {
  private static final double EDGE = 0.05;
  private static final double CAUTION = 0.02;
  private static final double LEANING = 0.1;
  private static final int PRIOR_DRAWS = 20_000;

  private PriorRange() {}

  /**
   * Looks at the posterior of an observation.
   *
   * @param posterior a posterior that was given an observation
   * @param count the number of draws, 1000 or more
   * @return the shares at all bounds
   */
  public static PriorRangeResult of(Posterior posterior, int count) {
    return of(posterior.prior(), posterior.sample(count));
  }

  /**
   * Looks at posterior draws of one observation.
   *
   * @param prior the prior over the D parameters
   * @param draws N x D
   * @return the shares at all bounds; none for parameters without bounds
   * @throws IllegalArgumentException if the numbers of parameters differ or there are no draws
   */
  public static PriorRangeResult of(Distribution prior, Samples draws) {
    if (draws.columns() != prior.dimension() || draws.rows() == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the draws are %d x %d, expected at least one row of the prior's %d parameters",
              draws.rows(),
              draws.columns(),
              prior.dimension()));
    }
    double[] lower = prior.support().lower();
    double[] upper = prior.support().upper();
    double[][] edges = prior.sample(PRIOR_DRAWS, 1).quantiles(EDGE, 1 - EDGE);
    List<PriorRangeResult.Bound> bounds = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (int d = 0; d < lower.length; d++) {
      String name = prior.names().get(d);
      double[] values = draws.column(d);
      int below = 0;
      int above = 0;
      for (double value : values) {
        below += value < edges[0][d] ? 1 : 0;
        above += value > edges[1][d] ? 1 : 0;
      }
      if (Double.isFinite(lower[d])) {
        add(bounds, findings, name, false, lower[d], (double) below / values.length);
      }
      if (Double.isFinite(upper[d])) {
        add(bounds, findings, name, true, upper[d], (double) above / values.length);
      }
    }
    return new PriorRangeResult(bounds, findings);
  }

  private static void add(
      List<PriorRangeResult.Bound> bounds,
      List<Finding> findings,
      String name,
      boolean upper,
      double value,
      double share) {
    bounds.add(new PriorRangeResult.Bound(name, upper, value, share));
    String words =
        share >= LEANING
            ? "it leans on the bound; widen the prior if values beyond are possible"
            : share >= CAUTION
                ? "the prior's range decides where it ends"
                : "the bound hardly matters";
    findings.add(
        new Finding(
            name,
            share >= CAUTION ? Verdict.CAUTION : Verdict.PASS,
            upper ? "share near the upper bound" : "share near the lower bound",
            share,
            CAUTION,
            Double.NaN,
            String.format(
                Locale.ROOT,
                "%.1f %% of the posterior of %s lies in the outermost 5 %% of the prior at its %s bound %.4g: %s",
                100 * share,
                name,
                upper ? "upper" : "lower",
                value,
                words)));
  }
}
