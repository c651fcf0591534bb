package io.github.sbi4j.flows.tensor.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Gives a block the values of its parameters during one forward pass, each parameter the same
 * array.
 */
final class BlockStore extends ParameterStore {
  private final Function<Parameter, NDArray> values;
  private final Map<Parameter, NDArray> given = new IdentityHashMap<>();

  BlockStore(NDManager manager, Function<Parameter, NDArray> values) {
    super(manager, false);
    this.values = values;
  }

  /** The arrays that a block holds itself. */
  static BlockStore ofBlock(NDManager manager) {
    return new BlockStore(manager, Parameter::getArray);
  }

  @Override
  public NDArray getValue(Parameter parameter, Device device, boolean training) {
    return given.computeIfAbsent(parameter, values);
  }

  /** True if the block asked for a parameter. */
  boolean gave(Parameter parameter) {
    return given.containsKey(parameter);
  }
}
