package io.github.sbi4j.core.campaign;

import io.github.sbi4j.core.simulation.SimulationFailure;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows to files of its own, which nobody else writes to. Rows may be given by many threads.
 *
 * <p>A row is acknowledged by the {@link #sync} after it: written, and forced to the disk.
 *
 * <p>Streams and not channels, because an interrupt of a thread that simulates would close a
 * channel.
 */
final class RowWriter implements AutoCloseable {
  static final String ROWS = ".rows";
  private static final int BUFFER_BYTES = 1 << 18;

  private final Path directory;
  private final long campaign;
  private final int parameters;
  private final long largestFile;
  private final String name = UUID.randomUUID().toString();
  private final List<FileOutputStream> full = new ArrayList<>();
  private final AsideWriter aside;
  private ByteBuffer buffer = ByteBuffer.allocate(0);
  private @Nullable RowFormat format;
  private @Nullable FileOutputStream file;
  private long written;
  private int files;
  private int forcedFiles;
  private @Nullable IOException broken;
  private RowList unacknowledged = new RowList();

  /** Files end before they are larger than the given number of bytes. */
  RowWriter(Path directory, long campaign, int parameters, long largestFile) {
    this.directory = directory;
    this.campaign = campaign;
    this.parameters = parameters;
    this.largestFile = largestFile;
    this.aside = new AsideWriter(directory.resolve(name + AsideWriter.SUFFIX));
  }

  /** Whether a file was made by this writer. */
  boolean owns(String fileName) {
    return fileName.startsWith(name);
  }

  /** Adds a row with an observation, finite or not. */
  void put(int row, double[] theta, double[] x) throws IOException {
    boolean finite = true;
    for (double value : x) {
      finite &= Double.isFinite(value);
    }
    synchronized (this) {
      RowFormat own = format;
      if (own == null) {
        own = new RowFormat(parameters, x.length);
        format = own;
        buffer =
            ByteBuffer.allocate(
                    (int) Math.max(own.stride(), Math.min(BUFFER_BYTES, largestFile / 2)))
                .order(ByteOrder.LITTLE_ENDIAN);
      }
      if (x.length != own.observations()) {
        aside.add(AsideRow.ofValues(row, theta, x));
        if (aside.isFull()) {
          flush();
        }
      } else {
        if (buffer.remaining() < own.stride()) {
          flush();
        }
        own.put(buffer, row, theta, x, finite);
      }
      unacknowledged.add(row);
    }
  }

  /** Adds a row that failed. */
  synchronized void fail(SimulationFailure failure) throws IOException {
    aside.add(AsideRow.ofFailure(failure));
    if (aside.isFull()) {
      flush();
    }
    unacknowledged.add(failure.row());
  }

  /**
   * Refuses to go on after an error: what came before it may be half written, and would be
   * acknowledged with what comes after.
   */
  private void requireSound() throws IOException {
    if (broken != null) {
      throw new IOException(broken.getMessage(), broken);
    }
  }

  private IOException broken(IOException cause) {
    broken = cause;
    return cause;
  }

  private void flush() throws IOException {
    requireSound();
    try {
      write();
      aside.flush();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private void write() throws IOException {
    RowFormat own = format;
    if (own == null || buffer.position() == 0) {
      return;
    }
    if (file != null && written + buffer.position() > largestFile) {
      full.add(file);
      file = null;
    }
    FileOutputStream out = file;
    if (out == null) {
      out = new FileOutputStream(directory.resolve(name + "-" + files++ + ROWS).toFile());
      file = out;
      out.write(own.header(campaign).array());
      written = RowFormat.HEADER_BYTES;
    }
    out.write(buffer.array(), 0, buffer.position());
    written += buffer.position();
    buffer.clear();
  }

  /**
   * Writes what is buffered and forces it to the disk; called by one thread at a time.
   *
   * @return the rows that are acknowledged by this
   */
  int[] sync() throws IOException {
    List<FileOutputStream> ended;
    FileOutputStream current;
    RowList rows;
    boolean created;
    synchronized (this) {
      int before = forcedFiles;
      flush();
      forcedFiles = files + (aside.exists() ? 1 : 0);
      created = forcedFiles > before;
      ended = List.copyOf(full);
      full.clear();
      current = file;
      rows = unacknowledged;
      unacknowledged = new RowList();
    }
    if (rows.size() == 0) {
      return new int[0];
    }
    // Not under the lock, so that simulations go on meanwhile.
    try {
      for (FileOutputStream out : ended) {
        out.getFD().sync();
        out.close();
      }
      if (current != null) {
        current.getFD().sync();
      }
      aside.force();
      if (created) {
        Directories.force(directory);
      }
    } catch (IOException e) {
      synchronized (this) {
        throw broken(e);
      }
    }
    return rows.toArray();
  }

  /** Closes the files; what was not acknowledged may be lost. */
  @Override
  public synchronized void close() throws IOException {
    if (file != null) {
      file.close();
    }
    aside.close();
  }
}
