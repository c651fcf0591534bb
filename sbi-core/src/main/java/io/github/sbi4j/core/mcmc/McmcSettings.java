package io.github.sbi4j.core.mcmc;

import io.github.sbi4j.core.concurrent.Tasks;
import io.github.sbi4j.core.progress.ProgressListener;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long and from which seed to sample. */
public final class McmcSettings {
  private static final McmcSettings DEFAULTS =
      new McmcSettings(1000, 1000, 1, 0, 1, null, ProgressListener.NONE);

  private final int warmUp;
  private final int draws;
  private final int thin;
  private final long seed;
  private final int threads;
  private final @Nullable Duration timeBudget;
  private final ProgressListener progress;

  private McmcSettings(
      int warmUp,
      int draws,
      int thin,
      long seed,
      int threads,
      @Nullable Duration timeBudget,
      ProgressListener progress) {
    this.warmUp = warmUp;
    this.draws = draws;
    this.thin = thin;
    this.seed = seed;
    this.threads = threads;
    this.timeBudget = timeBudget;
    this.progress = progress;
  }

  /**
   * {@return 1000 steps of warm-up, 1000 draws of each chain, no thinning, seed 0, one thread, no
   * time budget, no progress reports}
   */
  public static McmcSettings defaults() {
    return DEFAULTS;
  }

  /**
   * Sets for how many steps each chain adapts before draws are kept.
   *
   * @param warmUp zero or more steps; NUTS and HMC learn a metric from 20 on, well from about 200
   *     on
   * @return the changed settings
   */
  public McmcSettings withWarmUp(int warmUp) {
    Require.atLeast("warm-up", warmUp, 0);
    return new McmcSettings(warmUp, draws, thin, seed, threads, timeBudget, progress);
  }

  /**
   * Sets how many draws of each chain to keep.
   *
   * @param draws at least one
   * @return the changed settings
   */
  public McmcSettings withDraws(int draws) {
    Require.atLeast("draws", draws, 1);
    return new McmcSettings(warmUp, draws, thin, seed, threads, timeBudget, progress);
  }

  /**
   * Sets how many steps there are to a draw: the last of each {@code thin} steps is kept.
   *
   * @param thin at least one; one keeps them all
   * @return the changed settings
   */
  public McmcSettings withThin(int thin) {
    Require.atLeast("thin", thin, 1);
    return new McmcSettings(warmUp, draws, thin, seed, threads, timeBudget, progress);
  }

  /**
   * Sets the seed; chain c uses the random stream (seed, c).
   *
   * @param seed any number
   * @return the changed settings
   */
  public McmcSettings withSeed(long seed) {
    return new McmcSettings(warmUp, draws, thin, seed, threads, timeBudget, progress);
  }

  /**
   * Sets how many threads share the chains. Each evaluates batches of its own chains, so the target
   * is called from several threads at a time; leave it at one for a target with threads of its own.
   *
   * @param threads at least one
   * @return the changed settings
   */
  public McmcSettings withThreads(int threads) {
    Tasks.requireThreads(threads);
    return new McmcSettings(warmUp, draws, thin, seed, threads, timeBudget, progress);
  }

  /**
   * Sets how long the run may take. It is looked at between two evaluations of the target: one that
   * hangs is not cut off.
   *
   * @param timeBudget more than zero
   * @return the changed settings
   */
  public McmcSettings withTimeBudget(Duration timeBudget) {
    if (timeBudget.isZero() || timeBudget.isNegative()) {
      throw new IllegalArgumentException(
          "time budget is " + timeBudget + ", expected more than zero; leave it out for none");
    }
    return new McmcSettings(warmUp, draws, thin, seed, threads, timeBudget, progress);
  }

  /**
   * Sets who hears how far the run is, about ten times a second and at the end, on the thread that
   * called {@code sample}.
   *
   * @param progress the listener
   * @return the changed settings
   */
  public McmcSettings withProgress(ProgressListener progress) {
    Objects.requireNonNull(progress, "progress");
    return new McmcSettings(warmUp, draws, thin, seed, threads, timeBudget, progress);
  }

  /** {@return the steps of warm-up of each chain} */
  public int warmUp() {
    return warmUp;
  }

  /** {@return the draws to keep of each chain} */
  public int draws() {
    return draws;
  }

  /** {@return the number of steps to a draw} */
  public int thin() {
    return thin;
  }

  /** {@return the seed} */
  public long seed() {
    return seed;
  }

  /** {@return the number of threads that share the chains} */
  public int threads() {
    return threads;
  }

  /** {@return how long the run may take, if there is a limit} */
  public Optional<Duration> timeBudget() {
    return Optional.ofNullable(timeBudget);
  }

  /** {@return who hears how far the run is} */
  public ProgressListener progress() {
    return progress;
  }
}
