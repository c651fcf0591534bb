package io.github.sbi4j.core.simulation;

import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.SimulationFailure.Kind;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects what the rows of a run gave: each row is written once, by one thread; different rows by
 * many at once.
 *
 * <p>The first valid row in the order of the table says how long an observation is, but any row may
 * arrive first. The table therefore guesses the width from the first arrival and sets rows that do
 * not fit aside until all have come.
 */
final class ResultTable implements SimulationRows {
  private static final Logger LOG = LoggerFactory.getLogger(Simulations.class);
  private static final byte OPEN = 0;
  private static final byte VALID = 1;
  private static final byte INVALID = 2;

  private static final Comparator<SimulationFailure> BY_ROW =
      Comparator.comparingInt(SimulationFailure::row);

  private final Samples parameters;
  private final byte[] state;
  private final AtomicInteger nextRow = new AtomicInteger();
  private final Map<Integer, double[]> aside = new ConcurrentHashMap<>();
  private final Map<Integer, SimulationFailure> failures = new ConcurrentHashMap<>();
  private volatile double @Nullable [] values;
  private int width; // written before values, so that whoever sees values sees it

  ResultTable(Samples parameters) {
    this.parameters = parameters;
    this.state = new byte[parameters.rows()];
  }

  @Override
  public int left() {
    return state.length - nextRow.get();
  }

  @Override
  public @Nullable RowSpan take(int most) {
    int from = nextRow.getAndUpdate(row -> row + Math.min(most, state.length - row));
    return from == state.length
        ? null
        : new RowSpan(from, from + Math.min(most, state.length - from));
  }

  @Override
  public double[] parameters(int row) {
    return parameters.row(row);
  }

  @Override
  public void put(int row, double @Nullable [] x) {
    if (x == null || x.length == 0) {
      fail(row, Kind.FAILED, "the simulator returned " + (x == null ? "null" : "no values"), null);
      return;
    }
    if (!allFinite(x)) {
      aside.put(row, x.clone());
      fail(SimulationFailure.ofNonFinite(row, parameters.row(row), x));
      return;
    }
    double[] table = values;
    if (table == null) {
      table = allocate(x.length);
    }
    if (x.length == width) {
      System.arraycopy(x, 0, table, row * width, width);
    } else {
      aside.put(row, x.clone());
    }
    state[row] = VALID;
  }

  @Override
  public void fail(int row, Kind kind, String message, @Nullable Throwable cause) {
    fail(new SimulationFailure(row, parameters.row(row), kind, message, cause));
  }

  private void fail(SimulationFailure failure) {
    failures.put(failure.row(), failure);
    state[failure.row()] = INVALID;
  }

  @Override
  public int failureCount() {
    return failures.size();
  }

  /** The failure of the lowest row that has one so far. */
  @Override
  public @Nullable SimulationFailure firstFailure() {
    return failures.values().stream().min(BY_ROW).orElse(null);
  }

  /** Records what rows of a run gave that were simulated elsewhere; this table begins at a row. */
  void add(SimulatedRows rows, int firstRow) {
    for (int i = 0; i < rows.size(); i++) {
      int row = rows.firstRow() - firstRow + i;
      double[] x = rows.observation(i);
      Kind kind = rows.kind(i);
      if (x == null && kind != null) {
        fail(row, kind, rows.message(i), null);
      } else {
        put(row, x);
      }
    }
  }

  /** What all rows gave, for a table of which this one is a part that begins at a row. */
  SimulatedRows toRows(int firstRow) {
    SimulatedRows rows = new SimulatedRows(firstRow, state.length);
    double[] table = values;
    for (int row = 0; row < state.length; row++) {
      double[] x = aside.get(row);
      if (x != null) {
        rows.put(row, x);
      } else if (state[row] == VALID && table != null) {
        rows.put(row, Arrays.copyOfRange(table, row * width, (row + 1) * width));
      }
    }
    failures.values().forEach(rows::fail);
    return rows;
  }

  /**
   * The table when the run is over.
   *
   * @param interrupted whether it was cut short
   */
  Simulations finish(boolean interrupted) {
    int first = firstValid();
    if (first < 0) {
      throw nothingValid(interrupted);
    }
    double[] firstAside = aside.get(first);
    Simulations table = toSimulations(firstAside == null ? width : firstAside.length, first);
    logFailures(table);
    return table;
  }

  private RuntimeException nothingValid(boolean interrupted) {
    if (interrupted) {
      return new CancellationException(
          String.format(
              Locale.ROOT,
              "the run was interrupted before one of its %d simulations gave a valid observation",
              parameters.rows()));
    }
    List<SimulationFailure> all = failures.values().stream().sorted(BY_ROW).toList();
    return new SimulationException(
        String.format(
            Locale.ROOT,
            "all %d simulations failed; the first: %s; names of the parameters: %s",
            parameters.rows(),
            all.get(0),
            parameters.names()),
        all);
  }

  private static void logFailures(Simulations table) {
    List<SimulationFailure> failures = table.failures();
    if (!failures.isEmpty()) {
      Map<SimulationFailure.Kind, Integer> counts = new TreeMap<>();
      failures.forEach(failure -> counts.merge(failure.kind(), 1, Integer::sum));
      LOG.warn(
          "{} of {} simulations gave nothing: {}; the first: {}",
          failures.size(),
          table.size(),
          counts,
          failures.get(0).toString().replaceAll("\\R", " "));
    }
  }

  /**
   * The table up to the last finished row, to be called when nobody writes any more. Rows before it
   * that did not finish are failures of kind cancelled.
   *
   * @param length the number of values of an observation
   * @param first the row that has so many, for messages
   */
  Simulations toSimulations(int length, int first) {
    int rows = state.length;
    while (rows > 1 && state[rows - 1] == OPEN) {
      rows--;
    }
    double[] table = values;
    double[] flat;
    if (table == null || length != width) {
      flat = new double[size(rows, length)];
    } else {
      flat = rows == state.length ? table : Arrays.copyOf(table, rows * length);
    }
    for (int row = 0; row < rows; row++) {
      double[] x = aside.isEmpty() ? null : aside.get(row);
      if (x != null && x.length == length) {
        System.arraycopy(x, 0, flat, row * length, length);
      } else if (x != null || state[row] != VALID || length != width) {
        Arrays.fill(flat, row * length, (row + 1) * length, Double.NaN);
        failUnfit(row, x == null ? width : x.length, length, first);
      }
    }
    List<String> names = IntStream.rangeClosed(1, length).mapToObj(i -> "x_" + i).toList();
    return new Simulations(
        rows == state.length ? parameters : parameters.head(rows),
        Samples.ofRowMajor(names, flat),
        failures.values().stream().sorted(BY_ROW).toList());
  }

  private void failUnfit(int row, int actual, int expected, int first) {
    if (state[row] == OPEN) {
      fail(row, Kind.CANCELLED, "the run was interrupted", null);
    } else if (state[row] == VALID) {
      fail(SimulationFailure.ofLength(row, parameters.row(row), actual, expected, first));
    }
  }

  private int firstValid() {
    return IntStream.range(0, state.length).filter(i -> state[i] == VALID).findFirst().orElse(-1);
  }

  private synchronized double[] allocate(int length) {
    double[] table = values;
    if (table == null) {
      width = length;
      table = new double[size(state.length, length)];
      values = table;
    }
    return table;
  }

  private static int size(int rows, int length) {
    if ((long) rows * length > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "%d rows of %d values exceed the limit of 2^31 values; run fewer rows at a time",
              rows,
              length));
    }
    return rows * length;
  }

  private static boolean allFinite(double[] x) {
    for (double value : x) {
      if (!Double.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
