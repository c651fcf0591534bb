package io.github.sbi4j.core.abc;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.SimulationException;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** One run: populations one after the other, and what they have cost. */
final class SmcRun {
  private static final long SIMULATIONS = -2;
  private static final long PROPOSALS = -3;
  private static final long RESAMPLING = -4;

  /** Bounds what one call simulates, in populations. */
  private static final int LARGEST_BATCH = 20;

  /** A simulated particle. */
  private record Draw(double[] parameters, double[] observation, double distance) {}

  private final AbcSettings settings;
  private final SmcAbc.Sequence sequence;
  private final Simulator simulator;
  private final double[] observed;
  private final int budget;
  private final List<Population> populations = new ArrayList<>();
  private int simulations;
  private int failed;
  private int batches;
  private long proposals;

  SmcRun(
      AbcSettings settings,
      SmcAbc.Sequence sequence,
      Simulator simulator,
      double[] observed,
      int budget) {
    this.settings = settings;
    this.sequence = sequence;
    this.simulator = simulator;
    this.observed = observed;
    this.budget = budget;
    Distribution prior = settings.prior();
    Require.atLeast("number of particles", sequence.particles(), prior.dimension() + 1);
    Require.atLeast("number of initial simulations", initial(), sequence.particles());
    if (budget - pilot() < initial()) {
      throw new IllegalArgumentException(
          "the budget of "
              + budget
              + " simulations, less a pilot of "
              + pilot()
              + ", does not hold the "
              + initial()
              + " of the first population; give a larger budget or fewer particles");
    }
  }

  SmcAbcResult run() {
    Comparison comparison = start();
    while (true) {
      if (Thread.currentThread().isInterrupted()) {
        return result(SmcAbcResult.StopReason.INTERRUPTED);
      }
      Population last = populations.get(populations.size() - 1);
      OptionalDouble tolerance = sequence.schedule().next(last);
      if (tolerance.isEmpty()) {
        return result(SmcAbcResult.StopReason.SCHEDULE_ENDED);
      }
      requireSmaller(tolerance.getAsDouble(), last.tolerance());
      if (!advanced(comparison, last, tolerance.getAsDouble())) {
        return result(
            Thread.currentThread().isInterrupted()
                ? SmcAbcResult.StopReason.INTERRUPTED
                : SmcAbcResult.StopReason.BUDGET_SPENT);
      }
    }
  }

  private boolean advanced(Comparison comparison, Population last, double tolerance) {
    try {
      return advance(comparison, last, tolerance);
    } catch (IllegalStateException e) {
      // Threads that share distances or weights are given up when the caller is interrupted.
      if (Thread.currentThread().isInterrupted()) {
        return false;
      }
      throw e;
    }
  }

  private SmcAbcResult result(SmcAbcResult.StopReason reason) {
    return new SmcAbcResult(populations, reason, simulations, failed);
  }

  /** Simulates from the prior: the pilot, then what the first population is chosen from. */
  private Comparison start() {
    Simulations table =
        Simulations.run(
            simulator,
            settings.prior(),
            pilot() + initial(),
            settings.seed(),
            settings.simulation());
    simulations = table.size();
    failed = table.failures().size();
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException(
          "the run was interrupted in the simulations of the first population");
    }
    SemiAutomaticSummary semiAutomatic = settings.summary();
    FittedSummary summary = null;
    if (semiAutomatic != null) {
      summary = semiAutomatic.fit(rows(table, 0, pilot()));
    }
    Simulations valid = rows(table, pilot(), table.size()).valid();
    if (valid.size() < sequence.particles()) {
      throw new IllegalStateException(
          "only "
              + valid.size()
              + " of the first "
              + initial()
              + " simulations are valid, expected at least the number of particles, "
              + sequence.particles()
              + "; give more initial simulations");
    }
    Comparison comparison = new Comparison(settings, summary, observed, valid.observations());
    List<Draw> draws = draws(comparison.compare(valid));
    List<Draw> closest = closest(draws, Double.POSITIVE_INFINITY);
    if (closest.size() < sequence.particles()) {
      throw new IllegalStateException(
          "only "
              + closest.size()
              + " of the first simulations have a finite distance, expected at least the number of"
              + " particles, "
              + sequence.particles()
              + "; check the distance, or give more initial simulations");
    }
    add(
        comparison,
        closest,
        Weights.equal(closest.size()),
        closest.get(closest.size() - 1).distance());
    return comparison;
  }

  /** Adds the next population; false if the run ends with it or without it. */
  private boolean advance(Comparison comparison, Population last, double tolerance) {
    ParticleMoves moves = new ParticleMoves(settings.prior(), sequence, last);
    int wanted = sequence.particles();
    List<Draw> within = new ArrayList<>();
    List<Draw> closer = new ArrayList<>();
    int proposed = 0;
    while (within.size() < wanted
        && simulations < budget
        && !Thread.currentThread().isInterrupted()) {
      // By the rate so far, with one success in two to begin with.
      double expected = (wanted - within.size()) * (proposed + 2.0) / (within.size() + 1.0);
      int batch =
          (int)
              Math.min(
                  Math.min(Math.ceil(expected), (double) LARGEST_BATCH * wanted),
                  budget - simulations);
      proposed += batch;
      Simulations valid = simulate(moves.propose(proposalSeed(), proposals, batch));
      proposals += batch;
      for (Draw draw : valid == null ? List.<Draw>of() : draws(comparison.compare(valid))) {
        if (draw.distance() <= tolerance) {
          within.add(draw);
        }
        if (draw.distance() < last.tolerance()) {
          closer.add(draw);
        }
      }
    }
    if (within.size() >= wanted) {
      List<Draw> accepted = within.subList(0, wanted);
      add(comparison, accepted, weights(moves, accepted), tolerance);
      return true;
    }
    List<Draw> closest = closest(closer, last.tolerance());
    if (closest.size() == wanted && !Thread.currentThread().isInterrupted()) {
      double reached = closest.get(wanted - 1).distance();
      add(comparison, closest, weights(moves, closest), reached);
    }
    return false;
  }

  private void add(Comparison comparison, List<Draw> draws, double[] weights, double tolerance) {
    double[][] parameters = draws.stream().map(Draw::parameters).toArray(double[][]::new);
    double[][] rows = draws.stream().map(Draw::observation).toArray(double[][]::new);
    double[] distances = draws.stream().mapToDouble(Draw::distance).toArray();
    Population population =
        new Population(
            Samples.copyOf(settings.prior().names(), parameters),
            weights,
            distances,
            Samples.copyOf(comparison.names(), rows),
            comparison.observed(),
            tolerance);
    populations.add(resampled(population));
  }

  /** Sisson's variant goes on from equal weights where few particles have most of it. */
  private Population resampled(Population population) {
    int size = population.size();
    if (sequence.variant() != SmcVariant.SISSON || population.effectiveSampleSize() >= 0.5 * size) {
      return population;
    }
    int[] chosen =
        Weights.resample(
            population.weights(),
            size,
            RandomStreams.of(RandomStreams.key(settings.seed(), RESAMPLING), populations.size()));
    double[] distances = population.distances();
    double[] taken = new double[size];
    for (int i = 0; i < size; i++) {
      taken[i] = distances[chosen[i]];
    }
    return new Population(
        population.parameters().take(chosen),
        Weights.equal(size),
        taken,
        population.observations().take(chosen),
        population.observed(),
        population.tolerance());
  }

  private double[] weights(ParticleMoves moves, List<Draw> draws) {
    double[][] parameters = draws.stream().map(Draw::parameters).toArray(double[][]::new);
    return moves.weights(parameters, settings.simulation().threads());
  }

  /** The valid simulations of a batch; null if there is none. */
  private @Nullable Simulations simulate(Samples parameters) {
    long seed = RandomStreams.key(RandomStreams.key(settings.seed(), SIMULATIONS), batches++);
    try {
      Simulations table = Simulations.run(simulator, parameters, seed, settings.simulation());
      simulations += table.size();
      failed += table.failures().size();
      return table.valid();
    } catch (SimulationException e) {
      if (!e.everyRowFailed()) {
        throw e;
      }
      simulations += parameters.rows();
      failed += parameters.rows();
      return null;
    } catch (CancellationException e) {
      // The interrupt flag is set, and what is there already is not lost.
      return null;
    }
  }

  /** The closest draws below a distance, as many as a population has, or fewer. */
  private List<Draw> closest(List<Draw> draws, double below) {
    return draws.stream()
        .filter(draw -> draw.distance() < below)
        .sorted(Comparator.comparingDouble(Draw::distance))
        .limit(sequence.particles())
        .toList();
  }

  private static List<Draw> draws(Comparison.Compared compared) {
    List<Draw> draws = new ArrayList<>();
    for (int i = 0; i < compared.distances().length; i++) {
      draws.add(
          new Draw(
              compared.parameters().row(i),
              compared.observations().row(i),
              compared.distances()[i]));
    }
    return draws;
  }

  private static Simulations rows(Simulations table, int from, int to) {
    return Simulations.of(table.parameters().slice(from, to), table.observations().slice(from, to));
  }

  private static void requireSmaller(double tolerance, double last) {
    if (!(tolerance < last && tolerance >= 0)) {
      throw new IllegalStateException(
          "the schedule gave the tolerance "
              + tolerance
              + " after "
              + last
              + ", expected a smaller one, or none to stop");
    }
  }

  private long proposalSeed() {
    return RandomStreams.key(settings.seed(), PROPOSALS);
  }

  private int initial() {
    return sequence.initialSimulations() > 0
        ? sequence.initialSimulations()
        : 2 * sequence.particles();
  }

  private int pilot() {
    SemiAutomaticSummary summary = settings.summary();
    return summary == null ? 0 : summary.pilotRows(budget);
  }
}
