package io.github.sbi4j.core.campaign;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file of rows, read as it grows.
 *
 * <p>A record that does not fit its checksum is damaged if another one follows. At the end of the
 * file it may be one that is being written, or that was when its process was killed: it is looked
 * at again the next time.
 */
final class RowFile implements ScannedFile {
  private static final int BUFFER_BYTES = 1 << 20;

  private final Path path;
  private final int number;
  private @Nullable RowFormat format;
  private int records;
  private int damaged;

  RowFile(Path path, int number) {
    this.path = path;
    this.number = number;
  }

  /** Hears of a record. */
  interface Found {
    void accept(int row, int record, boolean finite);
  }

  @Override
  public int damaged() {
    return damaged;
  }

  /** The number of the file among those of its index. */
  int number() {
    return number;
  }

  /** The number of observed values of its rows, L; 0 while it has none. */
  int observations() {
    return format == null ? 0 : format.observations();
  }

  void scan(long campaign, int parameters, Found found) throws IOException {
    // Not a channel: the thread may be interrupted, which would close it.
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      long length = file.length();
      if (length < RowFormat.HEADER_BYTES) {
        return;
      }
      RowFormat own = format;
      if (own == null) {
        byte[] header = new byte[RowFormat.HEADER_BYTES];
        file.readFully(header);
        own = RowFormat.parse(header, campaign, path.toString());
        if (own.parameters() != parameters) {
          throw new IllegalStateException(
              String.format(
                  Locale.ROOT,
                  "%s has %d parameters, but the campaign %d; take it away",
                  path,
                  own.parameters(),
                  parameters));
        }
        format = own;
      }
      scan(file, own, (int) ((length - RowFormat.HEADER_BYTES) / own.stride()), found);
    }
  }

  private void scan(RandomAccessFile file, RowFormat own, int end, Found found) throws IOException {
    int stride = own.stride();
    byte[] bytes =
        new byte
            [(int)
                Math.min(
                    (long) stride * (end - records),
                    Math.max(stride, BUFFER_BYTES / stride * stride))];
    int first = records;
    int misfits = 0;
    for (int from = first; from < end; ) {
      int count = Math.min(end - from, bytes.length / stride);
      file.seek(RowFormat.HEADER_BYTES + (long) from * stride);
      file.readFully(bytes, 0, count * stride);
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < count; i++) {
        if (own.isIntact(bytes, i * stride)) {
          int row = buffer.getInt(i * stride + Integer.BYTES);
          found.accept(row & Integer.MAX_VALUE, from + i, row >= 0);
          damaged += misfits;
          misfits = 0;
          records = from + i + 1;
        } else {
          misfits++;
        }
      }
      from += count;
    }
  }

  /** The values of all records as they lie in the file, mapped into memory. */
  DoubleBuffer map() throws IOException {
    if (format == null || records == 0) {
      return DoubleBuffer.allocate(0);
    }
    long size = (long) records * format.stride();
    boolean interrupted = Thread.interrupted();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return channel
          .map(FileChannel.MapMode.READ_ONLY, RowFormat.HEADER_BYTES, size)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asDoubleBuffer();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
