package io.github.sbi4j.flows.posterior;

import io.github.sbi4j.core.distribution.Bijection;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.mcmc.DifferentiableLogDensity;
import io.github.sbi4j.core.mcmc.InitialPoints;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.estimator.Nsf;
import io.github.sbi4j.flows.potential.PotentialSource;
import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.variational.VariationalFamily;
import io.github.sbi4j.flows.variational.VariationalFit;
import io.github.sbi4j.flows.variational.VariationalObjective;
import io.github.sbi4j.flows.variational.VariationalReport;
import io.github.sbi4j.flows.variational.VariationalSettings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A posterior by variational inference: a Gaussian or a flow, fitted for one observation. Draws are
 * independent and cost nothing once it is fitted, and its density is normalised.
 *
 * <p>What it draws from and what {@link #logProb} gives is the approximation q, fitted in the
 * prior's unconstrained space, so that nothing lies outside the prior. It is fitted at the first
 * call that needs it after {@link #given}, once for each observation; nothing is kept from another
 * one. {@link #report} tells by fresh draws how good it is, and a warning is logged where it is
 * not. As the proposal of an {@link ImportancePosterior} its draws are corrected by weights.
 */
public final class VariationalPosterior implements Posterior {
  private static final Logger LOG = LoggerFactory.getLogger(VariationalPosterior.class);

  /** Beyond where it has draws a flow is to go on straight, not to level out. */
  private static final Maf MAF = Maf.defaults().withActivation(Activation.RELU);

  private static final int CANDIDATES = 10_000;
  private static final int STARTS = 200;
  private static final int DRAWS_FOR_MAP = 1_000;

  private final AtObservation at;
  private final VariationalFamily family;
  private final VariationalObjective objective;
  private final VariationalSettings settings;
  private final long seed;
  private @Nullable VariationalFit fit;

  private VariationalPosterior(
      AtObservation at,
      VariationalFamily family,
      VariationalObjective objective,
      VariationalSettings settings,
      long seed) {
    this.at = at;
    this.family = family;
    this.objective = objective;
    this.settings = settings;
    this.seed = seed;
  }

  /**
   * A posterior of a learned likelihood, ratio or posterior, or of a likelihood of one's own: a
   * masked autoregressive flow by the reverse divergence; for one parameter a neural spline flow,
   * since the other one is Gaussian there.
   *
   * @param source what gives the density up to a constant
   * @param seed decides the fit, and draws that are not given a seed
   * @return the posterior, not yet given an observation
   */
  public static VariationalPosterior of(PotentialSource source, long seed) {
    return new VariationalPosterior(
        AtObservation.of(source),
        VariationalFamily.flow(source.prior().dimension() == 1 ? Nsf.defaults() : MAF),
        VariationalObjective.reverseKl(),
        VariationalSettings.defaults(),
        seed);
  }

  /**
   * {@return the same posterior, to be fitted with another family}
   *
   * @param family Gaussians or flows
   */
  public VariationalPosterior withFamily(VariationalFamily family) {
    return new VariationalPosterior(at, family, objective, settings, seed);
  }

  /**
   * {@return the same posterior, to be fitted by another objective}
   *
   * @param objective what the approximation minimises
   */
  public VariationalPosterior withObjective(VariationalObjective objective) {
    return new VariationalPosterior(at, family, objective, settings, seed);
  }

  /**
   * {@return the same posterior, to be fitted with other settings}
   *
   * @param settings the budget
   */
  public VariationalPosterior withSettings(VariationalSettings settings) {
    return new VariationalPosterior(at, family, objective, settings, seed);
  }

  @Override
  public Distribution prior() {
    return at.prior();
  }

  @Override
  public Optional<double[]> observation() {
    return at.observation();
  }

  @Override
  public VariationalPosterior given(double... observation) {
    return given(new double[][] {observation});
  }

  /**
   * {@return the same posterior for M independent trials of L values}
   *
   * @param trials M x L, M at least 1
   */
  public VariationalPosterior given(double[][] trials) {
    return new VariationalPosterior(at.given(trials), family, objective, settings, seed);
  }

  /**
   * {@return the same posterior for M independent trials of L values, each under its K conditions}
   *
   * @param trials M x L, M at least 1
   * @param conditions M x K, those of trial m in row m
   */
  public VariationalPosterior given(double[][] trials, double[][] conditions) {
    return new VariationalPosterior(
        at.given(trials, conditions), family, objective, settings, seed);
  }

  private synchronized VariationalFit fit() {
    if (fit == null) {
      DifferentiableLogDensity target = at.potential().unconstrained();
      int starts = Math.max(STARTS, 10 * target.dimension());
      double[][] start =
          InitialPoints.resampled(
              target,
              prior(),
              Math.max(CANDIDATES, 10 * starts),
              starts,
              RandomStreams.key(seed, -1));
      fit =
          VariationalFit.of(
              target, start, family, objective, settings, RandomStreams.key(seed, -2));
      fit.report().warnings().forEach(warning -> LOG.warn("{}", warning));
    }
    return fit;
  }

  /**
   * {@return how good the approximation for the observation given is}
   *
   * @throws IllegalStateException if no observation was given, or the posterior density is zero
   *     wherever it was asked for
   */
  public VariationalReport report() {
    return fit().report();
  }

  @Override
  public Samples sample(int count) {
    return sample(count, seed);
  }

  @Override
  public Samples sample(int count, long seed) {
    AtObservation.requireCount(count);
    Bijection bijection = prior().bijection();
    double[][] rows = fit().sample(count, seed);
    for (double[] row : rows) {
      double[] point = row.clone();
      bijection.inverse(point, row);
    }
    return Samples.copyOf(names(), rows);
  }

  /**
   * {@return the log of the approximation's density over the parameters, normalised; -Infinity
   * outside the prior}
   *
   * @param parameters N x D
   */
  @Override
  public double[] logProb(double[][] parameters) {
    VariationalFit approximation = fit();
    Bijection bijection = prior().bijection();
    double[] result = new double[parameters.length];
    double[][] points = new double[parameters.length][prior().dimension()];
    for (int i = 0; i < result.length; i++) {
      result[i] =
          prior().support().contains(parameters[i])
              ? bijection.forward(parameters[i], points[i])
              : Double.NEGATIVE_INFINITY;
    }
    double[] logs = approximation.logProb(points);
    for (int i = 0; i < result.length; i++) {
      result[i] += result[i] > Double.NEGATIVE_INFINITY ? logs[i] : 0;
    }
    return result;
  }

  /**
   * {@return the parameters at which the posterior itself is largest, searched for from draws of
   * the approximation, whose log-density there it names}
   */
  @Override
  public MapEstimate map() {
    long stream = RandomStreams.key(seed, -3);
    MapEstimate found = at.map(() -> sample(DRAWS_FOR_MAP, stream).toArray());
    return new MapEstimate(found.parameters(), logProb(found.toArray()), found.converged());
  }
}
