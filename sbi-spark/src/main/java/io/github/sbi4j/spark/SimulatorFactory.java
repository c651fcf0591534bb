package io.github.sbi4j.spark;

import io.github.sbi4j.core.simulation.Simulator;
import java.io.Serializable;

/** Makes a simulator on an executor. A lambda of this type is serialised with what it uses. */
@FunctionalInterface
public interface SimulatorFactory extends Serializable {
  /**
   * Makes a simulator.
   *
   * @return the simulator, to be called from all threads of the executor at once
   * @throws Exception if it cannot be made; the run ends then
   */
  Simulator create() throws Exception;
}
