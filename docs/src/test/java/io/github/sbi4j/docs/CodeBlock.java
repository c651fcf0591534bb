package io.github.sbi4j.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A fenced block of a Markdown page.
 *
 * @param language the first word after the fence, in lower case; empty where there is none
 * @param run false where the fence says {@code no-run}
 * @param line the line of the page on which the code begins, from 1
 * @param code the lines of the block without its fences
 */
record CodeBlock(String language, boolean run, int line, List<String> code) {
  private static final String FENCE = "```";
  private static final String NO_RUN = "no-run";

  /** The blocks of a page, in order. */
  static List<CodeBlock> of(String page, List<String> lines) {
    List<CodeBlock> blocks = new ArrayList<>();
    int i = 0;
    while (i < lines.size()) {
      if (!lines.get(i).strip().startsWith(FENCE)) {
        i++;
        continue;
      }
      int begin = i + 1;
      int end = begin;
      while (end < lines.size() && !lines.get(end).strip().equals(FENCE)) {
        end++;
      }
      if (end == lines.size()) {
        throw new IllegalArgumentException(page + ":" + begin + ": the code block is never closed");
      }
      blocks.add(
          of(
              page,
              lines.get(i).strip().substring(FENCE.length()),
              begin + 1,
              lines.subList(begin, end)));
      i = end + 1;
    }
    return blocks;
  }

  private static CodeBlock of(String page, String info, int line, List<String> code) {
    String[] words = info.strip().split("\\s+");
    String language = words[0].toLowerCase(Locale.ROOT);
    boolean run = true;
    for (int i = 1;
        i < words.length && (language.equals("java") || language.equals("kotlin"));
        i++) {
      if (!words[i].equals(NO_RUN)) {
        throw new IllegalArgumentException(
            page + ":" + (line - 1) + ": unknown mark '" + words[i] + "', only " + NO_RUN);
      }
      run = false;
    }
    return new CodeBlock(language, run, line, List.copyOf(code));
  }
}
