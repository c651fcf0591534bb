package io.github.sbi4j.flows.tensor.djl;

import io.github.sbi4j.flows.tensor.Engine;
import io.github.sbi4j.flows.tensor.EngineContract;

class DjlEngineTest extends EngineContract {
  @Override
  protected Engine engine() {
    return DjlEngine.cpu();
  }
}
