package io.github.sbi4j.core.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which rows the files of a campaign hold, and where. Not thread-safe. */
final class RowIndex {
  private static final Logger LOG = LoggerFactory.getLogger(Campaign.class);

  private final Path directory;
  private final long campaign;
  private final int parameters;
  private final Map<String, ScannedFile> scanned = new HashMap<>();
  private final List<RowFile> files = new ArrayList<>();
  private final Map<Integer, AsideRow> aside = new HashMap<>();
  private final BitSet there = new BitSet();
  private final BitSet notFinite = new BitSet();
  private long[] places = new long[0];
  private int duplicates;

  RowIndex(Path directory, long campaign, int parameters) {
    this.directory = directory;
    this.campaign = campaign;
    this.parameters = parameters;
  }

  /** Reads what was written since the last time. */
  void refresh() {
    refresh(file -> false, row -> {});
  }

  /**
   * Reads what was written since the last time.
   *
   * @param skipped which files to leave out, by name
   * @param found hears of each row that is new
   */
  void refresh(Predicate<String> skipped, IntConsumer found) {
    int damagedBefore = damaged();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path path : entries) {
        String name = path.getFileName().toString();
        if (skipped.test(name)) {
          continue;
        }
        if (name.endsWith(RowWriter.ROWS)) {
          RowFile file = (RowFile) scanned.computeIfAbsent(name, any -> newFile(path));
          file.scan(
              campaign,
              parameters,
              (row, record, finite) -> add(file.number(), row, record, finite, found));
        } else if (name.endsWith(AsideWriter.SUFFIX)) {
          AsideFile file = (AsideFile) scanned.computeIfAbsent(name, any -> new AsideFile(path));
          file.scan(row -> add(row, found));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the campaign in " + directory, e);
    }
    if (damaged() > damagedBefore) {
      LOG.warn(
          "{} rows in {} do not fit their checksums and count as missing; they are simulated again by the next run",
          damaged(),
          directory);
    }
  }

  private RowFile newFile(Path path) {
    RowFile file = new RowFile(path, files.size());
    files.add(file);
    return file;
  }

  private void add(int file, int row, int record, boolean finite, IntConsumer found) {
    if (there.get(row)) {
      duplicates++;
      return;
    }
    if (row >= places.length) {
      places = Arrays.copyOf(places, Math.max(row + 1, places.length + places.length / 2));
    }
    places[row] = (long) file << 32 | record;
    notFinite.set(row, !finite);
    there.set(row);
    found.accept(row);
  }

  private void add(AsideRow row, IntConsumer found) {
    if (there.get(row.row())) {
      duplicates++;
      return;
    }
    aside.put(row.row(), row);
    there.set(row.row());
    found.accept(row.row());
  }

  /** The number of rows. */
  int count() {
    return there.cardinality();
  }

  /** The number of rows before the first that is missing. */
  int complete() {
    return there.nextClearBit(0);
  }

  /** The rows that are there, in order. */
  int[] rows() {
    return there.stream().toArray();
  }

  /** The number of records that do not fit their checksums. */
  int damaged() {
    return scanned.values().stream().mapToInt(ScannedFile::damaged).sum();
  }

  /** The number of records of rows that were there before. */
  int duplicates() {
    return duplicates;
  }

  /** The number of rows that gave nothing. */
  int failed() {
    long failures = aside.values().stream().filter(row -> row.values() == null).count();
    return (int) failures + notFinite.cardinality();
  }

  /** The number of files. */
  int fileCount() {
    return scanned.size();
  }

  /** The files of rows, by their numbers. */
  List<RowFile> files() {
    return files;
  }

  /** A row that does not lie in a file of rows; null if it does. */
  @Nullable AsideRow aside(int row) {
    return aside.isEmpty() ? null : aside.get(row);
  }

  /** Whether a row in a file of rows has an observed value that is not finite. */
  boolean isNotFinite(int row) {
    return notFinite.get(row);
  }

  /** The number of the file that a row lies in. */
  int file(int row) {
    return (int) (places[row] >>> 32);
  }

  /** The number of a row's record in its file. */
  int record(int row) {
    return (int) places[row];
  }
}
