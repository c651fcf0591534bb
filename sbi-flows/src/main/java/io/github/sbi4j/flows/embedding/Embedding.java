package io.github.sbi4j.flows.embedding;

import io.github.sbi4j.flows.tensor.ParameterLayout;
import java.util.random.RandomGenerator;

/** The settings of an embedding network. */
public interface Embedding {
  /** No network: the observation itself. */
  static Embedding identity() {
    return IdentityEmbedding.INSTANCE;
  }

  /**
   * Builds the network, adding its weights to a layout.
   *
   * @param inputs the number of observed values, L
   * @param layout receives the weights
   * @param random draws the first weights
   * @throws IllegalArgumentException if the network cannot take that many values
   */
  EmbeddingNetwork build(int inputs, ParameterLayout layout, RandomGenerator random);
}
