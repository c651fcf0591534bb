package io.github.sbi4j.core.simulation;

import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a batch failed and the others gave a result, so that none has to be simulated again.
 */
public final class BatchException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient double[] @Nullable [] results;
  private final transient @Nullable Throwable[] causes;

  /**
   * Says what became of each of B rows.
   *
   * @param results B rows of L observed values; those of failed rows are not looked at
   * @param causes why each row failed, null for those that did not; a {@link
   *     java.util.concurrent.TimeoutException} for one that took too long
   */
  public BatchException(double[] @Nullable [] results, @Nullable Throwable[] causes) {
    super(
        String.format(
            Locale.ROOT,
            "%d of %d rows failed",
            Stream.of(causes).filter(Objects::nonNull).count(),
            causes.length));
    if (results.length != causes.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d results for %d causes; give one of each for each row, null where there is none",
              results.length,
              causes.length));
    }
    this.results = results.clone();
    this.causes = causes.clone();
  }

  /** {@return the number of rows, B} */
  public int size() {
    return causes.length;
  }

  /**
   * {@return the L observed values of a row that did not fail}
   *
   * @param row the row of the batch
   */
  public double @Nullable [] result(int row) {
    return results[row];
  }

  /**
   * {@return why a row failed, or null if it did not}
   *
   * @param row the row of the batch
   */
  public @Nullable Throwable cause(int row) {
    return causes[row];
  }
}
