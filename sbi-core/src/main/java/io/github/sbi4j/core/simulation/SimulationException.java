package io.github.sbi4j.core.simulation;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run of simulations that could not go on or gave nothing. */
public final class SimulationException extends IllegalStateException {
  private final transient @Nullable SimulationFailure failure;

  /** Those of all rows if every row was simulated and failed on its own. */
  private final transient List<SimulationFailure> failures;

  /** A run that had to stop. */
  SimulationException(
      String message, @Nullable SimulationFailure failure, @Nullable Throwable cause) {
    super(message, cause);
    this.failure = failure;
    this.failures = List.of();
  }

  /** A run whose every row failed, in the order of the rows. */
  SimulationException(String message, List<SimulationFailure> failures) {
    super(message, failures.get(0).cause());
    this.failure = failures.get(0);
    this.failures = List.copyOf(failures);
  }

  /** {@return the failure of the row that is to blame, if it is known} */
  public Optional<SimulationFailure> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * Whether the run went to its end.
   *
   * @return true if every row was simulated and failed on its own, false if the run had to stop
   */
  public boolean everyRowFailed() {
    return !failures.isEmpty();
  }

  /** {@return the failures of all rows if every row failed on its own, otherwise none} */
  public List<SimulationFailure> failures() {
    return failures;
  }
}
