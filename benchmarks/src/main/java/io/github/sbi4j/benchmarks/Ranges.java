package io.github.sbi4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lists of whole numbers as written on a command line: {@code 1-5} or {@code 1,3,7-9}. */
final class Ranges {
  private static final Pattern PART = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

  private Ranges() {}

  /**
   * Reads a list.
   *
   * @param option the option, named in the error
   * @param text the list
   * @return the numbers, in the order given
   * @throws IllegalArgumentException if the text is no such list or a range runs backwards
   */
  static List<Integer> parse(String option, String text) {
    List<Integer> numbers = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Matcher matcher = PART.matcher(part.trim());
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "%s '%s' has '%s'; expected numbers and ranges such as 1-5 or 1,3,7-9"
                .formatted(option, text, part));
      }
      int first = Integer.parseInt(matcher.group(1));
      int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
      if (last < first) {
        throw new IllegalArgumentException(
            "%s '%s' has the range %s, which runs backwards".formatted(option, text, part));
      }
      for (int number = first; number <= last; number++) {
        numbers.add(number);
      }
    }
    return numbers;
  }
}
