package io.github.sbi4j.flows.variational;

import io.github.sbi4j.core.mcmc.DifferentiableLogDensity;
import io.github.sbi4j.core.random.RandomStreams;
import org.jspecify.annotations.Nullable;

/**
 * An approximation q over R<sup>D</sup>, fitted to a target: z = m + L u with u standard normal or
 * of a flow. Immutable; may be used from many threads.
 *
 * <p>A flow is fitted in the coordinates of a Gaussian that is fitted before it by the forward
 * divergence, so that location, scales and correlations need not be learned by a network, and that
 * it begins by covering the target.
 */
public final class VariationalFit {
  private static final int GAUSSIAN_WINDOW = 25;
  private static final int FLOW_WINDOW = 100;

  private final Approximation approximation;
  private final VariationalReport report;

  private VariationalFit(Approximation approximation, VariationalReport report) {
    this.approximation = approximation;
    this.report = report;
  }

  /**
   * Fits an approximation.
   *
   * @param target the log-density over R<sup>D</sup>, up to a constant
   * @param start points spread as the target is, or wider, N x D, N greater than D
   * @param family among what it is sought
   * @param objective by what it is judged
   * @param settings the budget
   * @param seed decides the fit
   * @return the approximation
   * @throws IllegalArgumentException if there are no more than D points to start from
   * @throws IllegalStateException if in some step no draw has a positive density
   */
  public static VariationalFit of(
      DifferentiableLogDensity target,
      double[][] start,
      VariationalFamily family,
      VariationalObjective objective,
      VariationalSettings settings,
      long seed) {
    int dimension = target.dimension();
    if (start.length <= dimension) {
      throw new IllegalArgumentException(
          start.length
              + " points to start from were given, expected more than "
              + dimension
              + ", the number of coordinates");
    }
    Optimization optimization = new Optimization(settings);
    int groups = (settings.draws() + objective.group() - 1) / objective.group();
    int draws = groups * objective.group();
    boolean correlated =
        !(family instanceof VariationalFamily.Gaussian gaussian) || gaussian.correlated();
    VariationalObjective first =
        family instanceof VariationalFamily.Flow ? VariationalObjective.forwardKl() : objective;
    GaussianFitter gaussian =
        new GaussianFitter(
            target, first, draws, correlated, AffineMap.ofMoments(start, correlated));
    boolean converged = optimization.run(gaussian, GAUSSIAN_WINDOW, RandomStreams.key(seed, -1));
    AffineMap map = gaussian.map();
    @Nullable Flow flow = null;
    if (family instanceof VariationalFamily.Flow ofFlows) {
      flow = new Flow(ofFlows.estimator(), dimension, RandomStreams.key(seed, -2));
      WhitenedTarget seen = new WhitenedTarget(target, map);
      FlowFitter fitter = new FlowFitter(seen, flow, objective, draws, settings.learningRate());
      converged = optimization.run(fitter, FLOW_WINDOW, RandomStreams.key(seed, -3));
    }
    Approximation result = new Approximation(map, flow);
    double[] logWeights =
        result.logWeights(target, settings.qualityDraws(), RandomStreams.key(seed, -4));
    return new VariationalFit(
        result,
        VariationalReport.of(optimization.curve(), converged, optimization.seconds(), logWeights));
  }

  /** {@return the number of coordinates, D} */
  public int dimension() {
    return approximation.map().dimension();
  }

  /** {@return how good the approximation is} */
  public VariationalReport report() {
    return report;
  }

  /**
   * Draws of q.
   *
   * @param count the number of draws, N
   * @param seed decides the draws; more draws begin with the same ones
   * @return N x D
   */
  public double[][] sample(int count, long seed) {
    return approximation.sample(count, seed);
  }

  /**
   * The log-density of q, normalised.
   *
   * @param points N x D
   * @return N values
   */
  public double[] logProb(double[][] points) {
    return approximation.logProb(points);
  }
}
