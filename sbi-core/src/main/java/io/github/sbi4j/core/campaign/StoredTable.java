package io.github.sbi4j.core.campaign;

import io.github.sbi4j.core.sample.RowSource;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.SimulationFailure;
import io.github.sbi4j.core.simulation.Simulations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Some rows of a campaign as a table whose values stay in the files. */
final class StoredTable {
  private final RowIndex index;
  private final int[] rows;
  private final int parameters;
  private final DoubleBuffer[] buffers;
  private final int[] widths;
  private final int firstValid;
  private final int width;

  private StoredTable(RowIndex index, int[] rows, int parameters, Path directory) {
    this.index = index;
    this.rows = rows;
    this.parameters = parameters;
    try {
      List<DoubleBuffer> mapped = new ArrayList<>();
      for (RowFile file : index.files()) {
        mapped.add(file.map());
      }
      buffers = mapped.toArray(DoubleBuffer[]::new);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the campaign in " + directory, e);
    }
    widths = index.files().stream().mapToInt(RowFile::observations).toArray();
    firstValid = IntStream.range(0, rows.length).filter(this::isValid).findFirst().orElse(-1);
    if (firstValid < 0) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "none of the %d simulations in %s gave a valid observation%s",
              rows.length,
              directory,
              rows.length == 0 ? "; run the campaign first" : "; the first: " + known(0)));
    }
    width = width(firstValid);
  }

  /**
   * Makes the table.
   *
   * @param index where rows are
   * @param rows which ones, in order
   * @param header the names
   * @param directory the campaign, for messages
   */
  static Simulations of(RowIndex index, int[] rows, CampaignHeader header, Path directory) {
    StoredTable table = new StoredTable(index, rows, header.parameters().size(), directory);
    List<String> names = header.observations();
    if (!names.isEmpty() && names.size() != table.width) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "the observations in %s have %d values, but %d names were given: %s",
              directory,
              table.width,
              names.size(),
              names));
    }
    if (names.isEmpty()) {
      names = IntStream.rangeClosed(1, table.width).mapToObj(i -> "x_" + i).toList();
    }
    return Simulations.of(
        Samples.of(header.parameters(), table.source(table.parameters, table::readParameters)),
        Samples.of(names, table.source(table.width, table::readObservation)),
        table.failures());
  }

  private interface Read {
    void into(int i, double[] target);
  }

  private RowSource source(int columns, Read read) {
    return new RowSource() {
      @Override
      public int rows() {
        return rows.length;
      }

      @Override
      public int columns() {
        return columns;
      }

      @Override
      public void read(int row, double[] target) {
        read.into(row, target);
      }
    };
  }

  private void readParameters(int i, double[] target) {
    AsideRow aside = index.aside(rows[i]);
    if (aside == null) {
      buffers[index.file(rows[i])].get(start(i), target, 0, parameters);
    } else {
      System.arraycopy(aside.parameters(), 0, target, 0, parameters);
    }
  }

  private void readObservation(int i, double[] target) {
    if (width(i) == width) {
      read(i, target);
    } else {
      Arrays.fill(target, Double.NaN);
    }
  }

  /** What the simulator returned, of any length. */
  private void read(int i, double[] target) {
    AsideRow aside = index.aside(rows[i]);
    if (aside == null) {
      buffers[index.file(rows[i])].get(start(i) + parameters, target, 0, target.length);
    } else if (aside.values() != null) {
      System.arraycopy(aside.values(), 0, target, 0, target.length);
    }
  }

  /** Where the parameters of a row begin among the doubles of its file. */
  private int start(int i) {
    int row = rows[i];
    return index.record(row) * (1 + parameters + widths[index.file(row)]) + 1;
  }

  /** The number of values that the simulator returned, -1 if it failed. */
  private int width(int i) {
    AsideRow aside = index.aside(rows[i]);
    if (aside == null) {
      return widths[index.file(rows[i])];
    }
    return aside.values() == null ? -1 : aside.values().length;
  }

  private boolean isValid(int i) {
    AsideRow aside = index.aside(rows[i]);
    if (aside == null) {
      return !index.isNotFinite(rows[i]);
    }
    return aside.values() != null && Arrays.stream(aside.values()).allMatch(Double::isFinite);
  }

  private List<SimulationFailure> failures() {
    return IntStream.range(0, rows.length).mapToObj(this::known).filter(f -> f != null).toList();
  }

  /** Why a row is a failure, unless its values, kept in the table, say so themselves. */
  private @Nullable SimulationFailure known(int i) {
    AsideRow aside = index.aside(rows[i]);
    if (aside != null && aside.kind() != null) {
      String message = String.valueOf(aside.message());
      return new SimulationFailure(i, aside.parameters(), aside.kind(), message, null);
    }
    int own = width(i);
    if (own == width) {
      return null;
    }
    double[] theta = new double[parameters];
    readParameters(i, theta);
    double[] x = new double[own];
    read(i, x);
    SimulationFailure failure = SimulationFailure.ofNonFinite(i, theta, x);
    return failure == null
        ? SimulationFailure.ofLength(i, theta, own, width, rows[firstValid])
        : failure;
  }
}
