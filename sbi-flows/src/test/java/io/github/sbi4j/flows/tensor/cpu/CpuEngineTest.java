package io.github.sbi4j.flows.tensor.cpu;

import io.github.sbi4j.flows.tensor.Engine;
import io.github.sbi4j.flows.tensor.EngineContract;
import io.github.sbi4j.flows.tensor.cpu.kernel.Kernels;

/** The engine with the kernels that this JVM offers. */
class CpuEngineTest extends EngineContract {
  @Override
  protected Engine engine() {
    return new CpuEngine(Kernels.get());
  }
}
