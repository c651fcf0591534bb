package io.github.sbi4j.core.abc;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.core.simulation.Simulator;
import java.util.Objects;

/**
 * Sequential Monte Carlo: a population of weighted particles that starts from the prior and moves
 * closer to the observation, each time with a smaller tolerance.
 *
 * <p>The closest simulations of the prior are the first population. For each of the next, particles
 * are drawn by weight, moved by a kernel and simulated, until enough are within the tolerance; a
 * particle's weight is its prior density over that of being proposed (the importance weights of
 * Beaumont, Cornuet, Marin and Robert, 2009). Particles move in the unconstrained space of the
 * prior's bijection, so that none is lost outside its bounds.
 *
 * <p>No more is simulated than the budget. What a population has when it is spent is not thrown
 * away: if enough of its simulations are closer than the last tolerance, the closest of them are a
 * population with the tolerance that they make.
 *
 * <p>Immutable settings; results do not depend on the number of threads.
 */
public final class SmcAbc {
  /** The settings that rejection does not have. */
  record Sequence(
      int particles,
      int initialSimulations,
      ToleranceSchedule schedule,
      SmcVariant variant,
      PerturbationKernel kernel,
      double kernelScale) {}

  private final AbcSettings settings;
  private final Sequence sequence;

  private SmcAbc(AbcSettings settings, Sequence sequence) {
    this.settings = settings;
    this.sequence = sequence;
  }

  /**
   * A sequence of populations with a prior. Unless set otherwise: 1000 particles, the closest of
   * 2000 simulations of the prior first; tolerances that halve the effective sample size; a
   * Gaussian kernel of the variant {@link SmcVariant#BEAUMONT}; the scaled Euclidean distance; seed
   * 1; all cores.
   *
   * @param prior where the D parameters come from
   * @return the settings
   */
  public static SmcAbc with(Distribution prior) {
    return new SmcAbc(
        AbcSettings.of(prior),
        new Sequence(
            1000,
            0,
            ToleranceSchedule.adaptive(0.5),
            SmcVariant.BEAUMONT,
            PerturbationKernel.GAUSSIAN,
            1));
  }

  /**
   * Sets how far a simulation is from the observation; its scales come from the first simulations.
   *
   * @param distance the distance
   * @return the changed settings
   */
  public SmcAbc distance(Distance distance) {
    Objects.requireNonNull(distance, "distance");
    return new SmcAbc(settings.withDistance(distance), sequence);
  }

  /**
   * Sets that summaries are compared in place of the observed values.
   *
   * @param summary how they are learned, from a pilot that is a part of the budget
   * @return the changed settings
   */
  public SmcAbc summary(SemiAutomaticSummary summary) {
    Objects.requireNonNull(summary, "summary");
    return new SmcAbc(settings.withSummary(summary), sequence);
  }

  /**
   * Sets the size of a population.
   *
   * @param count the number of particles, more than there are parameters; weights cost its square
   * @return the changed settings
   * @throws IllegalArgumentException if it is less than 2
   */
  public SmcAbc particles(int count) {
    Require.atLeast("number of particles", count, 2);
    return with(
        new Sequence(
            count,
            sequence.initialSimulations,
            sequence.schedule,
            sequence.variant,
            sequence.kernel,
            sequence.kernelScale));
  }

  /**
   * Sets how many simulations of the prior the first population is chosen from; twice the number of
   * particles unless set.
   *
   * @param count the number of simulations, at least that of particles
   * @return the changed settings
   * @throws IllegalArgumentException if it is less than 2
   */
  public SmcAbc initialSimulations(int count) {
    Require.atLeast("number of initial simulations", count, 2);
    return with(
        new Sequence(
            sequence.particles,
            count,
            sequence.schedule,
            sequence.variant,
            sequence.kernel,
            sequence.kernelScale));
  }

  /**
   * Sets the tolerances.
   *
   * @param schedule the tolerance of each population after the first
   * @return the changed settings
   */
  public SmcAbc schedule(ToleranceSchedule schedule) {
    Objects.requireNonNull(schedule, "schedule");
    return with(
        new Sequence(
            sequence.particles,
            sequence.initialSimulations,
            schedule,
            sequence.variant,
            sequence.kernel,
            sequence.kernelScale));
  }

  /**
   * Sets how the kernel is fitted, and whether particles are resampled.
   *
   * @param variant whose variant it is
   * @return the changed settings
   */
  public SmcAbc variant(SmcVariant variant) {
    Objects.requireNonNull(variant, "variant");
    return with(
        new Sequence(
            sequence.particles,
            sequence.initialSimulations,
            sequence.schedule,
            variant,
            sequence.kernel,
            sequence.kernelScale));
  }

  /**
   * Sets what noise moves particles.
   *
   * @param kernel the shape of the noise
   * @param scale a factor of its variance, 1 for what the variant says
   * @return the changed settings
   * @throws IllegalArgumentException if the scale is not positive and finite
   */
  public SmcAbc kernel(PerturbationKernel kernel, double scale) {
    Objects.requireNonNull(kernel, "kernel");
    Require.positive("scale of the kernel", scale);
    return with(
        new Sequence(
            sequence.particles,
            sequence.initialSimulations,
            sequence.schedule,
            sequence.variant,
            kernel,
            scale));
  }

  /**
   * Sets the seed of simulations and moves.
   *
   * @param seed any number
   * @return the changed settings
   */
  public SmcAbc seed(long seed) {
    return new SmcAbc(settings.withSeed(seed), sequence);
  }

  /**
   * Sets threads, time-out and progress of the simulations; the threads also share distances and
   * weights.
   *
   * @param simulation how to simulate
   * @return the changed settings
   */
  public SmcAbc simulationSettings(SimulationSettings simulation) {
    Objects.requireNonNull(simulation, "simulation");
    return new SmcAbc(settings.withSimulation(simulation), sequence);
  }

  /**
   * Runs populations until the schedule ends, the budget is spent or the thread is interrupted.
   *
   * @param simulator the simulator
   * @param observed the observation, L values
   * @param budget the largest number of simulations, a pilot's included
   * @return the populations
   * @throws IllegalArgumentException if the observation does not fit the simulations, or the budget
   *     does not hold the first population
   * @throws IllegalStateException if fewer of the first simulations are valid than there are
   *     particles, the simulator changes the number of its values, or moved particles hardly ever
   *     have a density in the prior
   * @throws io.github.sbi4j.core.simulation.SimulationException if every one of the first
   *     simulations fails or a run cannot go on
   * @throws java.util.concurrent.CancellationException if it is interrupted before there is a
   *     population
   */
  public SmcAbcResult run(Simulator simulator, double[] observed, int budget) {
    Objects.requireNonNull(simulator, "simulator");
    return new SmcRun(settings, sequence, simulator, Require.observation(observed), budget).run();
  }

  private SmcAbc with(Sequence changed) {
    return new SmcAbc(settings, changed);
  }
}
