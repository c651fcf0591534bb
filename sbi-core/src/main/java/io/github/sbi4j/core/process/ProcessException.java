package io.github.sbi4j.core.process;

/**
 * A simulation that a program did not give: it ended, or answered what it should not. A program
 * that took too long is a {@link java.util.concurrent.TimeoutException} instead.
 */
public final class ProcessException extends Exception {
  private static final long serialVersionUID = 1;

  /** The end of what the program had printed. */
  private final String standardError;

  ProcessException(String what, String standardError) {
    super(what + ending(standardError));
    this.standardError = standardError;
  }

  /** {@return the end of what the program had printed on standard error, empty if nothing} */
  public String standardError() {
    return standardError;
  }

  /** The end of a message that tells what the program printed. */
  static String ending(String standardError) {
    return standardError.isEmpty() ? "" : "; it printed:\n" + standardError;
  }
}
