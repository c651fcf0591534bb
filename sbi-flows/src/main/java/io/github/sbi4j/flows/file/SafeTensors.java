package io.github.sbi4j.flows.file;

import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.tensor.Engine;
import io.github.sbi4j.flows.tensor.Parameter;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import io.github.sbi4j.flows.tensor.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** The bytes of a file: settings as JSON and the weights of each member of a mixture. */
final class SafeTensors {
  private static final int ALIGNMENT = 8;
  private static final String METADATA = "__metadata__";
  private static final String DIGEST = "sha256";
  private static final String SETTINGS = "sbi4j";

  /** What every file of ours has after its length. */
  private static final byte[] PREFIX =
      ("{\"" + METADATA + "\":{\"" + DIGEST + "\":\"").getBytes(StandardCharsets.UTF_8);

  private static final int DIGEST_START = Long.BYTES + PREFIX.length;
  private static final int DIGEST_LENGTH = 64;

  private final Fields settings;
  private final Fields index;
  private final ByteBuffer data;

  private SafeTensors(Fields settings, Fields index, ByteBuffer data) {
    this.settings = settings;
    this.index = index;
    this.data = data;
  }

  /** The whole file. */
  static byte[] encode(Fields settings, ParameterLayout layout, List<float[]> members) {
    Fields metadata = Fields.empty();
    metadata.put(DIGEST, "0".repeat(DIGEST_LENGTH)).put(SETTINGS, settings.toJson());
    Fields header = Fields.empty().put(METADATA, metadata);
    Fields index = index(layout, members.size());
    index.names().forEach(name -> header.put(name, index.object(name)));
    byte[] json = header.toJson().getBytes(StandardCharsets.UTF_8);
    int padding = Math.floorMod(-json.length, ALIGNMENT);
    long dataBytes = (long) Float.BYTES * layout.size() * members.size();
    long total = Long.BYTES + json.length + padding + dataBytes;
    if (total > Integer.MAX_VALUE - ALIGNMENT) {
      throw new IllegalStateException(
          "it takes " + total + " bytes, more than the 2 GiB that a file may have");
    }
    ByteBuffer file = ByteBuffer.allocate((int) total).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(json.length + (long) padding)
        .put(json)
        .put(" ".repeat(padding).getBytes(StandardCharsets.UTF_8));
    for (float[] member : members) {
      for (float value : member) {
        if (!Float.isFinite(value)) {
          throw new IllegalStateException(
              "weights are not all finite, so that the networks cannot be used or saved; look at"
                  + " the training report");
        }
      }
      file.asFloatBuffer().put(member);
      file.position(file.position() + Float.BYTES * member.length);
    }
    byte[] bytes = file.array();
    sign(bytes);
    return bytes;
  }

  /** Puts the digest of a file into its place. */
  static void sign(byte[] file) {
    digest(file).get(file, DIGEST_START, DIGEST_LENGTH);
  }

  /** Takes a file apart, whatever it is. */
  static SafeTensors decode(byte[] file) {
    int compared = Math.min(file.length, DIGEST_START);
    if (compared <= Long.BYTES
        || !Arrays.equals(file, Long.BYTES, compared, PREFIX, 0, compared - Long.BYTES)) {
      throw foreign(file);
    }
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long length = buffer.getLong();
    if (length < 0 || length > buffer.remaining()) {
      throw new SavedFileException(
          String.format(
              Locale.ROOT,
              "it is cut short or damaged: its header should have %d bytes, %d follow",
              length,
              buffer.remaining()));
    }
    if (length < PREFIX.length + DIGEST_LENGTH) {
      throw new SavedFileException(
          String.format(Locale.ROOT, "it is damaged: its header has %d bytes, too few", length));
    }
    Fields header = Fields.parse(text(file, (int) length), "the header, which is damaged,");
    Fields metadata = header.object(METADATA);
    header.remove(METADATA);
    ByteBuffer data = buffer.slice(Long.BYTES + (int) length, buffer.remaining() - (int) length);
    checkLength(header, data.remaining());
    if (!digest(file).equals(ByteBuffer.wrap(file, DIGEST_START, DIGEST_LENGTH))) {
      throw new SavedFileException(
          "it is damaged: its checksum is not that of its content, which has changed since it was"
              + " saved");
    }
    return new SafeTensors(Fields.parse(metadata.string(SETTINGS), ""), header, data);
  }

  Fields settings() {
    return settings;
  }

  /** The number of weights of each of a number of members, if there are that many. */
  long weights(int members) {
    return members < 1 ? 0 : data.limit() / ((long) Float.BYTES * members);
  }

  /** The weights of each member on a device, if names and shapes are those of a layout. */
  List<Weights> members(ParameterLayout layout, int count, Device device) {
    Engine engine = device.engine();
    return members(layout, count).stream().map(values -> engine.weights(layout, values)).toList();
  }

  private List<float[]> members(ParameterLayout layout, int count) {
    long expected = (long) layout.parameters().size() * count;
    List<String> present = index.names();
    if (present.size() != expected) {
      throw new SavedFileException(
          String.format(
              Locale.ROOT,
              "it has %d matrices of weights, but its settings ask for %d in each of %d networks",
              present.size(),
              layout.parameters().size(),
              count));
    }
    Fields wanted = index(layout, count);
    for (String name : wanted.names()) {
      if (!index.has(name)) {
        throw new SavedFileException("it has no weights " + name + ", which its settings ask for");
      }
      if (!index.object(name).equals(wanted.object(name))) {
        throw new SavedFileException(
            String.format(
                Locale.ROOT,
                "its weights %s are %s, but its settings ask for %s",
                name,
                index.object(name),
                wanted.object(name)));
      }
    }
    List<float[]> members = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      float[] values = new float[layout.size()];
      int start = Float.BYTES * layout.size() * k;
      data.slice(start, Float.BYTES * values.length)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(values);
      checkValues(values, layout, k);
      members.add(values);
    }
    return members;
  }

  /** Where the weights lie: their names, shapes and places in the data. */
  private static Fields index(ParameterLayout layout, int members) {
    Fields index = Fields.empty();
    for (int k = 0; k < members; k++) {
      long base = (long) layout.size() * k;
      for (Parameter p : layout.parameters()) {
        long begin = Float.BYTES * (base + p.offset());
        Fields entry =
            Fields.empty().put("dtype", "F32").putIntegers("shape", p.rows(), p.columns());
        entry.putIntegers("data_offsets", begin, begin + (long) Float.BYTES * p.size());
        index.put(name(p, k), entry);
      }
    }
    return index;
  }

  private static String name(Parameter parameter, int member) {
    return "member." + member + "." + parameter.name();
  }

  private static void checkValues(float[] values, ParameterLayout layout, int member) {
    float[] masks = layout.masks();
    for (Parameter p : layout.parameters()) {
      for (int i = p.offset(); i < p.offset() + p.size(); i++) {
        if (!Float.isFinite(values[i]) || (masks[i] == 0 && values[i] != 0)) {
          throw new SavedFileException(
              String.format(
                  Locale.ROOT,
                  "value %d of its weights %s is %s, expected %s",
                  i - p.offset(),
                  name(p, member),
                  values[i],
                  masks[i] == 0
                      ? "zero, as its network has no such connection"
                      : "a finite number"));
        }
      }
    }
  }

  private static void checkLength(Fields index, int actual) {
    long expected = 0;
    for (String name : index.names()) {
      for (long offset : index.object(name).integers("data_offsets")) {
        expected = Math.max(expected, offset);
      }
    }
    if (actual < expected) {
      throw new SavedFileException(
          String.format(
              Locale.ROOT,
              "it is cut short: its weights should have %d bytes, %d are there",
              expected,
              actual));
    }
    if (actual > expected) {
      throw new SavedFileException(
          String.format(
              Locale.ROOT, "%d bytes follow its end, where none should be", actual - expected));
    }
  }

  /** The digits of the digest of a file, as if its own were zeros. */
  private static ByteBuffer digest(byte[] file) {
    MessageDigest digest = Digests.sha256();
    int end = DIGEST_START + DIGEST_LENGTH;
    digest.update(file, 0, DIGEST_START);
    digest.update("0".repeat(DIGEST_LENGTH).getBytes(StandardCharsets.UTF_8));
    digest.update(file, end, file.length - end);
    String digits = HexFormat.of().formatHex(digest.digest());
    return ByteBuffer.wrap(digits.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] file, int length) {
    return new String(file, Long.BYTES, length, StandardCharsets.UTF_8);
  }

  private static SavedFileException foreign(byte[] file) {
    String problem = "it is not a file that sbi4j saved";
    if (file.length == 0) {
      return new SavedFileException(problem + ": it is empty");
    }
    if (file.length > Long.BYTES) {
      long length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (length > 0 && length <= file.length - Long.BYTES && file[Long.BYTES] == '{') {
        try {
          Fields header = Fields.parse(text(file, (int) length), "the header");
          boolean ours = header.has(METADATA) && header.object(METADATA).has(SETTINGS);
          return new SavedFileException(
              ours
                  ? "it is damaged: its header is not as sbi4j wrote it"
                  : problem + ": it is a safetensors file without the metadata key " + SETTINGS);
        } catch (SavedFileException e) {
          return new SavedFileException(problem + ", or it is damaged", e);
        }
      }
    }
    return new SavedFileException(problem + ": its first bytes are not those of its format");
  }
}
