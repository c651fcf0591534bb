package io.github.sbi4j.core.mcmc;

import io.github.sbi4j.core.progress.Progress;
import io.github.sbi4j.core.random.RandomStreams;
import java.time.Duration;

/** One call of {@link DifferentialSlice#sample}: two runs for pools, and one for the draws. */
final class DifferentialRun {
  /** Chains use the streams from zero on, initial points minus one. */
  private static final long FIRST_STAGE = -11;

  private static final long SECOND_STAGE = -12;

  /** Fewer points than this say too little. */
  private static final int MIN_POOL = 50;

  private final LogDensity target;
  private final McmcSettings settings;
  private final int stageSteps;
  private final long started = System.nanoTime();

  DifferentialRun(LogDensity target, McmcSettings settings) {
    this.target = target;
    this.settings = settings;
    this.stageSteps = settings.warmUp() / 3;
  }

  Chains sample(double[][] initial) {
    Require.atLeast("the number of initial points", initial.length, 1);
    Chains first = stage(Slice.defaults(), FIRST_STAGE, initial);
    if (first.stopReason() != StopReason.COMPLETED) {
      return last(Slice.defaults(), initial);
    }
    Chains second = stage(of(first), SECOND_STAGE, ends(first));
    if (second.stopReason() != StopReason.COMPLETED) {
      return last(Slice.defaults(), initial);
    }
    return last(of(second), ends(second));
  }

  /** A run whose draws, the second half of its steps, make a pool. */
  private Chains stage(ChainSampler<LogDensity> sampler, long key, double[][] start) {
    int draws = Math.max(stageSteps / 2, (MIN_POOL + start.length - 1) / start.length);
    return Mcmc.sample(
        target,
        sampler,
        remaining()
            .withWarmUp(Math.max(0, stageSteps - draws))
            .withDraws(draws)
            .withThin(1)
            .withSeed(RandomStreams.key(settings.seed(), key))
            .withProgress(progress -> settings.progress().onProgress(warmingUp(progress))),
        start);
  }

  private Chains last(ChainSampler<LogDensity> sampler, double[][] start) {
    return Mcmc.sample(
        target, sampler, remaining().withWarmUp(settings.warmUp() - 2 * stageSteps), start);
  }

  private static Progress warmingUp(Progress progress) {
    return new Progress(
        "warming up", progress.done(), progress.total(), progress.elapsed(), progress.detail());
  }

  /** The settings with what is left of the time; a run without any ends at once and says so. */
  private McmcSettings remaining() {
    Duration spent = Duration.ofNanos(System.nanoTime() - started);
    return settings
        .timeBudget()
        .map(budget -> budget.minus(spent))
        .map(left -> left.isZero() || left.isNegative() ? Duration.ofNanos(1) : left)
        .map(settings::withTimeBudget)
        .orElse(settings);
  }

  private static DifferentialSlice of(Chains chains) {
    return DifferentialSlice.of(chains.toSamples().toArray());
  }

  private static double[][] ends(Chains chains) {
    double[][] result = new double[chains.size()][];
    for (int c = 0; c < result.length; c++) {
      Chain chain = chains.chain(c);
      result[c] = chain.draws().row(chain.size() - 1);
    }
    return result;
  }
}
