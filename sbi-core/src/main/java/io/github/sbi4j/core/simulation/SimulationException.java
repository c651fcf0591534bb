package io.github.sbi4j.core.simulation;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run of simulations that could not go on or gave nothing. */
public final class SimulationException extends IllegalStateException {
  private final transient @Nullable SimulationFailure failure;

  SimulationException(
      String message, @Nullable SimulationFailure failure, @Nullable Throwable cause) {
    super(message, cause);
    this.failure = failure;
  }

  /** {@return the failure of the row that is to blame, if it is known} */
  public Optional<SimulationFailure> failure() {
    return Optional.ofNullable(failure);
  }
}
