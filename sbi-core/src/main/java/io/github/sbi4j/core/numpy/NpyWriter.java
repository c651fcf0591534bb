package io.github.sbi4j.core.numpy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Writes one array in the format NPY, version 1.0.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">NumPy's
 *     description</a>
 */
final class NpyWriter {
  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;
  private static final int BUFFER = 1 << 16;

  private final NumpyArray array;
  private final boolean single;
  private final int width; // of text, in characters

  NpyWriter(NumpyArray array, boolean single) {
    this.array = array;
    this.single = single;
    this.width =
        array.isText()
            ? array.text().stream().mapToInt(s -> s.codePointCount(0, s.length())).max().orElse(0)
            : 0;
  }

  /** The number of bytes. */
  long size() {
    return header().length + (long) array.size() * itemSize();
  }

  private int itemSize() {
    return array.isText() ? Integer.BYTES * width : single ? Float.BYTES : Double.BYTES;
  }

  void write(OutputStream out) throws IOException {
    out.write(header());
    ByteBuffer buffer =
        ByteBuffer.allocate(Math.max(BUFFER, itemSize())).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < array.size(); i++) {
      if (buffer.remaining() < itemSize()) {
        flush(buffer, out);
      }
      put(buffer, i);
    }
    flush(buffer, out);
  }

  private void put(ByteBuffer buffer, int i) {
    if (array.isText()) {
      int[] characters = array.text().get(i).codePoints().toArray();
      for (int character : Arrays.copyOf(characters, width)) {
        buffer.putInt(character);
      }
    } else if (single) {
      buffer.putFloat((float) array.values()[i]);
    } else {
      buffer.putDouble(array.values()[i]);
    }
  }

  private static void flush(ByteBuffer buffer, OutputStream out) throws IOException {
    out.write(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  private byte[] header() {
    String type = array.isText() ? "<U" + width : single ? "<f4" : "<f8";
    String shape =
        Arrays.stream(array.shape()).mapToObj(n -> n + ",").collect(Collectors.joining(" "));
    String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }";
    int prefix = MAGIC.length + 4;
    int length = (prefix + text.length() + ALIGNMENT) / ALIGNMENT * ALIGNMENT;
    ByteBuffer header = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    header.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (length - prefix));
    header.put(text.getBytes(StandardCharsets.US_ASCII));
    while (header.remaining() > 1) {
      header.put((byte) ' ');
    }
    return header.put((byte) '\n').array();
  }
}
