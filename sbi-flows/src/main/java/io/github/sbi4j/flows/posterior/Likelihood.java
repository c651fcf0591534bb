package io.github.sbi4j.flows.posterior;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.estimator.ConditionalDensity;
import io.github.sbi4j.flows.estimator.LowerBounds;
import io.github.sbi4j.flows.file.LikelihoodFile;
import io.github.sbi4j.flows.file.LoadOptions;
import io.github.sbi4j.flows.file.Provenance;
import io.github.sbi4j.flows.file.SavedLikelihood;
import io.github.sbi4j.flows.potential.GroupedTrials;
import io.github.sbi4j.flows.potential.Potential;
import io.github.sbi4j.flows.potential.PotentialSource;
import io.github.sbi4j.flows.potential.TrialPotential;
import java.nio.file.Path;
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
 * <p>Learned from simulations under K conditions each, it is p(x | theta, c), and every method
 * wants the conditions of each observation too.
 *
 * <p>It serves any number of independent trials without further training, and stands in for the
 * simulator: {@link #sample} draws from it. Immutable; may be used from many threads.
 */
public final class Likelihood implements PotentialSource {
  private static final Logger LOG = LoggerFactory.getLogger(Likelihood.class);
  private static final String TRAINED = "likelihood";

  private final ConditionalDensity density;
  private final Distribution prior;
  private final ObservationRange range;
  private final Conditions conditions;
  private final Provenance provenance;

  private Likelihood(
      ConditionalDensity density,
      Distribution prior,
      ObservationRange range,
      Conditions conditions,
      Provenance provenance) {
    this.density = density;
    this.prior = prior;
    this.range = range;
    this.conditions = conditions;
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
    return of(density, prior, range, Conditions.none(), provenance);
  }

  /**
   * A likelihood under conditions that tells what it was learned from.
   *
   * @param density p(x | theta, c), of L targets and D + K contexts
   * @param prior the prior over the D parameters
   * @param range the range of the simulated observations
   * @param conditions the names and ranges of the K conditions
   * @param provenance what it was learned from
   * @return the likelihood
   * @throws IllegalArgumentException if the sizes do not fit
   */
  public static Likelihood of(
      ConditionalDensity density,
      Distribution prior,
      ObservationRange range,
      Conditions conditions,
      Provenance provenance) {
    if (density.contexts() != prior.dimension() + conditions.size()) {
      throw new IllegalArgumentException(
          "the density has "
              + density.contexts()
              + " contexts, but there are "
              + prior.dimension()
              + " parameters and "
              + conditions.size()
              + " conditions "
              + conditions.names());
    }
    return new Likelihood(density, prior, range, conditions, provenance);
  }

  /**
   * Loads a likelihood that is wholly in its file, for evaluation on the processor.
   *
   * @param file what {@link #save} wrote
   * @return a likelihood equal to the saved one
   * @throws io.github.sbi4j.flows.file.SavedFileException if the file is damaged, not a likelihood,
   *     or of a newer format
   * @throws java.io.UncheckedIOException if there is no file or it cannot be read
   * @throws IllegalArgumentException if the prior is code that the file cannot hold; see {@link
   *     #load(Path, LoadOptions)}
   */
  public static Likelihood load(Path file) {
    return load(file, LoadOptions.defaults());
  }

  /**
   * Loads a likelihood that is wholly in its file; see {@link #load(Path)}.
   *
   * @param file what {@link #save} wrote
   * @param device where it is evaluated
   * @return a likelihood equal to the saved one
   * @throws IllegalStateException if the device is not there
   */
  public static Likelihood load(Path file, Device device) {
    return load(file, LoadOptions.defaults().withDevice(device));
  }

  /**
   * Loads a likelihood, with what its file cannot hold; see {@link #load(Path)}. No code is run but
   * that of the objects in the options.
   *
   * @param file what {@link #save} wrote
   * @param options the device, and the prior if one's own
   * @return a likelihood equal to the saved one
   * @throws IllegalArgumentException if an object that the file cannot hold is missing, or one
   *     given is not like the one the likelihood was trained with
   */
  public static Likelihood load(Path file, LoadOptions options) {
    SavedLikelihood saved = LikelihoodFile.read(file, options);
    ObservationRange range = new ObservationRange(saved.low(), saved.high());
    Conditions conditions = Conditions.of(saved.conditions());
    return new Likelihood(saved.density(), saved.prior(), range, conditions, saved.provenance());
  }

  /**
   * Saves this likelihood to a file that holds weights and settings and no code; its weights open
   * in Python with {@code safetensors}. The same likelihood gives the same bytes.
   *
   * @param file the file, replaced in one step if it is there
   * @throws java.io.UncheckedIOException if writing fails; a file that was there is left as it was
   * @throws IllegalStateException if weights are not finite, as after training that diverged
   */
  public void save(Path file) {
    LikelihoodFile.write(
        file,
        new SavedLikelihood(
            prior, density, range.low(), range.high(), conditions.saved(), provenance));
  }

  /** {@return the learned density, of observations given parameters} */
  public ConditionalDensity density() {
    return density;
  }

  @Override
  public Distribution prior() {
    return prior;
  }

  @Override
  public int threads() {
    return density.threads();
  }

  /** {@return the range of the simulated observations} */
  public ObservationRange range() {
    return range;
  }

  /** {@return the conditions that it was learned under} */
  public Conditions conditions() {
    return conditions;
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
    return new Likelihood(density.withThreads(threads), prior, range, conditions, provenance);
  }

  /**
   * The log-likelihood of each observation under the same parameters.
   *
   * @param observations N x L
   * @param parameters D values
   * @return N values of log p(x | theta); -Infinity where an observation cannot occur
   */
  public double[] logProb(double[][] observations, double[] parameters) {
    conditions.refuseIfAny(TRAINED, "call logProb(observations, parameters, conditions)");
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
    conditions.refuseIfAny(TRAINED, "call logProb(observations, parameters, conditions)");
    return density.logProb(observations, parameters);
  }

  /**
   * The log-likelihood of each observation under the same parameters and the conditions of its row.
   *
   * @param observations N x L
   * @param parameters D values
   * @param given the conditions, N x K
   * @return N values of log p(x | theta, c); -Infinity where an observation cannot occur
   */
  public double[] logProb(double[][] observations, double[] parameters, double[][] given) {
    double[][] same = new double[observations.length][];
    Arrays.fill(same, parameters);
    return logProb(observations, same, given);
  }

  /**
   * The log-likelihood of each observation under the parameters and the conditions of its row.
   *
   * @param observations N x L
   * @param parameters N x D
   * @param given the conditions, N x K
   * @return N values of log p(x | theta, c); -Infinity where an observation cannot occur
   */
  public double[] logProb(double[][] observations, double[][] parameters, double[][] given) {
    if (parameters.length != observations.length) {
      throw new IllegalArgumentException(
          observations.length
              + " observations but "
              + parameters.length
              + " rows of parameters; give as many of each");
    }
    double[][] checked = conditions.check(TRAINED, "observations", observations.length, given);
    double[][] contexts = new double[checked.length][];
    for (int i = 0; i < contexts.length; i++) {
      contexts[i] = joined(parameters[i], checked[i]);
    }
    return density.logProb(observations, contexts);
  }

  private double[] joined(double[] parameters, double[] condition) {
    if (parameters.length != prior.dimension()) {
      throw new IllegalArgumentException(
          parameters.length
              + " parameters given, expected "
              + prior.dimension()
              + ": "
              + prior.names());
    }
    double[] context = Arrays.copyOf(parameters, parameters.length + condition.length);
    System.arraycopy(condition, 0, context, parameters.length, condition.length);
    return context;
  }

  /**
   * The log-likelihoods of observations that belong to groups with parameters of their own, as in a
   * hierarchical model: log p(x<sub>m</sub> | theta<sub>g(m)</sub>, c<sub>g(m)</sub>).
   *
   * @param observations M x L
   * @param groups the number of groups, G
   * @param group the group of each observation, M indices from 0
   * @return the log-likelihoods as a function of D parameters and then K conditions for each group
   * @throws IllegalArgumentException if there is no observation, or one does not have L finite
   *     values or lies where the likelihood is zero whatever the parameters
   */
  public GroupedTrials grouped(double[][] observations, int groups, int[] group) {
    return density.grouped(checked(observations), groups, group);
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
    conditions.refuseIfAny(TRAINED, "call sample(parameters, condition, count, seed)");
    return draw(parameters, count, seed);
  }

  /**
   * Draws observations, as the simulator would, all under the same conditions.
   *
   * @param parameters D values
   * @param condition K values
   * @param count the number of draws, N
   * @param seed decides the draws
   * @return N x L
   */
  public Samples sample(double[] parameters, double[] condition, int count, long seed) {
    double[][] checked = conditions.check(TRAINED, "condition", 1, new double[][] {condition});
    return draw(joined(parameters, checked[0]), count, seed);
  }

  private Samples draw(double[] context, int count, long seed) {
    List<String> names = provenance.observationNames();
    List<String> given =
        names.isEmpty()
            ? IntStream.rangeClosed(1, density.targets()).mapToObj(j -> "x_" + j).toList()
            : names;
    return Samples.copyOf(given, density.sample(context, count, seed));
  }

  /**
   * Prior times likelihood of independent trials, for samplers.
   *
   * @param trials M x L, M at least 1
   * @return the potential of the D parameters
   * @throws IllegalArgumentException if there is no trial, a trial does not have L finite values,
   *     or lies where the likelihood is zero whatever the parameters; or if there are conditions,
   *     which have to be given too
   */
  @Override
  public Potential potential(double[]... trials) {
    conditions.refuseIfAny(TRAINED, Conditions.GIVE_THEM);
    return new TrialPotential(prior, density.sumOver(checked(trials)));
  }

  /**
   * Prior times likelihood of independent trials that were done under known conditions.
   *
   * @param trials M x L, M at least 1
   * @param given the conditions, M x K
   * @return the potential of the D parameters
   * @throws IllegalArgumentException as without conditions, or if there are not K finite conditions
   *     for each trial
   */
  @Override
  public Potential potential(double[][] trials, double[][] given) {
    double[][] known = conditions.check(TRAINED, "trials", trials.length, given);
    double[][] observed = checked(trials);
    conditions.warnOutside(LOG, TRAINED, known);
    return new TrialPotential(prior, density.sumOver(observed, known));
  }

  /** Copies of trials that can occur. */
  private double[][] checked(double[][] trials) {
    if (trials.length == 0) {
      throw new IllegalArgumentException("no trials given, expected at least one observation");
    }
    Observations.check(LOG, TRAINED, range, trials);
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
      requireAboveBounds(trial);
    }
    return Arrays.stream(trials).map(double[]::clone).toArray(double[][]::new);
  }

  private void requireAboveBounds(double[] trial) {
    LowerBounds bounds = density.coordinates().lowerBounds();
    for (int j : bounds.targets()) {
      int parameter = bounds.contexts()[j];
      double least = prior.support().lower()[parameter];
      if (!(trial[j] > least)) {
        throw new IllegalArgumentException(
            "the observation "
                + Arrays.toString(trial)
                + " has likelihood zero whatever the parameters: value "
                + j
                + " lies above "
                + prior.names().get(parameter)
                + ", whose prior begins at "
                + least
                + "; check the data or the prior");
      }
    }
  }
}
