package io.github.sbi4j.flows.file;

import java.nio.file.Path;

/**
 * A file cannot be loaded: it is damaged, foreign, or of a newer format than this library reads.
 */
public final class PosteriorFileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PosteriorFileException(String problem) {
    super(problem);
  }

  PosteriorFileException(String problem, Throwable cause) {
    super(problem, cause);
  }

  /** The same problem with the file it is about. */
  PosteriorFileException in(Path file) {
    return new PosteriorFileException("cannot load " + file + ": " + getMessage(), this);
  }
}
