package io.github.sbi4j.benchmarks;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of JSON, its keys in the order of their insertion; values that do not apply are null.
 */
final class Json {
  private static final Gson GSON = new GsonBuilder().serializeNulls().create();

  private Json() {}

  /**
   * The object with the map's entries; numbers that are not finite become null, which JSON can
   * hold.
   */
  static String line(Map<String, ? extends @Nullable Object> values) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    values.forEach((key, value) -> line.put(key, finite(value)));
    return GSON.toJson(line);
  }

  /** The value, or null for a number that is not finite. */
  static @Nullable Object finite(@Nullable Object value) {
    return value instanceof Double number && !Double.isFinite(number) ? null : value;
  }
}
