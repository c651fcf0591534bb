package io.github.sbi4j.flows.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Files that were changed on purpose, with a valid checksum. */
final class Forged {
  private Forged() {}

  static int headerLength(byte[] file) {
    return (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /** A header and nothing else, without a checksum. */
  static byte[] header(String json) {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .array();
  }

  /** A file with another header. */
  static byte[] replaceHeader(byte[] good, UnaryOperator<String> change) {
    int length = headerLength(good);
    byte[] header = header(change.apply(new String(good, 8, length, StandardCharsets.UTF_8)));
    byte[] file = Arrays.copyOf(header, header.length + good.length - length - 8);
    System.arraycopy(good, 8 + length, file, header.length, good.length - length - 8);
    SafeTensors.sign(file);
    return file;
  }

  /** A file with other settings, in which one text stands in the place of another. */
  static byte[] with(byte[] good, String setting, String other) {
    return replaceHeader(
        good,
        json -> {
          Fields header = Fields.parse(json, "");
          Fields metadata = header.object("__metadata__");
          String settings = metadata.string("sbi4j");
          assertThat(settings).contains(setting);
          metadata.put("sbi4j", settings.replace(setting, other));
          return header.toJson();
        });
  }
}
