package io.github.sbi4j.core.process;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines that go to a worker and come from it; {@link ProcessSimulator} documents them. */
final class Protocol {
  /** The version that a worker has to speak. */
  static final int VERSION = 1;

  private Protocol() {}

  /** What a worker says first. */
  record Greeting(int version, @Nullable List<String> names) {}

  /** What a worker answers: values, or an error in place of them. */
  record Answer(long id, double @Nullable [] result, @Nullable String error) {}

  /** A line that is not what the protocol asks for. */
  static final class BadLineException extends Exception {
    private static final long serialVersionUID = 1;

    BadLineException(String message) {
      super(message);
    }
  }

  static String request(long id, double[] parameters, long seed) {
    StringBuilder line = new StringBuilder(64 + 20 * parameters.length);
    line.append("{\"id\":").append(id).append(",\"parameters\":[");
    for (int d = 0; d < parameters.length; d++) {
      line.append(d == 0 ? "" : ",").append(parameters[d]);
    }
    return line.append("],\"seed\":").append(seed).append("}\n").toString();
  }

  /** The greeting in a line, or null if it is something else, a banner say. */
  static @Nullable Greeting greeting(String line) {
    try (JsonReader reader = reader(line)) {
      Integer version = null;
      List<String> names = null;
      reader.beginObject();
      while (reader.hasNext()) {
        switch (reader.nextName()) {
          case "sbi4j" -> version = reader.nextInt();
          case "names" -> names = strings(reader);
          default -> reader.skipValue();
        }
      }
      return version == null ? null : new Greeting(version, names);
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      return null;
    }
  }

  static Answer answer(String line) throws BadLineException {
    try (JsonReader reader = reader(line)) {
      Long id = null;
      double[] result = null;
      String error = null;
      reader.beginObject();
      while (reader.hasNext()) {
        switch (reader.nextName()) {
          case "id" -> id = reader.nextLong();
          case "result" -> result = numbers(reader);
          case "error" -> error = reader.nextString();
          default -> reader.skipValue();
        }
      }
      reader.endObject();
      if (id == null || (result == null) == (error == null)) {
        throw new BadLineException("expected an id, and either a result or an error");
      }
      requireEnd(reader);
      return new Answer(id, result, error);
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw new BadLineException("expected an object of JSON with numbers in its result");
    }
  }

  /** The numbers of a document that is an array, or an object with an array named result. */
  static double[] document(String text) throws BadLineException {
    try (JsonReader reader = reader(text)) {
      double[] result = null;
      if (reader.peek() == JsonToken.BEGIN_ARRAY) {
        result = numbers(reader);
      } else {
        reader.beginObject();
        while (reader.hasNext()) {
          if (reader.nextName().equals("result")) {
            result = numbers(reader);
          } else {
            reader.skipValue();
          }
        }
        reader.endObject();
      }
      requireEnd(reader);
      if (result != null) {
        return result;
      }
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      // The same message for all that is no array of numbers.
    }
    throw new BadLineException(
        "expected an array of numbers, or an object with such an array named result");
  }

  private static void requireEnd(JsonReader reader) throws IOException, BadLineException {
    if (reader.peek() != JsonToken.END_DOCUMENT) {
      throw new BadLineException("expected nothing after the first object or array");
    }
  }

  /** NaN and Infinity are not JSON, but most writers give them. */
  private static JsonReader reader(String text) {
    JsonReader reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.LENIENT);
    return reader;
  }

  /** An array of numbers in which null, as some writers give NaN, is NaN. */
  private static double[] numbers(JsonReader reader) throws IOException {
    double[] values = new double[8];
    int count = 0;
    reader.beginArray();
    while (reader.hasNext()) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      if (reader.peek() == JsonToken.NULL) {
        reader.nextNull();
        values[count++] = Double.NaN;
      } else {
        values[count++] = reader.nextDouble();
      }
    }
    reader.endArray();
    return Arrays.copyOf(values, count);
  }

  private static @Nullable List<String> strings(JsonReader reader) throws IOException {
    if (reader.peek() == JsonToken.NULL) {
      reader.nextNull();
      return null;
    }
    List<String> values = new ArrayList<>();
    reader.beginArray();
    while (reader.hasNext()) {
      values.add(reader.nextString());
    }
    reader.endArray();
    return List.copyOf(values);
  }
}
