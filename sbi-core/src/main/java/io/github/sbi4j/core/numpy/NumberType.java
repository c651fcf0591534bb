package io.github.sbi4j.core.numpy;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A type of NumPy's numbers, as doubles. Integers beyond 2^53 are rounded. */
@FunctionalInterface
interface NumberType {
  double next(ByteBuffer bytes);

  /** The type of a kind and a number of bytes, or null if it is not known. */
  static @Nullable NumberType of(String kind, int bytes) {
    return switch (kind + bytes) {
      case "f8" -> ByteBuffer::getDouble;
      case "f4" -> ByteBuffer::getFloat;
      case "i8" -> ByteBuffer::getLong;
      case "i4" -> ByteBuffer::getInt;
      case "i2" -> ByteBuffer::getShort;
      case "i1" -> ByteBuffer::get;
      case "u8" -> buffer -> unsigned(buffer.getLong());
      case "u4" -> buffer -> Integer.toUnsignedLong(buffer.getInt());
      case "u2" -> buffer -> Short.toUnsignedInt(buffer.getShort());
      case "u1", "b1" -> buffer -> Byte.toUnsignedInt(buffer.get());
      default -> null;
    };
  }

  private static double unsigned(long bits) {
    // Halved with the last bit kept for rounding, where the sign bit is set.
    return bits >= 0 ? bits : 2.0 * ((bits >>> 1) | (bits & 1));
  }
}
