package io.github.sbi4j.core.abc;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rejection: simulates from the prior and keeps the parameters whose simulations are closest to the
 * observation (Pritchard et al., 1999).
 *
 * <p>What it keeps are independent draws from the posterior given that the distance is within the
 * tolerance, which is wider than the posterior, and becomes it as the tolerance goes to zero. The
 * share of simulations that are close falls with the power of the number of compared values, so
 * that more than a few need a {@link SemiAutomaticSummary}. Immutable settings.
 */
public final class RejectionAbc {
  /** Which of the valid simulations are kept. */
  private sealed interface Rule permits Tolerance, Quantile, Count {}

  private record Tolerance(double value) implements Rule {}

  private record Quantile(double probability) implements Rule {}

  private record Count(int rows) implements Rule {}

  private final AbcSettings settings;
  private final Rule rule;

  private RejectionAbc(AbcSettings settings, Rule rule) {
    this.settings = settings;
    this.rule = rule;
  }

  /**
   * Rejection with a prior. Unless set otherwise, it keeps the closest hundredth by the scaled
   * Euclidean distance, with seed 1 on all cores.
   *
   * @param prior where the D parameters come from
   * @return the settings
   */
  public static RejectionAbc with(Distribution prior) {
    return new RejectionAbc(AbcSettings.of(prior), new Quantile(0.01));
  }

  /**
   * Sets how far a simulation is from the observation.
   *
   * @param distance the distance
   * @return the changed settings
   */
  public RejectionAbc distance(Distance distance) {
    Objects.requireNonNull(distance, "distance");
    return new RejectionAbc(settings.withDistance(distance), rule);
  }

  /**
   * Sets that summaries are compared in place of the observed values.
   *
   * @param summary how they are learned; its pilot is not among what is kept
   * @return the changed settings
   */
  public RejectionAbc summary(SemiAutomaticSummary summary) {
    Objects.requireNonNull(summary, "summary");
    return new RejectionAbc(settings.withSummary(summary), rule);
  }

  /**
   * Keeps the simulations whose distance is at most the tolerance, however many that are.
   *
   * @param epsilon the tolerance, positive
   * @return the changed settings
   * @throws IllegalArgumentException if it is not positive and finite
   */
  public RejectionAbc tolerance(double epsilon) {
    return new RejectionAbc(settings, new Tolerance(Require.positive("tolerance", epsilon)));
  }

  /**
   * Keeps a share of the valid simulations, the closest, and at least one.
   *
   * @param probability the share, strictly between 0 and 1
   * @return the changed settings
   * @throws IllegalArgumentException if it is not
   */
  public RejectionAbc quantile(double probability) {
    return new RejectionAbc(settings, new Quantile(Require.share("quantile", probability)));
  }

  /**
   * Keeps a number of simulations, the closest.
   *
   * @param count how many, at least 1
   * @return the changed settings
   * @throws IllegalArgumentException if it is less than 1
   */
  public RejectionAbc keep(int count) {
    return new RejectionAbc(settings, new Count(Require.atLeast("number to keep", count, 1)));
  }

  /**
   * Sets the seed of the simulations.
   *
   * @param seed any number
   * @return the changed settings
   */
  public RejectionAbc seed(long seed) {
    return new RejectionAbc(settings.withSeed(seed), rule);
  }

  /**
   * Sets threads, time-out and progress of the simulations; the threads also share the distances.
   *
   * @param simulation how to simulate
   * @return the changed settings
   */
  public RejectionAbc simulationSettings(SimulationSettings simulation) {
    Objects.requireNonNull(simulation, "simulation");
    return new RejectionAbc(settings.withSimulation(simulation), rule);
  }

  /**
   * Simulates from the prior and keeps the closest. Interrupted, it goes by the simulations that
   * were made till then.
   *
   * @param simulator the simulator
   * @param observed the observation, L values
   * @param simulations the number of simulations, N, a pilot's included
   * @return what was kept
   * @throws IllegalArgumentException if the observation does not fit the simulations, or they are
   *     fewer than the number to keep
   * @throws IllegalStateException if nothing is within the tolerance; the message says what the
   *     smallest distance is
   * @throws io.github.sbi4j.core.simulation.SimulationException if every simulation fails
   * @throws java.util.concurrent.CancellationException if it is interrupted before a simulation
   *     gives a valid observation
   */
  public AbcResult run(Simulator simulator, double[] observed, int simulations) {
    Require.observation(observed);
    return select(
        Simulations.run(
            simulator, settings.prior(), simulations, settings.seed(), settings.simulation()),
        observed);
  }

  /**
   * Keeps the closest of simulations that are there already; another observation costs nothing
   * more.
   *
   * @param simulations N simulations with parameters drawn from the prior; the first are the pilot
   *     where there is one
   * @param observed the observation, L values
   * @return what was kept
   * @throws IllegalArgumentException if the observation or the prior does not fit the simulations,
   *     or they are fewer than the number to keep
   * @throws IllegalStateException if nothing is within the tolerance; the message says what the
   *     smallest distance is
   */
  public AbcResult select(Simulations simulations, double[] observed) {
    check(simulations);
    FittedSummary summary = null;
    Simulations rest = simulations;
    SemiAutomaticSummary semiAutomatic = settings.summary();
    if (semiAutomatic != null) {
      int pilot = semiAutomatic.pilotRows(simulations.size());
      summary = semiAutomatic.fit(rows(simulations, 0, pilot));
      rest = rows(simulations, pilot, simulations.size());
    }
    return kept(rest.valid(), summary, observed, simulations);
  }

  private AbcResult kept(
      Simulations valid, @Nullable FittedSummary summary, double[] observed, Simulations all) {
    if (valid.size() == 0) {
      throw new IllegalArgumentException(
          "none of the " + all.size() + " simulations is valid; see Simulations.failures()");
    }
    Comparison comparison = new Comparison(settings, summary, observed, valid.observations());
    Comparison.Compared compared = comparison.compare(valid);
    double[] distances = compared.distances();
    int[] order =
        IntStream.range(0, distances.length)
            .filter(i -> distances[i] < Double.POSITIVE_INFINITY)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> distances[i]))
            .mapToInt(i -> i)
            .toArray();
    if (order.length == 0) {
      throw new IllegalStateException(
          "the distances of all "
              + distances.length
              + " simulations are infinite; check the distance");
    }
    int[] accepted = Arrays.copyOf(order, accepted(order, distances));
    double[] closest = Arrays.stream(accepted).mapToDouble(i -> distances[i]).toArray();
    Population population =
        new Population(
            compared.parameters().take(accepted),
            Weights.equal(accepted.length),
            closest,
            compared.observations().take(accepted),
            comparison.observed(),
            rule instanceof Tolerance given ? given.value() : closest[closest.length - 1]);
    return new AbcResult(population, all.size(), all.failures().size());
  }

  /** How many of the rows, given with the closest first, are kept. */
  private int accepted(int[] order, double[] distances) {
    if (rule instanceof Quantile quantile) {
      return Math.max(1, (int) (quantile.probability() * order.length));
    }
    if (rule instanceof Count count) {
      if (count.rows() > order.length) {
        throw new IllegalArgumentException(
            count.rows()
                + " simulations are to be kept, but only "
                + order.length
                + " are valid, not infinitely far and not of the pilot; simulate more");
      }
      return count.rows();
    }
    double tolerance = ((Tolerance) rule).value();
    int accepted = (int) Arrays.stream(order).filter(i -> distances[i] <= tolerance).count();
    if (accepted == 0) {
      throw new IllegalStateException(
          "none of "
              + order.length
              + " simulations is within the tolerance "
              + tolerance
              + "; the smallest distance is "
              + distances[order[0]]
              + ": give a larger tolerance, or a quantile");
    }
    return accepted;
  }

  private void check(Simulations simulations) {
    Distribution prior = settings.prior();
    if (simulations.parameters().columns() != prior.dimension()) {
      throw new IllegalArgumentException(
          "the simulations have "
              + simulations.parameters().columns()
              + " parameters, but the prior has "
              + prior.dimension()
              + "; give the prior that they were drawn from");
    }
    if (simulations.conditions().isPresent()) {
      throw new IllegalArgumentException(
          "the simulations carry conditions "
              + simulations.conditions().get().names()
              + ", which differ from row to row; simulate under those of the observation alone");
    }
  }

  /** Rows of a table, failed ones included. */
  private static Simulations rows(Simulations table, int from, int to) {
    Samples parameters = table.parameters().slice(from, to);
    return Simulations.of(parameters, table.observations().slice(from, to));
  }
}
