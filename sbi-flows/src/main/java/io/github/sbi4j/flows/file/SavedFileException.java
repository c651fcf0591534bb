package io.github.sbi4j.flows.file;

import java.nio.file.Path;

/**
 * A file cannot be loaded: it is damaged, foreign, of another kind than asked for, or of a newer
 * format than this library reads.
 */
public final class SavedFileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SavedFileException(String problem) {
    super(problem);
  }

  SavedFileException(String problem, Throwable cause) {
    super(problem, cause);
  }

  /** The same problem with the file it is about. */
  SavedFileException in(Path file) {
    return new SavedFileException("cannot load " + file + ": " + getMessage(), this);
  }
}
