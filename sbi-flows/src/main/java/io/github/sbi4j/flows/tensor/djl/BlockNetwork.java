package io.github.sbi4j.flows.tensor.djl;

import static io.github.sbi4j.flows.tensor.djl.DjlTensor.arrayOf;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.github.sbi4j.flows.embedding.EmbeddingNetwork;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;
import java.util.Map;
import java.util.Objects;

/** Runs a block on views of the flat weights, so that the gradient reaches them. */
final class BlockNetwork implements EmbeddingNetwork, DjlNetwork {
  private final Block block;
  private final long[] shape;
  private final int outputs;
  private final Map<Parameter, BlockSlot> slots;

  BlockNetwork(Block block, long[] shape, int outputs, Map<Parameter, BlockSlot> slots) {
    this.block = block;
    this.shape = shape;
    this.outputs = outputs;
    this.slots = slots;
  }

  @Override
  public String kind() {
    return "DJL block " + block.getClass().getSimpleName();
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public Tensor apply(Operations ops, Tensor observations) {
    return ops.custom(this, observations);
  }

  @Override
  public Tensor forward(DjlOperations ops, DjlTensor input) {
    long[] batched = new long[shape.length + 1];
    batched[0] = input.rows();
    System.arraycopy(shape, 0, batched, 1, shape.length);
    PtNDArray shaped = JniUtils.reshape(input.array(), batched);
    BlockStore store =
        new BlockStore(ops.weights().engine().manager(), parameter -> value(ops, parameter));
    // A fresh list: recurrent blocks add their states to it.
    NDArray output = block.forward(store, new NDList(shaped), ops.training()).head();
    long[] flat = {input.rows(), outputs};
    return new DjlTensor(JniUtils.reshape((PtNDArray) output, flat), input.rows(), outputs);
  }

  private NDArray value(DjlOperations ops, Parameter parameter) {
    BlockSlot slot = Objects.requireNonNull(slots.get(parameter));
    PtNDArray view = arrayOf(ops.parameter(slot.place()));
    if (slot.statistic() && ops.training()) {
      // The block changes it in place, which must not touch the weights while their graph is alive.
      PtNDArray copy = JniUtils.clone(view);
      ops.afterBackward(() -> keep(ops, slot, copy));
      view = copy;
    }
    return JniUtils.reshape(view, slot.shape());
  }

  /**
   * A batch that overflowed is skipped by the optimiser, and must not spoil the statistics for good
   * either.
   */
  private static void keep(DjlOperations ops, BlockSlot slot, PtNDArray statistic) {
    if (Float.isFinite(JniUtils.sum(statistic).getFloat())) {
      long[] flat = {slot.place().size()};
      ops.weights().setState(slot.place(), JniUtils.reshape(statistic, flat));
    }
  }
}
