package io.github.sbi4j.core.simulation;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run of simulations that could not go on or gave nothing. */
public final class SimulationException extends IllegalStateException {
  private final transient @Nullable SimulationFailure failure;

  /** Whether every row was simulated and failed on its own. */
  private final boolean everyRowFailed;

  SimulationException(
      String message,
      @Nullable SimulationFailure failure,
      @Nullable Throwable cause,
      boolean everyRowFailed) {
    super(message, cause);
    this.failure = failure;
    this.everyRowFailed = everyRowFailed;
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
    return everyRowFailed;
  }
}
