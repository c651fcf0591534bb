package io.github.sbi4j.core.mcmc;

import io.github.sbi4j.core.concurrent.Tasks;
import io.github.sbi4j.core.progress.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@link Mcmc#sample}. The calling thread drives a group of chains itself, and beside
 * that hears interrupts and reports progress; other groups have threads of their own.
 */
final class McmcRun<T extends LogDensity> {
  private static final long TICK_MILLIS = 100;

  private final McmcSettings settings;
  private final List<ChainRun<T>> chains = new ArrayList<>();
  private final List<ChainGroup<T>> groups = new ArrayList<>();
  private final Thread caller = Thread.currentThread();
  private final long started = System.nanoTime();
  private final long budgetNanos;
  private final AtomicReference<@Nullable StopReason> stopped = new AtomicReference<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private boolean interrupted;
  private long reported = started;

  McmcRun(T target, ChainSampler<T> sampler, McmcSettings settings, double[][] initial) {
    this.settings = settings;
    this.budgetNanos = settings.timeBudget().map(McmcRun::saturatedNanos).orElse(Long.MAX_VALUE);
    List<Adaptation<T>> adaptations = new ArrayList<>();
    for (int c = 0; c < initial.length; c++) {
      adaptations.add(sampler.adaptation(target.dimension(), settings.warmUp()));
    }
    Kernel<T> evaluator = adaptations.get(0).kernel();
    ChainState[] states = InitialStates.of(target, evaluator, initial);
    for (int c = 0; c < states.length; c++) {
      chains.add(new ChainRun<>(states[c], adaptations.get(c), settings, c));
    }
    int threads = Math.min(settings.threads(), states.length);
    for (int i = 0; i < threads; i++) {
      int from = (int) ((long) i * states.length / threads);
      int to = (int) ((i + 1L) * states.length / threads);
      groups.add(new ChainGroup<>(target, evaluator, chains.subList(from, to), this));
    }
  }

  private static long saturatedNanos(Duration duration) {
    return duration.getSeconds() > Long.MAX_VALUE / 2_000_000_000L
        ? Long.MAX_VALUE
        : duration.toNanos();
  }

  /** Runs until all draws are there, the time is spent or the caller is interrupted. */
  Chains run(List<String> names) {
    report();
    List<Thread> others = startOthers();
    try {
      run(groups.get(0));
    } catch (RuntimeException | Error e) {
      fail(e);
    }
    others.forEach(this::await);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    rethrow(failure.get());
    report();
    List<Chain> results = new ArrayList<>();
    chains.forEach(chain -> results.add(chain.result(names)));
    StopReason reason = stopped.get();
    return new Chains(names, results, reason == null ? StopReason.COMPLETED : reason);
  }

  /** Asked by every group between two evaluations. */
  boolean shouldStop() {
    long now = System.nanoTime();
    if (now - started >= budgetNanos) {
      stopped.compareAndSet(null, StopReason.TIME_BUDGET);
    }
    if (Thread.currentThread() == caller) {
      if (Thread.interrupted()) {
        interrupt();
      }
      if (now - reported >= TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS)) {
        report();
      }
    }
    return stopped.get() != null || failure.get() != null;
  }

  /** Where groups have a thread each, an evaluation takes no more of them. */
  private void run(ChainGroup<T> group) {
    if (groups.size() == 1) {
      group.run();
    } else {
      Tasks.inThisThread(group);
    }
  }

  private List<Thread> startOthers() {
    List<Thread> result = new ArrayList<>();
    for (ChainGroup<T> group : groups.subList(1, groups.size())) {
      Thread thread = new Thread(() -> run(group), "sbi4j-mcmc-" + (result.size() + 1));
      thread.setDaemon(true);
      thread.setUncaughtExceptionHandler((failed, e) -> fail(e));
      thread.start();
      result.add(thread);
    }
    return result;
  }

  private void await(Thread thread) {
    while (thread.isAlive()) {
      try {
        thread.join(TICK_MILLIS);
        report();
      } catch (InterruptedException e) {
        interrupt();
      }
    }
  }

  private void interrupt() {
    interrupted = true;
    stopped.compareAndSet(null, StopReason.INTERRUPTED);
  }

  private void fail(Throwable e) {
    failure.compareAndSet(null, e);
  }

  private static void rethrow(@Nullable Throwable e) {
    if (e instanceof RuntimeException cause) {
      throw cause;
    }
    if (e instanceof Error cause) {
      throw cause;
    }
  }

  private void report() {
    reported = System.nanoTime();
    long done = 0;
    for (ChainRun<T> chain : chains) {
      done += chain.steps();
    }
    settings
        .progress()
        .onProgress(
            new Progress(
                "sampling",
                done,
                chains.size() * ChainRun.totalSteps(settings),
                Duration.ofNanos(reported - started),
                ""));
  }
}
