package io.github.sbi4j.analysis.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** As much of JSON Schema as the schema of reports uses; any other keyword is an error. */
final class JsonSchema {
  private static final Set<String> KEYWORDS =
      Set.of(
          "$schema",
          "$defs",
          "$ref",
          "title",
          "description",
          "type",
          "const",
          "enum",
          "required",
          "properties",
          "additionalProperties",
          "items");

  private final JsonObject root;
  private final List<String> problems = new ArrayList<>();

  private JsonSchema(JsonObject root) {
    this.root = root;
  }

  /** Where a value is not as the schema says. */
  static List<String> problems(JsonObject schema, JsonElement value) {
    JsonSchema check = new JsonSchema(schema);
    check.check(schema, value, "$");
    return check.problems;
  }

  private void check(JsonObject schema, JsonElement value, String place) {
    if (!KEYWORDS.containsAll(schema.keySet())) {
      throw new IllegalArgumentException("unknown keyword among " + schema.keySet());
    }
    if (schema.has("$ref")) {
      String name = schema.get("$ref").getAsString().substring("#/$defs/".length());
      check(root.getAsJsonObject("$defs").getAsJsonObject(name), value, place);
      return;
    }
    require(!schema.has("const") || schema.get("const").equals(value), place, value);
    require(!schema.has("enum") || schema.getAsJsonArray("enum").contains(value), place, value);
    require(!schema.has("type") || hasType(schema.get("type"), value), place, value);
    if (value.isJsonObject()) {
      fields(schema, value.getAsJsonObject(), place);
    }
    if (value.isJsonArray() && schema.has("items")) {
      for (JsonElement item : value.getAsJsonArray()) {
        check(schema.getAsJsonObject("items"), item, place + "[]");
      }
    }
  }

  private void fields(JsonObject schema, JsonObject value, String place) {
    if (schema.has("required")) {
      for (JsonElement name : schema.getAsJsonArray("required")) {
        require(value.has(name.getAsString()), place + "." + name.getAsString(), value);
      }
    }
    JsonObject properties =
        schema.has("properties") ? schema.getAsJsonObject("properties") : new JsonObject();
    for (String name : value.keySet()) {
      if (properties.has(name)) {
        check(properties.getAsJsonObject(name), value.get(name), place + "." + name);
      } else {
        JsonElement more = schema.get("additionalProperties");
        require(more != null && more.isJsonObject(), place + "." + name, value);
        if (more != null && more.isJsonObject()) {
          check(more.getAsJsonObject(), value.get(name), place + "." + name);
        }
      }
    }
  }

  private static boolean hasType(JsonElement type, JsonElement value) {
    if (type.isJsonArray()) {
      return type.getAsJsonArray().asList().stream().anyMatch(one -> hasType(one, value));
    }
    boolean primitive = value instanceof JsonPrimitive;
    return switch (type.getAsString()) {
      case "object" -> value.isJsonObject();
      case "array" -> value.isJsonArray();
      case "null" -> value.isJsonNull();
      case "string" -> primitive && value.getAsJsonPrimitive().isString();
      case "number" -> primitive && value.getAsJsonPrimitive().isNumber();
      case "integer" ->
          primitive
              && value.getAsJsonPrimitive().isNumber()
              && value.getAsDouble() == Math.rint(value.getAsDouble());
      default -> throw new IllegalArgumentException("unknown type " + type);
    };
  }

  private void require(boolean holds, String place, JsonElement value) {
    if (!holds) {
      problems.add(place + ": " + value);
    }
  }
}
