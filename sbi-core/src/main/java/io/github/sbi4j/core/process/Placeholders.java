package io.github.sbi4j.core.process;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names in braces in the arguments of a command. Braces around anything else are text. */
final class Placeholders {
  static final String SEED = "seed";
  static final String OUT = "out";
  static final String DIR = "dir";

  private static final Set<String> RESERVED = Set.of(SEED, OUT, DIR);
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([\\w.\\-\\[\\]]+)}");

  private Placeholders() {}

  /** Requires one for each parameter and for the output, and no other ones. */
  static void require(Command command, List<String> names) {
    Set<String> found = new HashSet<>();
    for (String argument : command.line()) {
      PLACEHOLDER.matcher(argument).results().map(match -> match.group(1)).forEach(found::add);
    }
    Set<String> known = new HashSet<>();
    for (String name : names) {
      if (RESERVED.contains(name) || !PLACEHOLDER.matcher("{" + name + "}").matches()) {
        throw new IllegalArgumentException(
            "'"
                + name
                + "' cannot be the name of a parameter in a template; give one of letters, digits, _ . - [ ] that is not "
                + "seed, out or dir");
      }
      if (!known.add(name)) {
        throw new IllegalArgumentException("two parameters are named '" + name + "'");
      }
      requireFound(found.contains(name), "{" + name + "}", command);
    }
    requireFound(found.contains(OUT) || found.contains(DIR), "{out} or {dir}", command);
    found.removeAll(known);
    found.removeAll(RESERVED);
    if (!found.isEmpty()) {
      throw new IllegalArgumentException(
          "nothing is known of the placeholders "
              + found
              + " in "
              + command
              + "; the parameters are "
              + names
              + ", and there are seed, out and dir");
    }
  }

  private static void requireFound(boolean found, String placeholder, Command command) {
    if (!found) {
      throw new IllegalArgumentException(
          command + " has no " + placeholder + "; write it where the program takes the value");
    }
  }

  static String fill(String argument, Map<String, String> values) {
    return PLACEHOLDER
        .matcher(argument)
        .replaceAll(match -> Matcher.quoteReplacement(value(match, values)));
  }

  private static String value(MatchResult match, Map<String, String> values) {
    String value = values.get(match.group(1));
    return value == null ? match.group() : value;
  }
}
