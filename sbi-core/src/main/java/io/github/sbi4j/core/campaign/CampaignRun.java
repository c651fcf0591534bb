package io.github.sbi4j.core.campaign;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.simulation.RowSpan;
import io.github.sbi4j.core.simulation.SimulationFailure;
import io.github.sbi4j.core.simulation.SimulationFailure.Kind;
import io.github.sbi4j.core.simulation.SimulationRows;
import io.github.sbi4j.core.simulation.Simulations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The part of this process in a campaign: claims missing rows, hands them out, writes what they
 * gave.
 *
 * <p>Rows are claimed by the aligned block. Whoever has a claim looks at the files again, because
 * the one before may have finished some of its rows; a claim is given back when its rows are
 * acknowledged, so that nobody does them again.
 */
final class CampaignRun implements SimulationRows, AutoCloseable {
  private static final int LARGEST_CLAIM = 4096;

  /** Rows of this process, until they are acknowledged. */
  private static final class Claim {
    final FileLock lock;
    final int to;
    int open;

    Claim(FileLock lock, int to, int open) {
      this.lock = lock;
      this.to = to;
      this.open = open;
    }
  }

  private final Path directory;
  private final Distribution prior;
  private final long drawSeed;
  private final int first;
  private final int count;
  private final int shares;
  private final Consumer<int[]> acknowledged;
  private final Claims claims;
  private final RowIndex index;
  private final RowWriter writer;
  private final double[][] drawn;

  // Guarded by the lock of this object.
  private final BitSet there = new BitSet(); // acknowledged, by whomever
  private final BitSet taken = new BitSet(); // these, and what this process has claimed
  private final TreeMap<Integer, Claim> own = new TreeMap<>();
  private final Deque<RowSpan> queue = new ArrayDeque<>();
  private int queued;
  private int cursor;
  private int failures;
  private @Nullable SimulationFailure firstFailure;

  /** Rows from to (to - 1), shared by the given number of threads. */
  record Part(int from, int to, int threads) {}

  CampaignRun(
      Path directory,
      CampaignHeader header,
      Distribution prior,
      Part part,
      long largestFile,
      Consumer<int[]> acknowledged)
      throws IOException {
    this.directory = directory;
    this.prior = prior;
    this.drawSeed = Simulations.parameterSeed(header.seed());
    this.first = part.from();
    this.count = part.to();
    this.shares = 8 * part.threads();
    this.cursor = first;
    this.acknowledged = acknowledged;
    this.drawn = new double[count][];
    this.claims = Claims.open(directory);
    this.index = new RowIndex(directory, header.id(), prior.dimension());
    this.writer = new RowWriter(directory, header.id(), prior.dimension(), largestFile);
    boolean opened = false;
    try {
      refresh();
      opened = true;
    } finally {
      if (!opened) {
        claims.close();
      }
    }
  }

  private void refresh() {
    index.refresh(
        writer::owns,
        row -> {
          if (row < count) {
            there.set(row);
            taken.set(row);
          }
        });
  }

  /** Whether all rows are acknowledged. */
  synchronized boolean isComplete() {
    return there.nextClearBit(first) >= count;
  }

  /** The number of rows that are acknowledged. */
  synchronized int done() {
    return there.cardinality();
  }

  /** Looks for rows that nobody works on; false if there are none now. */
  synchronized boolean prepare() {
    cursor = first;
    refresh();
    return !queue.isEmpty() || claim();
  }

  @Override
  public synchronized int left() {
    return count - taken.cardinality() + queued;
  }

  @Override
  public @Nullable RowSpan take(int most) {
    RowSpan span = next(most);
    if (span != null) {
      for (int row = span.from(); row < span.to(); row++) {
        drawn[row] = prior.sample(RandomStreams.of(drawSeed, row));
      }
    }
    return span;
  }

  private synchronized @Nullable RowSpan next(int most) {
    if (queue.isEmpty() && !claim()) {
      return null;
    }
    RowSpan span = queue.remove();
    if (span.size() > most) {
      queue.addFirst(new RowSpan(span.from() + most, span.to()));
      span = new RowSpan(span.from(), span.from() + most);
    }
    queued -= span.size();
    return span;
  }

  private boolean claim() {
    int most = Math.min(LARGEST_CLAIM, (count - taken.cardinality()) / shares);
    int size = Integer.highestOneBit(Math.max(1, most));
    while (true) {
      int from = taken.nextClearBit(cursor);
      if (from >= count) {
        return false;
      }
      // The ends of claims are multiples of their size, so that processes meet at them.
      int end = (int) Math.min(count, (from / size + 1L) * size);
      int blocked = taken.nextSetBit(from);
      int to = blocked < 0 ? end : Math.min(end, blocked);
      cursor = to;
      FileLock lock = claims.claim(from, to);
      if (lock != null) {
        refresh();
        if (enqueue(lock, from, to)) {
          return true;
        }
      }
    }
  }

  /** Hands out the rows of a claim that are missing; gives it back if none is. */
  private boolean enqueue(FileLock lock, int from, int to) {
    int open = 0;
    for (int row = there.nextClearBit(from); row < to; ) {
      int present = there.nextSetBit(row);
      int end = present < 0 ? to : Math.min(present, to);
      queue.add(new RowSpan(row, end));
      open += end - row;
      row = there.nextClearBit(end);
    }
    queued += open;
    Claim claim = new Claim(lock, to, open);
    if (open == 0) {
      release(claim);
      return false;
    }
    taken.set(from, to);
    own.put(from, claim);
    return true;
  }

  private void release(Claim claim) {
    try {
      claim.lock.release();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unlock rows in " + directory, e);
    }
  }

  @Override
  public double[] parameters(int row) {
    return drawn[row].clone();
  }

  @Override
  public void put(int row, double @Nullable [] x) {
    if (x == null || x.length == 0) {
      fail(row, Kind.FAILED, "the simulator returned " + (x == null ? "null" : "no values"), null);
      return;
    }
    try {
      writer.put(row, drawn[row], x);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  @Override
  public void fail(int row, Kind kind, String message, @Nullable Throwable cause) {
    SimulationFailure failure = new SimulationFailure(row, drawn[row], kind, message, cause);
    synchronized (this) {
      failures++;
      firstFailure = firstFailure == null ? failure : firstFailure;
    }
    try {
      writer.fail(failure);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  @Override
  public synchronized int failureCount() {
    return failures;
  }

  @Override
  public synchronized @Nullable SimulationFailure firstFailure() {
    return firstFailure;
  }

  /** Acknowledges the rows that were put so far; called by one thread at a time. */
  void sync() {
    int[] rows;
    try {
      rows = writer.sync();
    } catch (IOException e) {
      throw cannotWrite(e);
    }
    synchronized (this) {
      Map.Entry<Integer, Claim> entry = null;
      for (int row : rows) {
        there.set(row);
        drawn[row] = null;
        if (entry == null || row < entry.getKey() || row >= entry.getValue().to) {
          entry = own.floorEntry(row);
        }
        if (--entry.getValue().open == 0) {
          release(entry.getValue());
          own.remove(entry.getKey());
          entry = null;
        }
      }
    }
    if (rows.length > 0) {
      acknowledged.accept(rows);
    }
  }

  private UncheckedIOException cannotWrite(IOException cause) {
    return new UncheckedIOException(
        "cannot write to the campaign in "
            + directory
            + ": "
            + cause.getMessage()
            + "; acknowledged rows are safe, and the next run goes on from them",
        cause);
  }

  /** Ends this part of the campaign; its claims that are left go to others. */
  @Override
  public void close() throws IOException {
    try {
      writer.close();
    } finally {
      claims.close();
    }
  }
}
