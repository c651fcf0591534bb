package io.github.sbi4j.flows.tensor.cpu;

import io.github.sbi4j.flows.tensor.Engine;
import io.github.sbi4j.flows.tensor.EngineContract;
import io.github.sbi4j.flows.tensor.cpu.kernel.ScalarKernels;

/** The engine with scalar loops. */
class ScalarEngineTest extends EngineContract {
  @Override
  protected Engine engine() {
    return new CpuEngine(new ScalarKernels());
  }
}
