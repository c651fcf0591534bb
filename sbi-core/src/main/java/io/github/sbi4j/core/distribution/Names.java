package io.github.sbi4j.core.distribution;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names of a distribution's values. */
final class Names {
  private static final String DEFAULT_PREFIX = "theta_";

  private Names() {}

  /** {@code theta_1} to {@code theta_D}. */
  static List<String> defaults(int dimension) {
    List<String> names = new ArrayList<>(dimension);
    for (int d = 0; d < dimension; d++) {
      names.add(defaultName(d));
    }
    return List.copyOf(names);
  }

  /** The names if there is one for each value, none is blank and none comes twice. */
  static List<String> check(List<String> names, int dimension) {
    if (names.size() != dimension) {
      throw new IllegalArgumentException(
          names.size() + " names given, " + names + ", expected " + dimension + ", one a value");
    }
    Set<String> seen = new HashSet<>();
    for (int d = 0; d < dimension; d++) {
      String name = names.get(d);
      if (name.isBlank()) {
        throw new IllegalArgumentException(
            "name " + (d + 1) + " of " + names + " is blank, expected a name");
      }
      if (!seen.add(name)) {
        throw new IllegalArgumentException(
            "the name " + name + " comes twice in " + names + "; give each value its own");
      }
    }
    return List.copyOf(names);
  }

  /**
   * The names of all parts in a row; a name that nobody gave is numbered by its overall position.
   */
  static List<String> concatenate(List<Distribution> parts) {
    List<String> all = new ArrayList<>();
    for (Distribution part : parts) {
      int offset = all.size();
      List<String> names = part.names();
      for (int d = 0; d < names.size(); d++) {
        String name = names.get(d);
        all.add(name.equals(defaultName(d)) ? defaultName(offset + d) : name);
      }
    }
    return check(all, all.size());
  }

  private static String defaultName(int index) {
    return DEFAULT_PREFIX + (index + 1);
  }
}
