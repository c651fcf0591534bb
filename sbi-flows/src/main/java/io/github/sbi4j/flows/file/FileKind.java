package io.github.sbi4j.flows.file;

import java.util.Arrays;
import java.util.Optional;

/** What a file holds, and the class that users load it with. */
enum FileKind {
  POSTERIOR("direct posterior", "DirectPosterior"),
  LIKELIHOOD("likelihood", "Likelihood"),
  RATIO("ratio", "Ratio");

  private final String text;
  private final String type;

  FileKind(String text, String type) {
    this.text = text;
    this.type = type;
  }

  /** Its name in a file and in messages. */
  String text() {
    return text;
  }

  /** What loads it. */
  String call() {
    return type + ".load";
  }

  /** The kind of a name, none if this version does not know it. */
  static Optional<FileKind> named(String text) {
    return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
  }
}
