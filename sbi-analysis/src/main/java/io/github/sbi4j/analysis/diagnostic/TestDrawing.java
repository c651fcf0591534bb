package io.github.sbi4j.analysis.diagnostic;

import io.github.sbi4j.analysis.diagnostic.HardObservation.Reason;
import io.github.sbi4j.core.concurrent.Tasks;
import io.github.sbi4j.core.progress.Progress;
import io.github.sbi4j.core.progress.ProgressListener;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import io.github.sbi4j.flows.posterior.McmcPosterior;
import io.github.sbi4j.flows.posterior.Posterior;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How to draw from a posterior for many simulated data sets; see {@link TestDraws}.
 *
 * <p>Immutable. Data set i uses the seed (seed, i), so the draws do not depend on the number of
 * threads; a time budget may decide which data sets are left out.
 */
public final class TestDrawing {
  private static final Logger LOG = LoggerFactory.getLogger(TestDrawing.class);

  /** The indices of derived seeds; rows use those from zero on. */
  private static final long SIMULATIONS = -1;

  private static final int PILOTS = 5;

  /** Ranks among draws that repeat more often are too rough. */
  private static final double LEAST_DISTINCT = 0.5;

  private final Posterior posterior;
  private final int draws;
  private final long seed;
  private final int threads;
  private final double largestRHat;
  private final @Nullable Duration timePerObservation;
  private final ProgressListener listener;

  private TestDrawing(
      Posterior posterior,
      int draws,
      long seed,
      int threads,
      double largestRHat,
      @Nullable Duration timePerObservation,
      ProgressListener listener) {
    this.posterior = posterior;
    this.draws = draws;
    this.seed = seed;
    this.threads = threads;
    this.largestRHat = largestRHat;
    this.timePerObservation = timePerObservation;
    this.listener = listener;
  }

  /**
   * {@return 1000 draws for each data set, seed 1, on all processors, R-hat up to 1.1, without a
   * time budget}
   *
   * @param posterior the posterior to test, with or without an observation
   */
  static TestDrawing with(Posterior posterior) {
    return new TestDrawing(
        posterior, 1000, 1, Tasks.allProcessors(), 1.1, null, ProgressListener.NONE);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s must be positive, got %d", name, value));
    }
  }

  /**
   * A copy with another number of draws for each data set.
   *
   * @param count the number of draws, L; 100 to 1000 are usual
   * @return the copy
   * @throws IllegalArgumentException if it is not positive
   */
  public TestDrawing draws(int count) {
    requirePositive("draws", count);
    return new TestDrawing(
        posterior, count, seed, threads, largestRHat, timePerObservation, listener);
  }

  /**
   * A copy with another seed.
   *
   * @param value decides all draws, and the simulations that are run here
   * @return the copy
   */
  public TestDrawing seed(long value) {
    return new TestDrawing(
        posterior, draws, value, threads, largestRHat, timePerObservation, listener);
  }

  /**
   * A copy that works on another number of threads; each data set is drawn for by one of them.
   *
   * @param count the number of threads
   * @return the copy
   * @throws IllegalArgumentException if it is not positive
   */
  public TestDrawing threads(int count) {
    return new TestDrawing(
        posterior,
        draws,
        seed,
        Tasks.requireThreads(count),
        largestRHat,
        timePerObservation,
        listener);
  }

  /**
   * A copy that leaves out data sets whose chains have a larger R-hat, even when run four and
   * sixteen times longer. Many short chains have an R-hat farther above one than few long ones that
   * are as good.
   *
   * @param limit above 1
   * @return the copy
   * @throws IllegalArgumentException if it is not above 1
   */
  public TestDrawing largestRHat(double limit) {
    if (!(limit > 1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "largest R-hat is %s, expected more than 1; 1.1 is usual", limit));
    }
    return new TestDrawing(posterior, draws, seed, threads, limit, timePerObservation, listener);
  }

  /**
   * A copy that leaves out data sets for which drawing takes longer.
   *
   * @param limit how long one data set may take, more than zero
   * @return the copy
   * @throws IllegalArgumentException if it is not more than zero
   */
  public TestDrawing timePerObservation(Duration limit) {
    if (limit.isZero() || limit.isNegative()) {
      throw new IllegalArgumentException(
          "time per observation is " + limit + ", expected more than zero; leave it out for none");
    }
    return new TestDrawing(posterior, draws, seed, threads, largestRHat, limit, listener);
  }

  /**
   * A copy that tells how far it is.
   *
   * @param hears called by one thread at a time, after each data set
   * @return the copy
   */
  public TestDrawing listener(ProgressListener hears) {
    return new TestDrawing(posterior, draws, seed, threads, largestRHat, timePerObservation, hears);
  }

  /**
   * Draws parameters from the posterior's prior, simulates, and draws from the posterior for each.
   *
   * @param simulator the simulator
   * @param count the number of data sets, N; 200 to 1000 are usual
   * @return the draws
   * @throws IllegalArgumentException if the count is not positive
   * @throws IllegalStateException if there are no draws for any data set
   */
  public TestDraws run(Simulator simulator, int count) {
    requirePositive("the number of data sets", count);
    return run(
        Simulations.run(
            simulator,
            posterior.prior(),
            count,
            RandomStreams.key(seed, SIMULATIONS),
            SimulationSettings.defaults().withThreads(threads)));
  }

  /**
   * Draws from the posterior for each of the simulations.
   *
   * @param simulations N parameters of the prior with their data, none of which the posterior was
   *     learned from; rows that failed are left out
   * @return the draws
   * @throws IllegalArgumentException if the parameters are not those of the posterior
   * @throws IllegalStateException if there are no draws for any data set
   */
  public TestDraws run(Simulations simulations) {
    DataSets data = DataSets.of(posterior, simulations);
    DrawSource source = source(data);
    Counter counter = new Counter(data.size(), listener);
    List<Outcome> outcomes =
        each(
            data.size(),
            i -> {
              Outcome outcome = draw(source, data, i);
              counter.count(outcome.hard() != null);
              return outcome;
            });
    return TestDraws.collect(this, data, source, outcomes);
  }

  /** The draws for one data set, or why there are none. */
  record Outcome(@Nullable DrawnSet draws, @Nullable HardObservation hard) {}

  /** Does something for each data set, each in one thread. */
  private <T> List<T> each(int count, IntFunction<T> work) {
    return Tasks.map(
        threads,
        count,
        i -> {
          List<T> result = new ArrayList<>();
          Tasks.inThisThread(() -> result.add(work.apply(i)));
          return result.get(0);
        });
  }

  /** Finds for chains by a few data sets how many steps there have to be to a draw. */
  private DrawSource source(DataSets data) {
    if (!(posterior instanceof McmcPosterior)) {
      return new DrawSource.Independent(
          draws, timePerObservation == null ? null : new TimeLimit(timePerObservation, threads));
    }
    DrawSource.FromChains source =
        DrawSource.FromChains.of(
            (McmcPosterior) data.given(posterior, 0), draws, largestRHat, timePerObservation);
    List<Double> factors =
        each(Math.min(PILOTS, data.size()), i -> pilot(source, data, i)).stream().sorted().toList();
    return source.thinned(factors.get(factors.size() / 2));
  }

  private double pilot(DrawSource.FromChains source, DataSets data, int i) {
    try {
      return source.drawsPerEffectiveDraw(data.given(posterior, i), key(data, i));
    } catch (RuntimeException e) {
      LOG.debug("no pilot draws for data set {}", data.rows()[i], e);
      return 1;
    }
  }

  private long key(DataSets data, int i) {
    return RandomStreams.key(seed, data.rows()[i]);
  }

  private Outcome draw(DrawSource source, DataSets data, int i) {
    DrawnSet drawn;
    try {
      drawn = source.draw(data.given(posterior, i), key(data, i)).orElse(null);
    } catch (RuntimeException e) {
      LOG.debug("no draws for data set {}", data.rows()[i], e);
      return hard(data, i, Reason.FAILED, String.valueOf(e.getMessage()));
    }
    if (drawn == null) {
      return hard(data, i, Reason.TIME, "the draws were not there within " + timePerObservation);
    }
    int columns = posterior.names().size();
    int count = drawn.values().length / columns;
    if (count < draws) {
      return hard(data, i, Reason.FAILED, count + " draws instead of " + draws);
    }
    if (!drawn.finite()) {
      return hard(data, i, Reason.FAILED, "a draw is not finite");
    }
    if (drawn.rHat() > largestRHat) {
      String text = String.format(Locale.ROOT, "R-hat %.2f, above %s", drawn.rHat(), largestRHat);
      return hard(data, i, Reason.NOT_CONVERGED, text);
    }
    int distinct = drawn.distinct(columns);
    if (source.thinning() == 0 && distinct < LEAST_DISTINCT * draws) {
      return hard(
          data, i, Reason.REPEATED, "only " + distinct + " of " + draws + " draws are different");
    }
    return new Outcome(drawn, null);
  }

  private static Outcome hard(DataSets data, int i, Reason reason, String message) {
    return new Outcome(null, new HardObservation(data.rows()[i], reason, message));
  }

  /** Tells the listener how many data sets are done. */
  private static final class Counter {
    private final int total;
    private final ProgressListener listener;
    private final long started = System.nanoTime();
    private int done;
    private int hard;

    Counter(int total, ProgressListener listener) {
      this.total = total;
      this.listener = listener;
    }

    synchronized void count(boolean isHard) {
      done++;
      hard += isHard ? 1 : 0;
      Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
      String detail = hard == 0 ? "" : hard + " left out";
      listener.onProgress(new Progress("drawing", done, total, elapsed, detail));
    }
  }

  Posterior posterior() {
    return posterior;
  }

  int draws() {
    return draws;
  }

  long seed() {
    return seed;
  }

  int threads() {
    return threads;
  }
}
