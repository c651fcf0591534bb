package io.github.sbi4j.flows.embedding;

import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import io.github.sbi4j.flows.tensor.Tensor;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The embedding of observations that come after K conditions, which go past it: its features come
 * after the conditions as they are.
 *
 * @param embedding the settings of the network that observations go through
 * @param conditions the number of conditions, K
 */
public record BesideConditions(Embedding embedding, int conditions) implements Embedding {
  /**
   * {@return the embedding, with conditions to go past it if there are any and it does not leave
   * them as they are anyway}
   *
   * @param embedding the settings of the network that observations go through
   * @param conditions the number of conditions, K
   */
  public static Embedding of(Embedding embedding, int conditions) {
    return conditions == 0 || embedding == Embedding.identity()
        ? embedding
        : new BesideConditions(embedding, conditions);
  }

  @Override
  public EmbeddingNetwork build(int inputs, ParameterLayout layout, RandomGenerator random) {
    EmbeddingNetwork network = embedding.build(inputs - conditions, layout, random);
    return new EmbeddingNetwork() {
      @Override
      public int outputs() {
        return network.outputs() + conditions;
      }

      @Override
      public Tensor apply(Operations ops, Tensor trials) {
        Tensor features = network.apply(ops, ops.columns(trials, conditions, inputs));
        return ops.concat(ops.columns(trials, 0, conditions), features);
      }
    };
  }

  @Override
  public int[] columnGroups(int inputs) {
    int[] observed = embedding.columnGroups(inputs - conditions);
    int next = Math.max(0, Arrays.stream(observed).max().orElse(0) + 1);
    int[] groups = IntStream.range(next, next + inputs).toArray();
    System.arraycopy(observed, 0, groups, conditions, observed.length);
    return groups;
  }

  @Override
  public int dataLength(double[] trial) {
    return conditions + embedding.dataLength(Arrays.copyOfRange(trial, conditions, trial.length));
  }
}
