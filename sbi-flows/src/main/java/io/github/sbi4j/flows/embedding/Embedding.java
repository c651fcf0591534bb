package io.github.sbi4j.flows.embedding;

import io.github.sbi4j.flows.tensor.ParameterLayout;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** The settings of an embedding network. */
public interface Embedding {
  /** {@return no network: the observation itself} */
  static Embedding identity() {
    return IdentityEmbedding.INSTANCE;
  }

  /**
   * Builds the network, adding its weights to a layout.
   *
   * @param inputs the number of observed values, L
   * @param layout receives the weights
   * @param random draws the first weights
   * @return the network
   * @throws IllegalArgumentException if the network cannot take that many values
   */
  EmbeddingNetwork build(int inputs, ParameterLayout layout, RandomGenerator random);

  /**
   * Says which observed values share location and scale when observations are standardised: the
   * points of a time series, or one feature in all trials of a set. Each value has its own unless a
   * network says otherwise.
   *
   * @param inputs the number of observed values, L
   * @return the group of each value, L numbers; a value of a negative group is not changed
   * @throws IllegalArgumentException if the network cannot take that many values
   */
  default int[] columnGroups(int inputs) {
    return IntStream.range(0, inputs).toArray();
  }

  /**
   * Says how many values of an observation are data. What follows is padding, from which no
   * location or scale is taken.
   *
   * @param observation L values, not standardised
   * @return at most L; L unless a network says otherwise
   * @throws IllegalArgumentException if the observation does not say so validly
   */
  default int dataLength(double[] observation) {
    return observation.length;
  }
}
