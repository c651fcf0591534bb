package io.github.sbi4j.flows.posterior;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.estimator.ConditionalDensity;
import io.github.sbi4j.flows.file.Provenance;
import io.github.sbi4j.flows.potential.Potential;
import io.github.sbi4j.flows.potential.PotentialSource;
import io.github.sbi4j.flows.potential.TrialPotential;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A learned likelihood p(x | theta): the density of L observed values in their own units, given D
 * parameters; of discrete values, if it was learned with {@link
 * io.github.sbi4j.flows.estimator.Mnle}, the probability.
 *
 * <p>It serves any number of independent trials without further training, and stands in for the
 * simulator: {@link #sample} draws from it. Immutable; may be used from many threads.
 */
public final class Likelihood implements PotentialSource {
  private static final Logger LOG = LoggerFactory.getLogger(Likelihood.class);

  private final ConditionalDensity density;
  private final Distribution prior;
  private final ObservationRange range;
  private final Provenance provenance;

  private Likelihood(
      ConditionalDensity density,
      Distribution prior,
      ObservationRange range,
      Provenance provenance) {
    this.density = density;
    this.prior = prior;
    this.range = range;
    this.provenance = provenance;
  }

  /**
   * A likelihood that tells what it was learned from.
   *
   * @param density p(x | theta), of L targets and D contexts
   * @param prior the prior over the D parameters
   * @param range the range of the simulated observations
   * @param provenance what it was learned from
   * @return the likelihood
   */
  public static Likelihood of(
      ConditionalDensity density,
      Distribution prior,
      ObservationRange range,
      Provenance provenance) {
    return new Likelihood(density, prior, range, provenance);
  }

  /** {@return the learned density, of observations given parameters} */
  public ConditionalDensity density() {
    return density;
  }

  @Override
  public Distribution prior() {
    return prior;
  }

  /** {@return the range of the simulated observations} */
  public ObservationRange range() {
    return range;
  }

  /** {@return what it was learned from} */
  public Provenance provenance() {
    return provenance;
  }

  /**
   * The same likelihood evaluated on another number of threads; results do not depend on it.
   *
   * @param threads at least 1; 1 keeps to the calling thread
   * @return the likelihood
   */
  public Likelihood withThreads(int threads) {
    return new Likelihood(density.withThreads(threads), prior, range, provenance);
  }

  /**
   * The log-likelihood of each observation under the same parameters.
   *
   * @param observations N x L
   * @param parameters D values
   * @return N values of log p(x | theta); -Infinity where an observation cannot occur
   */
  public double[] logProb(double[][] observations, double[] parameters) {
    return density.logProb(observations, parameters);
  }

  /**
   * The log-likelihood of each observation under the parameters of its row.
   *
   * @param observations N x L
   * @param parameters N x D
   * @return N values of log p(x | theta); -Infinity where an observation cannot occur
   */
  public double[] logProb(double[][] observations, double[][] parameters) {
    return density.logProb(observations, parameters);
  }

  /**
   * Draws observations, as the simulator would.
   *
   * @param parameters D values
   * @param count the number of draws, N
   * @param seed decides the draws
   * @return N x L
   */
  public Samples sample(double[] parameters, int count, long seed) {
    List<String> names = provenance.observationNames();
    List<String> given =
        names.isEmpty()
            ? IntStream.rangeClosed(1, density.targets()).mapToObj(j -> "x_" + j).toList()
            : names;
    return Samples.copyOf(given, density.sample(parameters, count, seed));
  }

  /**
   * Prior times likelihood of independent trials, for samplers.
   *
   * @param trials M x L, M at least 1
   * @return the potential of the D parameters
   * @throws IllegalArgumentException if there is no trial, a trial does not have L finite values,
   *     or lies where the likelihood is zero whatever the parameters
   */
  @Override
  public Potential potential(double[]... trials) {
    if (trials.length == 0) {
      throw new IllegalArgumentException("no trials given, expected at least one observation");
    }
    Observations.check(LOG, "likelihood", range, trials);
    Support support = density.coordinates().support();
    for (double[] trial : trials) {
      if (!support.contains(trial)) {
        throw new IllegalArgumentException(
            "the observation "
                + Arrays.toString(trial)
                + " lies outside the support that the likelihood was trained with, "
                + support
                + ": it is impossible whatever the parameters; check the data or SNLE.observationSupport");
      }
      String problem = density.coordinates().columns().problem(trial);
      if (problem != null) {
        throw new IllegalArgumentException(
            "the observation "
                + Arrays.toString(trial)
                + " has likelihood zero whatever the parameters: "
                + problem
                + "; check the data, or simulate more so that it occurs");
      }
    }
    double[][] kept = Arrays.stream(trials).map(double[]::clone).toArray(double[][]::new);
    return new TrialPotential(prior, density.sumOver(kept));
  }
}
