package io.github.sbi4j.flows.posterior;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.estimator.ConditionalDensity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A posterior whose density was learned directly: draws are independent and the density is normalised.
 *
 * <p>It is amortised: {@link #given} takes any observation without further training. Trained in unconstrained space it has no mass
 * outside the prior. Otherwise draws outside are rejected, within a budget.
 */
public final class DirectPosterior implements Posterior {
  private static final Logger LOG = LoggerFactory.getLogger(DirectPosterior.class);

  private final ConditionalDensity density;
  private final Distribution prior;
  private final ObservationRange range;
  private final long seed;
  private final @Nullable Conditioned conditioned;

  private DirectPosterior(
      ConditionalDensity density,
      Distribution prior,
      ObservationRange range,
      long seed,
      @Nullable Conditioned conditioned) {
    this.density = density;
    this.prior = prior;
    this.range = range;
    this.seed = seed;
    this.conditioned = conditioned;
  }

  /**
   * A posterior for any observation.
   *
   * @param density q(theta | x)
   * @param prior the prior over the D parameters
   * @param range the range of the simulated observations
   * @param seed decides draws that are not given a seed
   */
  public static DirectPosterior of(
      ConditionalDensity density, Distribution prior, ObservationRange range, long seed) {
    return new DirectPosterior(density, prior, range, seed, null);
  }

  /** The learned density q(theta | x). */
  public ConditionalDensity density() {
    return density;
  }

  @Override
  public Distribution prior() {
    return prior;
  }

  /** The range of the simulated observations. */
  public ObservationRange range() {
    return range;
  }

  /** What decides draws that are not given a seed. */
  public long seed() {
    return seed;
  }

  @Override
  public DirectPosterior given(double... observation) {
    return new DirectPosterior(density, prior, range, seed, condition(observation));
  }

  private Conditioned condition(double[] observation) {
    if (observation.length != density.contexts()) {
      throw new IllegalArgumentException(
          "the observation has " + observation.length + " values, but the posterior was trained on " + density.contexts());
    }
    for (int j = 0; j < observation.length; j++) {
      if (!Double.isFinite(observation[j])) {
        throw new IllegalArgumentException(
            "observed value " + j + " is " + observation[j] + ", expected finite values");
      }
    }
    List<Integer> far = range.farOutside(observation);
    if (!far.isEmpty()) {
      int j = far.get(0);
      LOG.warn(
          "observed values {} lie far outside what was simulated, for example value {} is {} and simulations range from {} to {}: the"
              + " posterior extrapolates; check the simulator and the prior",
          far,
          j,
          observation[j],
          range.low().get(j),
          range.high().get(j));
    }
    return new Conditioned(density, prior, observation.clone(), seed);
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
  public double logProb(double[] parameters) {
    return logProb(new double[][] {parameters})[0];
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
    if (density.support().lower().length == prior.dimension() && !Conditioned.leaks(density, prior)) {
      return density.logProb(parameters, observations);
    }
    double[] result = new double[parameters.length];
    Arrays.setAll(result, i -> given(observations[i]).logProb(parameters[i]));
    return result;
  }
}
