package io.github.sbi4j.flows.variational;

import io.github.sbi4j.core.mcmc.DifferentiableLogDensity;
import io.github.sbi4j.core.random.RandomStreams;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An approximation q over R<sup>D</sup>, fitted to a target: z = m + L u with u standard normal or
 * of a flow. Immutable; may be used from many threads.
 *
 * <p>A flow is fitted in the coordinates of a Gaussian that is fitted before it, so that location,
 * scales and correlations need not be learned by a network.
 */
public final class VariationalFit {
  private static final int GAUSSIAN_WINDOW = 25;
  private static final int FLOW_WINDOW = 100;

  /** As many draws share a stream. */
  private static final int CHUNK = 240;

  private final AffineMap map;
  private final @Nullable Flow flow;
  private final VariationalReport report;

  private VariationalFit(
      AffineMap map, @Nullable Flow flow, VariationalReport report) {
    this.map = map;
    this.flow = flow;
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
   * @throws IllegalStateException if in some step no draw has a positive density
   */
  public static VariationalFit of(
      DifferentiableLogDensity target,
      double[][] start,
      VariationalFamily family,
      VariationalObjective objective,
      VariationalSettings settings,
      long seed) {
    Optimization optimization = new Optimization(settings);
    int draws = (settings.draws() + objective.group() - 1) / objective.group() * objective.group();
    boolean correlated =
        !(family instanceof VariationalFamily.Gaussian gaussian) || gaussian.correlated();
    AffineMap first = AffineMap.ofMoments(start, correlated);
    GaussianFitter gaussian = new GaussianFitter(target, objective, draws, correlated, first);
    boolean converged = optimization.run(gaussian, GAUSSIAN_WINDOW, RandomStreams.key(seed, -1));
    AffineMap map = gaussian.map();
    Flow flow = null;
    if (family instanceof VariationalFamily.Flow settingsOfFlow) {
      flow = new Flow(settingsOfFlow.estimator(), map.dimension(), RandomStreams.key(seed, -2));
      FlowFitter fitter =
          new FlowFitter(
              new WhitenedTarget(target, map), flow, objective, draws, settings.learningRate());
      converged = optimization.run(fitter, FLOW_WINDOW, RandomStreams.key(seed, -3));
    }
    VariationalReport none = VariationalReport.of(optimization.curve(), converged, 0, new double[1]);
    VariationalFit fit = new VariationalFit(map, flow, none);
    double[] logWeights =
        fit.logWeights(target, settings.qualityDraws(), RandomStreams.key(seed, -4));
    return new VariationalFit(
        map,
        flow,
        VariationalReport.of(
            optimization.curve(), converged, optimization.seconds(), logWeights));
  }

  private double[] logWeights(DifferentiableLogDensity target, int count, long seed) {
    double[][] points = standard(count, seed);
    double[] logs = new WhitenedTarget(target, map).logProb(points);
    double[] own = standardLogProb(points);
    for (int i = 0; i < count; i++) {
      double log = logs[i] - own[i];
      logs[i] = Double.isFinite(log) ? log : Double.NEGATIVE_INFINITY;
    }
    return logs;
  }

  /** {@return the number of coordinates, D} */
  public int dimension() {
    return map.dimension();
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
    double[][] points = standard(count, seed);
    Arrays.setAll(points, i -> map.apply(points[i]));
    return points;
  }

  private double[][] standard(int count, long seed) {
    double[][] points = new double[count][];
    for (int from = 0; from < count; from += CHUNK) {
      int size = Math.min(CHUNK, count - from);
      RandomGenerator random = RandomStreams.of(seed, from / CHUNK);
      double[][] part =
          flow == null
              ? StandardNormal.draw(size, dimension(), random)
              : flow.sample(size, random);
      System.arraycopy(part, 0, points, from, size);
    }
    return points;
  }

  /**
   * The log-density of q, normalised.
   *
   * @param points N x D
   * @return N values
   */
  public double[] logProb(double[][] points) {
    double[][] standard = Arrays.stream(points).map(map::invert).toArray(double[][]::new);
    double[] logs = standardLogProb(standard);
    double logDeterminant = map.logDeterminant();
    return Arrays.stream(logs).map(log -> log - logDeterminant).toArray();
  }

  private double[] standardLogProb(double[][] points) {
    if (flow == null) {
      return Arrays.stream(points).mapToDouble(StandardNormal::logProb).toArray();
    }
    double[] logs = new double[points.length];
    for (int from = 0; from < points.length; from += CHUNK) {
      int to = Math.min(points.length, from + CHUNK);
      double[] part = flow.logProb(Arrays.copyOfRange(points, from, to));
      System.arraycopy(part, 0, logs, from, part.length);
    }
    return logs;
  }
}
