package io.github.sbi4j.flows.posterior;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.estimator.ConditionalDensity;
import io.github.sbi4j.flows.file.LoadOptions;
import io.github.sbi4j.flows.file.PosteriorFile;
import io.github.sbi4j.flows.file.Provenance;
import io.github.sbi4j.flows.file.SavedPosterior;
import io.github.sbi4j.flows.potential.Potential;
import io.github.sbi4j.flows.potential.PotentialSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A posterior whose density was learned directly: draws are independent and the density is
 * normalised.
 *
 * <p>It is amortised: {@link #given} takes any observation without further training, unless it was
 * learned in rounds of simulations proposed for one. Trained in unconstrained space it has no mass
 * outside the prior. Otherwise draws outside are rejected, within a budget.
 */
public final class DirectPosterior implements Posterior, PotentialSource {
  private static final Logger LOG = LoggerFactory.getLogger(DirectPosterior.class);

  private final ConditionalDensity density;
  private final Distribution prior;
  private final ObservationRange range;
  private final long seed;
  private final @Nullable Provenance provenance;

  /** The observation of the rounds that the density was learned in; any if empty. */
  private final List<Double> learnedFor;

  private final @Nullable Conditioned conditioned;

  private DirectPosterior(
      ConditionalDensity density,
      Distribution prior,
      ObservationRange range,
      long seed,
      @Nullable Provenance provenance,
      List<Double> learnedFor,
      @Nullable Conditioned conditioned) {
    this.density = density;
    this.prior = prior;
    this.range = range;
    this.seed = seed;
    this.provenance = provenance;
    this.learnedFor = learnedFor;
    this.conditioned = conditioned;
  }

  /**
   * A posterior for any observation.
   *
   * @param density q(theta | x)
   * @param prior the prior over the D parameters
   * @param range the range of the simulated observations
   * @param seed decides draws that are not given a seed
   * @return the posterior, not yet given an observation
   */
  public static DirectPosterior of(
      ConditionalDensity density, Distribution prior, ObservationRange range, long seed) {
    return new DirectPosterior(density, prior, range, seed, null, List.of(), null);
  }

  /**
   * A posterior for any observation that tells what it was learned from.
   *
   * @param density q(theta | x)
   * @param prior the prior over the D parameters
   * @param range the range of the simulated observations
   * @param seed decides draws that are not given a seed
   * @param provenance what the density was learned from
   * @return the posterior
   */
  public static DirectPosterior of(
      ConditionalDensity density,
      Distribution prior,
      ObservationRange range,
      long seed,
      Provenance provenance) {
    return new DirectPosterior(density, prior, range, seed, provenance, List.of(), null);
  }

  /**
   * Loads a posterior that is wholly in its file, for evaluation on the processor.
   *
   * @param file what {@link #save} wrote
   * @return a posterior equal to the saved one, given the same observation if that was given one
   * @throws io.github.sbi4j.flows.file.SavedFileException if the file is damaged, not a posterior,
   *     or of a newer format
   * @throws java.io.UncheckedIOException if there is no file or it cannot be read
   * @throws IllegalArgumentException if the prior or the embedding network is code that the file
   *     cannot hold; see {@link #load(Path, LoadOptions)}
   */
  public static DirectPosterior load(Path file) {
    return load(file, LoadOptions.defaults());
  }

  /**
   * Loads a posterior that is wholly in its file; see {@link #load(Path)}.
   *
   * @param file what {@link #save} wrote
   * @param device where it is evaluated
   * @return a posterior equal to the saved one
   * @throws IllegalStateException if the device is not there
   */
  public static DirectPosterior load(Path file, Device device) {
    return load(file, LoadOptions.defaults().withDevice(device));
  }

  /**
   * Loads a posterior, with what its file cannot hold; see {@link #load(Path)}. No code is run but
   * that of the objects in the options.
   *
   * @param file what {@link #save} wrote
   * @param options the device, and the prior or embedding network if they are one's own
   * @return a posterior equal to the saved one
   * @throws IllegalArgumentException if an object that the file cannot hold is missing, or one
   *     given is not like the one the posterior was trained with
   */
  public static DirectPosterior load(Path file, LoadOptions options) {
    SavedPosterior saved = PosteriorFile.read(file, options);
    DirectPosterior posterior =
        new DirectPosterior(
            saved.density(),
            saved.prior(),
            new ObservationRange(saved.low(), saved.high()),
            saved.seed(),
            saved.provenance(),
            saved.learnedFor(),
            null);
    double[] observation = saved.observation().stream().mapToDouble(Double::doubleValue).toArray();
    return observation.length == 0 ? posterior : posterior.given(observation);
  }

  /**
   * Saves this posterior, with its observation if it was given one, to a file that holds weights
   * and settings and no code; its weights open in Python with {@code safetensors}. The same
   * posterior gives the same bytes.
   *
   * @param file the file, replaced in one step if it is there
   * @throws java.io.UncheckedIOException if writing fails; a file that was there is left as it was
   * @throws IllegalStateException if weights are not finite, as after training that diverged
   */
  public void save(Path file) {
    List<Double> observation = observation().map(DirectPosterior::boxed).orElse(List.of());
    PosteriorFile.write(
        file,
        new SavedPosterior(
            prior, density, range.low(), range.high(), seed, observation, learnedFor, provenance));
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** {@return the learned density q(theta | x)} */
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

  /** {@return what decides draws that are not given a seed} */
  public long seed() {
    return seed;
  }

  /** {@return what the density was learned from, if known} */
  public Optional<Provenance> provenance() {
    return Optional.ofNullable(provenance);
  }

  @Override
  public DirectPosterior given(double... observation) {
    return new DirectPosterior(
        density, prior, range, seed, provenance, learnedFor, condition(observation));
  }

  /**
   * The same posterior evaluated on another number of threads. By default all processors share
   * calls over thousands of rows; results do not depend on it.
   *
   * @param threads at least 1; 1 keeps to the calling thread
   * @return the posterior
   */
  public DirectPosterior withThreads(int threads) {
    ConditionalDensity same = density.withThreads(threads);
    Conditioned given =
        conditioned == null ? null : new Conditioned(same, prior, conditioned.observation(), seed);
    return new DirectPosterior(same, prior, range, seed, provenance, learnedFor, given);
  }

  /**
   * The posterior p(free | fixed, x) of the other parameters while some are fixed, by Markov chains
   * on this one's density.
   *
   * @param fixed values of parameters by name
   * @return the posterior, at the same observation if one was given
   * @throws IllegalArgumentException if a name is unknown, a value lies outside the prior's
   *     support, or no parameter is fixed or none stays free
   */
  public McmcPosterior fixing(Map<String, Double> fixed) {
    McmcPosterior chains = McmcPosterior.of(this, seed);
    return (conditioned == null ? chains : chains.given(conditioned.observation())).fixing(fixed);
  }

  @Override
  public Optional<double[]> observation() {
    return conditioned == null ? Optional.empty() : Optional.of(conditioned.observation());
  }

  /**
   * The posterior of rounds of simulations proposed for one observation, which is right there
   * alone: {@link #given} refuses any other.
   *
   * @param observation L values
   * @return the posterior, for that observation only
   */
  public DirectPosterior learnedFor(double... observation) {
    Observations.check(LOG, "posterior", range, observation);
    DirectPosterior bound =
        new DirectPosterior(density, prior, range, seed, provenance, boxed(observation), null);
    return conditioned == null ? bound : bound.given(conditioned.observation());
  }

  private void requireLearnedFor(double[] observation) {
    if (!learnedFor.isEmpty() && !learnedFor.equals(boxed(observation))) {
      throw new IllegalArgumentException(
          "the observation is "
              + Arrays.toString(observation)
              + ", but the posterior was learned in rounds for "
              + learnedFor
              + " and is not amortised; begin rounds for the other one, or train a new SNPE on"
              + " simulations of the prior alone, which serves any observation");
    }
  }

  private Conditioned condition(double[] observation) {
    Observations.check(LOG, "posterior", range, observation);
    requireLearnedFor(observation);
    return new Conditioned(density, prior, observation.clone(), seed);
  }

  @Override
  public Potential potential(double[]... trials) {
    if (trials.length != 1) {
      throw new IllegalArgumentException(
          "a posterior was learned from one observation at a time, but "
              + trials.length
              + " trials were given; use SNLE or SNRE, or SNPE with the embedding"
              + " PermutationInvariant");
    }
    return new DirectPotential(density, prior, condition(trials[0]).observation());
  }

  private Conditioned conditioned() {
    if (conditioned == null) {
      throw new IllegalStateException(
          "the posterior was not given an observation: call posterior.given(observed) first");
    }
    return conditioned;
  }

  @Override
  public Samples sample(int count) {
    return sample(count, seed);
  }

  @Override
  public Samples sample(int count, long seed) {
    return Samples.copyOf(names(), conditioned().sample(count, seed));
  }

  @Override
  public double[] logProb(double[][] parameters) {
    return conditioned().logProb(parameters);
  }

  @Override
  public MapEstimate map() {
    return conditioned().map();
  }

  /**
   * The features that the embedding network makes of an observation, those of the first network in
   * an ensemble; without one they are the standardised observation. Two observations with the same
   * features have the same posterior.
   *
   * @param observation L values
   * @return E values
   */
  public double[] features(double... observation) {
    Observations.check(LOG, "posterior", range, observation);
    return density.features(observation);
  }

  /**
   * Draws for many observations; observation i uses a stream derived from the seed and i.
   *
   * @param observations M x L
   * @param count the number of draws for each, N
   * @param seed decides the draws
   * @return M tables of N x D
   */
  public List<Samples> sampleEach(double[][] observations, int count, long seed) {
    List<Samples> tables = new ArrayList<>();
    for (int i = 0; i < observations.length; i++) {
      tables.add(given(observations[i]).sample(count, RandomStreams.key(seed, i)));
    }
    return tables;
  }

  /**
   * The log-density of each row of parameters given the observation of the same row.
   *
   * @param parameters N x D
   * @param observations N x L
   * @return N values
   */
  public double[] logProbEach(double[][] parameters, double[][] observations) {
    for (double[] observation : observations) {
      requireLearnedFor(observation);
    }
    if (!Conditioned.leaks(density, prior)) {
      return density.logProb(parameters, observations);
    }
    double[] result = new double[parameters.length];
    Arrays.setAll(result, i -> given(observations[i]).logProb(parameters[i]));
    return result;
  }
}
