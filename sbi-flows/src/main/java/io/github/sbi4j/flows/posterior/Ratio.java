package io.github.sbi4j.flows.posterior;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.file.LoadOptions;
import io.github.sbi4j.flows.file.Provenance;
import io.github.sbi4j.flows.file.RatioFile;
import io.github.sbi4j.flows.file.SavedRatio;
import io.github.sbi4j.flows.potential.GroupedTrials;
import io.github.sbi4j.flows.potential.Potential;
import io.github.sbi4j.flows.potential.PotentialSource;
import io.github.sbi4j.flows.potential.TrialPotential;
import io.github.sbi4j.flows.ratio.ConditionalRatio;
import io.github.sbi4j.flows.ratio.RatioLoss;
import java.nio.file.Path;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A learned ratio r(theta, x) = p(x | theta) / p(x) of L observed values and D parameters, p(x)
 * being their distribution over the simulations.
 *
 * <p>Learned from simulations under K conditions each, it is p(x | theta, c) / p(x | c), and every
 * method wants the conditions of each observation too.
 *
 * <p>It serves any number of independent trials without further training. Immutable; may be used
 * from many threads.
 */
public final class Ratio implements PotentialSource {
  private static final Logger LOG = LoggerFactory.getLogger(Ratio.class);
  private static final String TRAINED = "ratio";

  private final ConditionalRatio ratio;
  private final Distribution prior;
  private final ObservationRange range;
  private final Conditions conditions;
  private final Provenance provenance;

  private Ratio(
      ConditionalRatio ratio,
      Distribution prior,
      ObservationRange range,
      Conditions conditions,
      Provenance provenance) {
    this.ratio = ratio;
    this.prior = prior;
    this.range = range;
    this.conditions = conditions;
    this.provenance = provenance;
  }

  /**
   * A ratio that tells what it was learned from.
   *
   * @param ratio r(theta, x)
   * @param prior the prior over the D parameters
   * @param range the range of the simulated observations
   * @param provenance what it was learned from
   * @return the ratio
   */
  public static Ratio of(
      ConditionalRatio ratio, Distribution prior, ObservationRange range, Provenance provenance) {
    return of(ratio, prior, range, Conditions.none(), provenance);
  }

  /**
   * A ratio under conditions that tells what it was learned from.
   *
   * @param ratio r(theta, (c, x)), of D parameters and K + L values, conditions first
   * @param prior the prior over the D parameters
   * @param range the range of the simulated observations
   * @param conditions the names and ranges of the K conditions
   * @param provenance what it was learned from
   * @return the ratio
   */
  public static Ratio of(
      ConditionalRatio ratio,
      Distribution prior,
      ObservationRange range,
      Conditions conditions,
      Provenance provenance) {
    return new Ratio(ratio, prior, range, conditions, provenance);
  }

  /**
   * Loads a ratio that is wholly in its file, for evaluation on the processor.
   *
   * @param file what {@link #save} wrote
   * @return a ratio equal to the saved one
   * @throws io.github.sbi4j.flows.file.SavedFileException if the file is damaged, not a ratio, or
   *     of a newer format
   * @throws java.io.UncheckedIOException if there is no file or it cannot be read
   * @throws IllegalArgumentException if the prior or an embedding network is code that the file
   *     cannot hold; see {@link #load(Path, LoadOptions)}
   */
  public static Ratio load(Path file) {
    return load(file, LoadOptions.defaults());
  }

  /**
   * Loads a ratio that is wholly in its file; see {@link #load(Path)}.
   *
   * @param file what {@link #save} wrote
   * @param device where it is evaluated
   * @return a ratio equal to the saved one
   * @throws IllegalStateException if the device is not there
   */
  public static Ratio load(Path file, Device device) {
    return load(file, LoadOptions.defaults().withDevice(device));
  }

  /**
   * Loads a ratio, with what its file cannot hold; see {@link #load(Path)}. No code is run but that
   * of the objects in the options.
   *
   * @param file what {@link #save} wrote
   * @param options the device, and the prior or an embedding network if one's own
   * @return a ratio equal to the saved one
   * @throws IllegalArgumentException if an object that the file cannot hold is missing, or one
   *     given is not like the one the ratio was trained with
   */
  public static Ratio load(Path file, LoadOptions options) {
    SavedRatio saved = RatioFile.read(file, options);
    ObservationRange range = new ObservationRange(saved.low(), saved.high());
    Conditions conditions = Conditions.of(saved.conditions());
    return new Ratio(saved.ratio(), saved.prior(), range, conditions, saved.provenance());
  }

  /**
   * Saves this ratio to a file that holds weights and settings and no code; its weights open in
   * Python with {@code safetensors}. The same ratio gives the same bytes.
   *
   * @param file the file, replaced in one step if it is there
   * @throws java.io.UncheckedIOException if writing fails; a file that was there is left as it was
   * @throws IllegalStateException if weights are not finite, as after training that diverged
   */
  public void save(Path file) {
    RatioFile.write(
        file,
        new SavedRatio(prior, ratio, range.low(), range.high(), conditions.saved(), provenance));
  }

  /** {@return what was minimised, which decides what the values mean} */
  public RatioLoss loss() {
    return ratio.loss();
  }

  @Override
  public Distribution prior() {
    return prior;
  }

  @Override
  public int threads() {
    return ratio.threads();
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
   * The same ratio evaluated on another number of threads; results do not depend on it.
   *
   * @param threads at least 1; 1 keeps to the calling thread
   * @return the ratio
   */
  public Ratio withThreads(int threads) {
    return new Ratio(ratio.withThreads(threads), prior, range, conditions, provenance);
  }

  /**
   * The log-ratio of one observation at many parameters; with the loss {@link
   * io.github.sbi4j.flows.ratio.Sre} up to a constant of the observation.
   *
   * @param parameters N x D
   * @param observation L values
   * @return N values of log r(theta, x)
   */
  public double[] logRatio(double[][] parameters, double[] observation) {
    conditions.refuseIfAny(TRAINED, "call logRatio(parameters, observation, condition)");
    return logRatios(parameters, checked(observation));
  }

  /**
   * The log-ratio of one observation under its conditions at many parameters, as without
   * conditions.
   *
   * @param parameters N x D
   * @param observation L values
   * @param condition K values
   * @return N values of log r(theta, x, c)
   */
  public double[] logRatio(double[][] parameters, double[] observation, double[] condition) {
    return logRatios(parameters, joined(new double[][] {observation}, new double[][] {condition}));
  }

  private double[] logRatios(double[][] parameters, double[][] trials) {
    double[] values = new double[parameters.length];
    ratio.sumOver(trials).logProb(parameters, values);
    return values;
  }

  /**
   * Prior times ratios of independent trials, for samplers.
   *
   * @param trials M x L, M at least 1
   * @return the potential of the D parameters
   * @throws IllegalArgumentException if there is no trial, or one does not have L finite values; or
   *     if there are conditions, which have to be given too
   */
  @Override
  public Potential potential(double[]... trials) {
    conditions.refuseIfAny(TRAINED, Conditions.GIVE_THEM);
    return new TrialPotential(prior, ratio.sumOver(checked(trials)));
  }

  /**
   * Prior times ratios of independent trials that were done under known conditions.
   *
   * @param trials M x L, M at least 1
   * @param given the conditions, M x K
   * @return the potential of the D parameters
   * @throws IllegalArgumentException as without conditions, or if there are not K finite conditions
   *     for each trial
   */
  @Override
  public Potential potential(double[][] trials, double[][] given) {
    return new TrialPotential(prior, ratio.sumOver(joined(trials, given)));
  }

  /**
   * The log-ratios of observations that belong to groups with parameters of their own, as in a
   * hierarchical model: log r(theta<sub>g(m)</sub>, x<sub>m</sub>).
   *
   * @param observations M x L
   * @param given the conditions, M x K; no row if there are none
   * @param groups the number of groups, G
   * @param group the group of each observation, M indices from 0
   * @return the log-ratios as a function of D parameters for each group
   * @throws IllegalArgumentException as {@link #potential(double[][], double[][])}
   */
  public GroupedTrials grouped(double[][] observations, double[][] given, int groups, int[] group) {
    boolean alone = given.length == 0;
    if (alone) {
      conditions.refuseIfAny(TRAINED, "give a row of conditions for each observation");
    }
    return ratio.grouped(
        alone ? checked(observations) : joined(observations, given), groups, group);
  }

  /** Trials with their conditions before them. */
  private double[][] joined(double[][] trials, double[][] given) {
    double[][] known = conditions.check(TRAINED, "trials", trials.length, given);
    double[][] observed = checked(trials);
    conditions.warnOutside(LOG, TRAINED, known);
    for (int m = 0; m < observed.length; m++) {
      int length = observed[m].length;
      known[m] = Arrays.copyOf(known[m], conditions.size() + length);
      System.arraycopy(observed[m], 0, known[m], conditions.size(), length);
    }
    return known;
  }

  private double[][] checked(double[]... trials) {
    if (trials.length == 0) {
      throw new IllegalArgumentException("no trials given, expected at least one observation");
    }
    Observations.check(LOG, TRAINED, range, trials);
    return Arrays.stream(trials).map(double[]::clone).toArray(double[][]::new);
  }
}
