package io.github.sbi4j.core.numpy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads one array in the format NPY, of any version. */
final class NpyReader {
  private static final Pattern TYPE =
      Pattern.compile("'descr'\\s*:\\s*'([<>|=]?)([a-zA-Z])(\\d*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d,\\s]*)\\)");
  private static final int MAX_HEADER = 1 << 20;
  private static final int MAX_SIZE = Integer.MAX_VALUE - 8;

  private final InputStream in;
  private final String name;

  /** The name is for messages. */
  NpyReader(InputStream in, String name) {
    this.in = in;
    this.name = name;
  }

  NumpyArray read() throws IOException {
    try {
      String header = header();
      Matcher type = TYPE.matcher(header);
      Matcher order = ORDER.matcher(header);
      Matcher shape = SHAPE.matcher(header);
      if (!type.find()) {
        throw unusable("has elements that are records or the like", header);
      }
      if (!order.find() || !shape.find()) {
        throw unusable("has a header that is not NumPy's", header);
      }
      return elements(type, order.group(1).equals("True"), shape(shape.group(1)));
    } catch (EOFException e) {
      throw new IllegalArgumentException(name + " ends before its array does; it is cut off", e);
    }
  }

  private String header() throws IOException {
    byte[] start = bytes(NpyWriter.MAGIC.length + 2);
    if (!Arrays.equals(NpyWriter.MAGIC, Arrays.copyOf(start, NpyWriter.MAGIC.length))) {
      throw new IllegalArgumentException(name + " is no array of NumPy");
    }
    boolean first = start[NpyWriter.MAGIC.length] == 1;
    ByteBuffer length = ByteBuffer.wrap(bytes(first ? 2 : 4)).order(ByteOrder.LITTLE_ENDIAN);
    long size = first ? length.getShort() & 0xFFFF : length.getInt() & 0xFFFFFFFFL;
    if (size > MAX_HEADER) {
      throw new IllegalArgumentException(
          name + " has a header of " + size + " bytes, which is not NumPy's");
    }
    return new String(bytes((int) size), StandardCharsets.UTF_8);
  }

  private static int[] shape(String text) {
    return Stream.of(text.split(","))
        .map(String::strip)
        .filter(length -> !length.isEmpty())
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  private NumpyArray elements(Matcher type, boolean columnsFirst, int[] shape) throws IOException {
    long size = 1;
    for (int length : shape) {
      size = Math.multiplyExact(size, length);
      if (size > MAX_SIZE) {
        throw new IllegalArgumentException(
            name
                + " has the shape "
                + Arrays.toString(shape)
                + ", more than 2^31 elements; split it");
      }
    }
    boolean big = type.group(1).equals(">");
    ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    int width = type.group(3).isEmpty() ? 0 : Integer.parseInt(type.group(3));
    if (type.group(2).equals("U")) {
      String[] text = new String[(int) size];
      for (int i = 0; i < text.length; i++) {
        text[i] = text(ByteBuffer.wrap(bytes(Math.multiplyExact(4, width))).order(order), width);
      }
      String[] ordered = text.clone();
      for (int i = 0; columnsFirst && i < text.length; i++) {
        ordered[rowFirst(i, shape)] = text[i];
      }
      return NumpyArray.ofText(List.of(ordered), shape);
    }
    NumberType numbers = NumberType.of(type.group(2), width);
    if (numbers == null) {
      throw unusable(
          "has elements of the type " + type.group(1) + type.group(2) + type.group(3),
          "numbers are of the types f8, f4, i1 to i8, u1 to u8 and b1, text is U");
    }
    double[] values = new double[(int) size];
    int each = 1 << 13;
    for (int from = 0; from < values.length; from += each) {
      int to = Math.min(values.length, from + each);
      ByteBuffer chunk = ByteBuffer.wrap(bytes((to - from) * width)).order(order);
      for (int i = from; i < to; i++) {
        values[columnsFirst ? rowFirst(i, shape) : i] = numbers.next(chunk);
      }
    }
    return NumpyArray.of(values, shape);
  }

  /** Where an element stands if the last index runs fastest, of where it does if the first does. */
  private static int rowFirst(int index, int[] shape) {
    int rest = index;
    int place = 0;
    int stride = 1;
    for (int k = 1; k < shape.length; k++) {
      stride *= shape[k];
    }
    for (int k = 0; k < shape.length; k++) {
      place += rest % shape[k] * stride;
      rest /= shape[k];
      stride /= k + 1 < shape.length ? shape[k + 1] : 1;
    }
    return place;
  }

  private static String text(ByteBuffer characters, int width) {
    StringBuilder text = new StringBuilder();
    int zeros = 0; // those at the end are padding
    for (int i = 0; i < width; i++) {
      int character = characters.getInt();
      if (character == 0) {
        zeros++;
      } else {
        text.append("\0".repeat(zeros)).appendCodePoint(character);
        zeros = 0;
      }
    }
    return text.toString();
  }

  private byte[] bytes(int count) throws IOException {
    byte[] read = in.readNBytes(count);
    if (read.length < count) {
      throw new EOFException();
    }
    return read;
  }

  private IllegalArgumentException unusable(String what, String detail) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s %s (%s); convert it in Python by .astype(\"float64\")",
            name,
            what,
            detail.strip()));
  }
}
