package io.github.sbi4j.flows.file;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A JSON object that is written and read field by field; what is missing or of the wrong type is
 * named in a {@link SavedFileException}.
 *
 * <p>Doubles come back bit for bit; the ones that JSON lacks are strings.
 */
final class Fields {
  private final JsonObject object;
  private final String place;

  private Fields(JsonObject object, String place) {
    this.object = object;
    this.place = place;
  }

  /** An object without fields. */
  static Fields empty() {
    return new Fields(new JsonObject(), "");
  }

  /** The object that a text holds. */
  static Fields parse(String json, String place) {
    try {
      return new Fields(JsonParser.parseString(json).getAsJsonObject(), place);
    } catch (JsonParseException | IllegalStateException | NumberFormatException e) {
      throw new SavedFileException(place + " is not a JSON object", e);
    }
  }

  /**
   * Runs what makes an object of these fields, so that values it refuses are a fault of the file.
   */
  <T> T build(Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw new SavedFileException(place() + " is not valid: " + e.getMessage(), e);
    }
  }

  String toJson() {
    return object.toString();
  }

  /** Where in the file this object stands, for messages. */
  String place() {
    return place.isEmpty() ? "the header" : place;
  }

  boolean has(String name) {
    return object.has(name);
  }

  Fields remove(String name) {
    object.remove(name);
    return this;
  }

  List<String> names() {
    return List.copyOf(object.keySet());
  }

  Fields put(String name, String value) {
    object.addProperty(name, value);
    return this;
  }

  Fields put(String name, long value) {
    object.addProperty(name, value);
    return this;
  }

  Fields put(String name, double value) {
    object.add(name, toJson(value));
    return this;
  }

  Fields put(String name, double[] values) {
    JsonArray array = new JsonArray();
    for (double value : values) {
      array.add(toJson(value));
    }
    object.add(name, array);
    return this;
  }

  Fields put(String name, Fields value) {
    object.add(name, value.object);
    return this;
  }

  Fields putStrings(String name, List<String> values) {
    JsonArray array = new JsonArray();
    values.forEach(array::add);
    object.add(name, array);
    return this;
  }

  Fields putIntegers(String name, long... values) {
    JsonArray array = new JsonArray();
    for (long value : values) {
      array.add(value);
    }
    object.add(name, array);
    return this;
  }

  Fields putAll(String name, List<Fields> values) {
    JsonArray array = new JsonArray();
    values.forEach(value -> array.add(value.object));
    object.add(name, array);
    return this;
  }

  String string(String name) {
    return string(element(name), at(name));
  }

  int integer(String name) {
    long value = integer64(name);
    if (value != (int) value) {
      throw wrong(at(name), "a 32-bit integer", element(name));
    }
    return (int) value;
  }

  long integer64(String name) {
    return integer(element(name), at(name));
  }

  double number(String name) {
    return number(element(name), at(name));
  }

  Fields object(String name) {
    return object(element(name), at(name));
  }

  double[] numbers(String name) {
    List<Double> values = new ArrayList<>();
    forEach(name, element -> values.add(number(element, at(name))));
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  long[] integers(String name) {
    List<Long> values = new ArrayList<>();
    forEach(name, element -> values.add(integer(element, at(name))));
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  List<String> strings(String name) {
    List<String> values = new ArrayList<>();
    forEach(name, element -> values.add(string(element, at(name))));
    return values;
  }

  List<Fields> objects(String name) {
    List<Fields> values = new ArrayList<>();
    forEach(name, element -> values.add(object(element, at(name) + "[" + values.size() + "]")));
    return values;
  }

  private void forEach(String name, Consumer<JsonElement> action) {
    if (!(element(name) instanceof JsonArray array)) {
      throw wrong(at(name), "a list", element(name));
    }
    array.forEach(action);
  }

  private JsonElement element(String name) {
    JsonElement element = object.get(name);
    if (element == null) {
      throw new SavedFileException(place() + " has no field " + name);
    }
    return element;
  }

  private String at(String name) {
    return place.isEmpty() ? name : place + "." + name;
  }

  private static JsonPrimitive toJson(double value) {
    return Double.isFinite(value)
        ? new JsonPrimitive(value)
        : new JsonPrimitive(Double.toString(value));
  }

  private static String string(JsonElement element, String place) {
    if (element instanceof JsonPrimitive primitive && primitive.isString()) {
      return primitive.getAsString();
    }
    throw wrong(place, "a string", element);
  }

  private static Fields object(JsonElement element, String place) {
    if (element instanceof JsonObject object) {
      return new Fields(object, place);
    }
    throw wrong(place, "an object", element);
  }

  private static long integer(JsonElement element, String place) {
    if (element instanceof JsonPrimitive primitive && primitive.isNumber()) {
      try {
        return Long.parseLong(primitive.getAsString());
      } catch (NumberFormatException e) {
        throw wrong(place, "an integer", element);
      }
    }
    throw wrong(place, "an integer", element);
  }

  private static double number(JsonElement element, String place) {
    if (element instanceof JsonPrimitive primitive && !primitive.isBoolean()) {
      String text = primitive.getAsString();
      boolean named = List.of("NaN", "Infinity", "-Infinity").contains(text);
      if (primitive.isNumber() || named) {
        try {
          return Double.parseDouble(text);
        } catch (NumberFormatException e) {
          throw wrong(place, "a number", element);
        }
      }
    }
    throw wrong(place, "a number", element);
  }

  private static SavedFileException wrong(String place, String expected, JsonElement actual) {
    String text = actual.toString();
    String shown = text.length() > 50 ? text.substring(0, 50) + "..." : text;
    return new SavedFileException(place + " is " + shown + ", expected " + expected);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fields that && object.equals(that.object);
  }

  @Override
  public int hashCode() {
    return object.hashCode();
  }

  @Override
  public String toString() {
    return toJson();
  }
}
