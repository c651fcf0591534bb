package io.github.sbi4j.analysis.diagnostic;

import io.github.sbi4j.core.concurrent.Tasks;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.posterior.Posterior;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What checks of calibration share: N true parameters drawn from the prior, the data simulated with
 * each, and for each data set L draws from the posterior. Drawn once, they serve all checks.
 *
 * <p>Ranks among draws take draws that are nearly independent. Those of Markov chains are thinned
 * by what a few data sets show, run longer for data sets where they do not meet, ordered so that
 * the first K are as far apart in the chains as can be, and L is reduced to the effective sample
 * size that nine in ten data sets have, if that is less than half of what was asked for.
 *
 * <p>A data set whose draws fail, take too long or do not converge does not end the run: it is left
 * out and counted, see {@link #hardObservations}. Immutable, and independent of the number of
 * threads.
 */
public final class TestDraws {
  private static final Logger LOG = LoggerFactory.getLogger(TestDraws.class);

  /** The share of data sets that may have a smaller effective sample size. */
  private static final double QUANTILE = 0.1;

  private final @Nullable Posterior posterior;
  private final DataSets data;
  private final List<DrawnSet> drawn;
  private final int draws;
  private final int thinning;
  private final List<HardObservation> hard;
  private final long seed;
  private final int threads;
  private @Nullable List<LogDensities> logDensities;

  private TestDraws(
      @Nullable Posterior posterior,
      DataSets data,
      List<DrawnSet> drawn,
      int draws,
      int thinning,
      List<HardObservation> hard,
      long seed,
      int threads) {
    this.posterior = posterior;
    this.data = data;
    this.drawn = drawn;
    this.draws = draws;
    this.thinning = thinning;
    this.hard = List.copyOf(hard);
    this.seed = seed;
    this.threads = threads;
  }

  /**
   * Draws from a posterior for simulations to come: {@code
   * TestDraws.with(posterior).draws(1000).run(simulations)}.
   *
   * <p>Any posterior will do: of Markov chains each data set gets its own, checked for convergence.
   * Draws of an ensemble whose members run chains are taken as they are.
   *
   * @param posterior the posterior to test, with or without an observation
   * @return 1000 draws for each data set, seed 1, on all processors, R-hat up to 1.1, without a
   *     time budget
   */
  public static TestDrawing with(Posterior posterior) {
    return TestDrawing.with(Objects.requireNonNull(posterior, "posterior"));
  }

  /**
   * Draws that were made elsewhere, by any method; nearly independent.
   *
   * @param simulations N parameters drawn from the prior, with their data; none failed
   * @param draws for each data set the L draws, L x D
   * @return the draws, without a posterior to ask for densities
   * @throws IllegalArgumentException if a simulation failed, there are not N tables, they differ in
   *     their numbers of rows, have no rows or other columns than the parameters, or a value is not
   *     finite
   */
  public static TestDraws of(Simulations simulations, List<Samples> draws) {
    if (simulations.size() != draws.size() || !simulations.failures().isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d tables of draws for %d simulations, %d of which failed; give a table for each simulation, and none that"
                  + " failed",
              draws.size(),
              simulations.size(),
              simulations.failures().size()));
    }
    int columns = simulations.parameters().columns();
    List<DrawnSet> drawn = new ArrayList<>();
    for (int i = 0; i < draws.size(); i++) {
      Samples table = draws.get(i);
      if (table.columns() != columns || table.rows() != draws.get(0).rows() || table.rows() == 0) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the draws for data set %d are %d x %d, expected %d x %d; give each data set the same number of draws",
                i,
                table.rows(),
                table.columns(),
                Math.max(1, draws.get(0).rows()),
                columns));
      }
      DrawnSet set = DrawnSet.of(table);
      if (!set.finite()) {
        throw new IllegalArgumentException(
            "the draws for data set " + i + " have a value that is not finite; leave the set out");
      }
      drawn.add(set);
    }
    int[] rows = IntStream.range(0, draws.size()).toArray();
    DataSets data =
        new DataSets(
            simulations.parameters(), simulations.conditions(), simulations.observations(), rows);
    return new TestDraws(
        null, data, drawn, draws.get(0).rows(), 0, List.of(), 1, Tasks.allProcessors());
  }

  /** Sorts out what was drawn. */
  static TestDraws collect(
      TestDrawing drawing, DataSets data, DrawSource source, List<TestDrawing.Outcome> outcomes) {
    List<HardObservation> hard = new ArrayList<>();
    double[] effective =
        outcomes.stream()
            .filter(outcome -> outcome.draws() != null)
            .mapToDouble(outcome -> Objects.requireNonNull(outcome.draws()).effective())
            .sorted()
            .toArray();
    int supported = supported(drawing.draws(), effective);
    List<DrawnSet> kept = new ArrayList<>();
    int[] indices = new int[outcomes.size()];
    for (int i = 0; i < outcomes.size(); i++) {
      DrawnSet set = outcomes.get(i).draws();
      HardObservation reason = outcomes.get(i).hard();
      if (reason != null) {
        hard.add(reason);
      } else if (set != null && set.effective() < supported / 2.0) {
        hard.add(correlated(data.rows()[i], set, supported));
      } else if (set != null) {
        indices[kept.size()] = i;
        kept.add(set);
      }
    }
    if (kept.isEmpty()) {
      throw new IllegalStateException(
          "there are draws for none of "
              + outcomes.size()
              + " data sets; of the first: "
              + hard.get(0).message());
    }
    TestDraws result =
        new TestDraws(
            drawing.posterior(),
            data.take(Arrays.copyOf(indices, kept.size())),
            kept,
            supported,
            source.thinning(),
            hard,
            drawing.seed(),
            drawing.threads());
    if (supported < drawing.draws()) {
      LOG.info(
          "{} draws for each data set instead of {}: so many are they worth; more chains or more thinning give more",
          supported,
          drawing.draws());
    }
    if (!hard.isEmpty()) {
      LOG.warn("{}", result.leftOut());
    }
    return result;
  }

  private static int supported(int draws, double[] sortedEffective) {
    if (sortedEffective.length == 0) {
      return draws;
    }
    double low = sortedEffective[(int) (QUANTILE * sortedEffective.length)];
    return low < draws / 2.0 ? Math.max(1, (int) low) : draws;
  }

  private static HardObservation correlated(int row, DrawnSet set, int supported) {
    return new HardObservation(
        row,
        HardObservation.Reason.CORRELATED,
        String.format(
            Locale.ROOT,
            "draws are worth %.0f independent ones, fewer than half of %d",
            set.effective(),
            supported));
  }

  /** {@return the number of data sets with draws, N} */
  public int size() {
    return drawn.size();
  }

  /** {@return the number of draws for each data set, L} */
  public int draws() {
    return draws;
  }

  /** {@return the number of parameters, D} */
  public int dimension() {
    return data.parameters().columns();
  }

  /** {@return the names of the parameters, D of them} */
  public List<String> names() {
    return data.parameters().names();
  }

  /** {@return the true parameters, N x D} */
  public Samples parameters() {
    return data.parameters();
  }

  /** {@return the data, a row for each of the N data sets} */
  public Samples observations() {
    return data.observations();
  }

  /**
   * {@return the row of a data set in the table of simulations, failed rows counted}
   *
   * @param i the data set, from 0 to N - 1
   */
  public int row(int i) {
    return data.rows()[Objects.checkIndex(i, size())];
  }

  /**
   * {@return the posterior draws for a data set, L x D}
   *
   * @param i the data set, from 0 to N - 1
   */
  public Samples samples(int i) {
    return Samples.ofRowMajor(names(), Arrays.copyOf(drawn.get(i).values(), draws * dimension()));
  }

  /**
   * {@return one value of one posterior draw}
   *
   * @param i the data set, from 0 to N - 1
   * @param draw the draw, from 0 to L - 1
   * @param parameter the parameter, from 0 to D - 1
   */
  public double draw(int i, int draw, int parameter) {
    return drawn.get(i)
        .values()[
        Objects.checkIndex(draw, draws) * dimension() + Objects.checkIndex(parameter, dimension())];
  }

  /** At least L x D values of a data set, row after row; not a copy. */
  double[] values(int i) {
    return drawn.get(i).values();
  }

  /** {@return the data sets that are left out, in the order of their rows} */
  public List<HardObservation> hardObservations() {
    return hard;
  }

  /** {@return the number of data sets that draws were asked for, N and those left out} */
  public int attempted() {
    return size() + hard.size();
  }

  /**
   * {@return how many steps of chains there are to a draw, except where they were run longer; zero
   * for independent draws}
   */
  public int thinning() {
    return thinning;
  }

  /** {@return for each of the N data sets how many independent draws its L are worth, at most L} */
  public double[] effectiveSampleSizes() {
    return drawn.stream().mapToDouble(set -> Math.min(draws, set.effective())).toArray();
  }

  /** {@return the posterior that was drawn from; none where draws were made elsewhere} */
  public Optional<Posterior> posterior() {
    return Optional.ofNullable(posterior);
  }

  /** {@return the seed of the draws} */
  public long seed() {
    return seed;
  }

  /** {@return the number of threads that checks work on} */
  public int threads() {
    return threads;
  }

  /**
   * The same data sets with fewer draws.
   *
   * @param count the number of draws to keep, K, from 1 to L
   * @return the first K draws of each data set
   * @throws IllegalArgumentException if there are not so many
   */
  public TestDraws first(int count) {
    if (count < 1 || count > draws) {
      throw new IllegalArgumentException(
          "cannot take the first " + count + " of " + draws + " draws; give a number up to that");
    }
    return new TestDraws(posterior, data, drawn, count, thinning, hard, seed, threads);
  }

  /**
   * The log-densities of the posterior at the true parameters and at the draws of each data set;
   * computed at the first call.
   *
   * @return one entry for each of the N data sets
   * @throws IllegalStateException if the draws were made elsewhere, or the posterior has no density
   */
  public synchronized List<LogDensities> logDensities() {
    if (logDensities == null) {
      if (posterior == null) {
        throw new IllegalStateException(
            "the draws were made elsewhere and have no posterior to give densities; draw with TestDraws.with(posterior)");
      }
      Posterior asked = posterior;
      logDensities =
          Tasks.map(
              threads,
              size(),
              i -> {
                LogDensities[] result = new LogDensities[1];
                Tasks.inThisThread(() -> result[0] = logDensities(data.given(asked, i), i));
                return result[0];
              });
    }
    return logDensities;
  }

  private LogDensities logDensities(Posterior given, int i) {
    double[][] rows = new double[draws + 1][];
    rows[0] = data.parameters().row(i);
    for (int k = 0; k < draws; k++) {
      rows[k + 1] = Arrays.copyOfRange(values(i), k * dimension(), (k + 1) * dimension());
    }
    double[] logs = given.logProb(rows);
    return new LogDensities(logs[0], Arrays.copyOfRange(logs, 1, logs.length));
  }

  /**
   * The log-densities for one data set, normalised or not.
   *
   * @param truth at the true parameters
   * @param draws at the L draws; not to be changed
   */
  public record LogDensities(double truth, double[] draws) {}

  /** {@return a sentence on the data sets left out; empty if there is none} */
  public String leftOut() {
    if (hard.isEmpty()) {
      return "";
    }
    Map<String, Integer> reasons = new LinkedHashMap<>();
    hard.forEach(one -> reasons.merge(one.reason().words(), 1, Integer::sum));
    List<String> counts = new ArrayList<>();
    reasons.forEach((words, count) -> counts.add(words + " " + count));
    return String.format(
        Locale.ROOT,
        "%d of %d data sets (%.1f %%) are left out: %s",
        hard.size(),
        attempted(),
        100.0 * hard.size() / attempted(),
        String.join(", ", counts));
  }

  /** {@return the numbers of data sets and draws, and what was left out} */
  @Override
  public String toString() {
    String left = leftOut();
    return String.format(
        Locale.ROOT,
        "TestDraws[%d data sets, %d draws each of %s%s]",
        size(),
        draws,
        names(),
        left.isEmpty() ? "" : "; " + left);
  }
}
