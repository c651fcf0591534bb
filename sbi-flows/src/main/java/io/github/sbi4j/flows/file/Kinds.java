package io.github.sbi4j.flows.file;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The kinds of object that a file can hold in one place, each with a name of its own in the file;
 * anything else is of the kind {@code custom}, of which the file knows the name of its class alone.
 *
 * @param <T> what the kinds have in common
 */
final class Kinds<T> {
  private static final String CUSTOM = "custom";

  private record Kind<K, T>(
      String name,
      Class<K> type,
      BiConsumer<? super K, Fields> write,
      Function<Fields, ? extends T> read) {
    Fields encode(Object value) {
      Fields fields = Fields.empty().put("kind", name);
      write.accept(type.cast(value), fields);
      return fields;
    }
  }

  private final List<Kind<?, T>> kinds;

  private Kinds(List<Kind<?, T>> kinds) {
    this.kinds = kinds;
  }

  static <T> Kinds<T> none() {
    return new Kinds<>(List.of());
  }

  /**
   * These kinds and one more.
   *
   * @param name its name in the file
   * @param type the class of its objects
   * @param write puts the settings of an object into fields
   * @param read makes an object from such fields
   */
  <K extends T> Kinds<T> with(
      String name,
      Class<K> type,
      BiConsumer<? super K, Fields> write,
      Function<Fields, ? extends T> read) {
    Kind<?, T> kind = new Kind<K, T>(name, type, write, read);
    return new Kinds<>(Stream.concat(kinds.stream(), Stream.of(kind)).toList());
  }

  Fields encode(T value) {
    for (Kind<?, T> kind : kinds) {
      if (kind.type() == value.getClass()) {
        return kind.encode(value);
      }
    }
    return Fields.empty().put("kind", CUSTOM).put("class", value.getClass().getName());
  }

  static boolean isCustom(Fields fields) {
    return fields.string("kind").equals(CUSTOM);
  }

  T decode(Fields fields) {
    String name = fields.string("kind");
    for (Kind<?, T> kind : kinds) {
      if (kind.name().equals(name)) {
        return fields.build(() -> kind.read().apply(fields));
      }
    }
    throw new SavedFileException(
        fields.place() + " is of the kind " + name + ", which this version does not know");
  }
}
