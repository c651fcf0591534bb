package io.github.sbi4j.flows.embedding;

import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import io.github.sbi4j.flows.tensor.Tensor;
import java.util.random.RandomGenerator;

/** Gives the observation itself. */
enum IdentityEmbedding implements Embedding {
  INSTANCE;

  @Override
  public EmbeddingNetwork build(int inputs, ParameterLayout layout, RandomGenerator random) {
    return new EmbeddingNetwork() {
      @Override
      public int outputs() {
        return inputs;
      }

      @Override
      public Tensor apply(Operations ops, Tensor observations) {
        return observations;
      }
    };
  }

  @Override
  public String toString() {
    return "Identity";
  }
}
