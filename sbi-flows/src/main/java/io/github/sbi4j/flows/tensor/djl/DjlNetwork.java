package io.github.sbi4j.flows.tensor.djl;

import io.github.sbi4j.flows.tensor.CustomNetwork;
import io.github.sbi4j.flows.tensor.Tensor;

/** A custom network that runs on this engine. */
interface DjlNetwork extends CustomNetwork {
  /** The network's output for a batch of inputs. */
  Tensor forward(DjlOperations operations, DjlTensor input);
}
