package io.github.sbi4j.core.campaign;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * The layout of a file of rows: a header, then records of one size, all in little endian.
 *
 * <p>The header is magic, version, D, L, 8 bytes of the campaign, zeros and a checksum, 64 bytes. A
 * record is a checksum of the rest, the row with a sign bit that says whether an observed value is
 * not finite, D parameters and L observed values, (8 + 8 D + 8 L) bytes.
 *
 * @param parameters D
 * @param observations L
 */
record RowFormat(int parameters, int observations) {
  static final int HEADER_BYTES = 64;
  private static final long MAGIC = 0x31574F524A344253L; // "SB4JROW1"
  private static final int VERSION = 1;
  private static final int CHECKED_BYTES = HEADER_BYTES - Integer.BYTES;
  private static final int LARGEST = 1 << 27;

  RowFormat {
    if (parameters < 1 || observations < 1 || (long) parameters + observations > LARGEST) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a row of %d parameters and %d observed values, expected at least one of each, and"
                  + " at most %d in all",
              parameters,
              observations,
              LARGEST));
    }
  }

  /** The number of bytes of a record. */
  int stride() {
    return Double.BYTES * (1 + parameters + observations);
  }

  ByteBuffer header(long campaign) {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(MAGIC).putInt(VERSION).putInt(parameters).putInt(observations).putLong(campaign);
    bytes.putInt(CHECKED_BYTES, checksum(bytes.array(), 0, CHECKED_BYTES));
    return bytes.rewind();
  }

  /**
   * Reads a header.
   *
   * @param bytes the first 64 bytes of a file
   * @param campaign the campaign that it has to belong to
   * @param file its name, for messages
   */
  static RowFormat parse(byte[] bytes, long campaign, String file) {
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (header.getLong(0) != MAGIC
        || header.getInt(CHECKED_BYTES) != checksum(bytes, 0, CHECKED_BYTES)) {
      throw new IllegalStateException(
          file
              + " is damaged: its header does not fit its checksum; restore it, or delete it so that"
              + " its rows are simulated again");
    }
    if (header.getInt(8) != VERSION || header.getLong(20) != campaign) {
      throw new IllegalStateException(
          file + " belongs to another campaign, or to another version of sbi4j; take it away");
    }
    return new RowFormat(header.getInt(12), header.getInt(16));
  }

  /** Writes a record at the position of a buffer that has room for it. */
  void put(ByteBuffer buffer, int row, double[] theta, double[] x, boolean finite) {
    int start = buffer.position();
    buffer.putInt(0).putInt(finite ? row : row | Integer.MIN_VALUE);
    for (double value : theta) {
      buffer.putDouble(value);
    }
    for (double value : x) {
      buffer.putDouble(value);
    }
    buffer.putInt(start, recordChecksum(buffer.array(), start));
  }

  /** Whether the record that begins at an offset fits its checksum. */
  boolean isIntact(byte[] bytes, int offset) {
    int stored =
        (bytes[offset] & 0xff)
            | (bytes[offset + 1] & 0xff) << 8
            | (bytes[offset + 2] & 0xff) << 16
            | bytes[offset + 3] << 24;
    return stored == recordChecksum(bytes, offset);
  }

  private int recordChecksum(byte[] bytes, int offset) {
    return checksum(bytes, offset + Integer.BYTES, stride() - Integer.BYTES);
  }

  private static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
