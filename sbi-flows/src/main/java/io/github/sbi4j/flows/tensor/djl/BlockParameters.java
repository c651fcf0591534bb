package io.github.sbi4j.flows.tensor.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SymbolBlock;
import ai.djl.util.Pair;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.random.RandomGenerator;

/** Brings the parameters of a block into a layout. */
final class BlockParameters {
  /**
   * Parameters that were initialised here and not by the caller, whose values therefore mean
   * nothing.
   */
  private static final Set<Parameter> OURS = Collections.newSetFromMap(new WeakHashMap<>());

  private static final int PROBE_ROWS = 2;

  private BlockParameters() {}

  /** Initialises a block where that is needed, and adds its parameters to a layout. */
  static synchronized BlockNetwork prepare(
      Block block, long[] shape, ParameterLayout layout, RandomGenerator random) {
    checkTrainable(block);
    DjlEngine engine = DjlEngine.cpu();
    try (NDScope scope = new NDScope();
        GradientMode off = GradientMode.off()) {
      scope.suppressNotUsedWarning();
      NDArray probe = engine.manager().zeros(batch(shape));
      BlockStore store = BlockStore.ofBlock(engine.manager());
      int outputs;
      try {
        initialize(block, engine, probe.getShape());
        NDArray output = block.forward(store, new NDList(probe), false).head();
        outputs = Math.toIntExact(output.size() / PROBE_ROWS);
        if (outputs == 0
            || output.getShape().dimension() == 0
            || output.getShape().get(0) != PROBE_ROWS) {
          throw new IllegalArgumentException(
              "it gives an array of shape "
                  + output.getShape()
                  + " for "
                  + PROBE_ROWS
                  + " observations");
        }
      } catch (RuntimeException e) {
        throw new IllegalArgumentException(
            "the block "
                + block.getClass().getSimpleName()
                + " cannot take observations of shape "
                + Arrays.toString(shape)
                + " (with the batch: "
                + probe.getShape()
                + "): "
                + e.getMessage()
                + "; set withInputShape, and give each kind of observation a block of its own",
            e);
      }
      return new BlockNetwork(block, shape, outputs, slots(block, store, layout, random));
    }
  }

  private static Shape batch(long[] shape) {
    return new Shape(PROBE_ROWS).addAll(new Shape(shape));
  }

  private static void checkTrainable(Block block) {
    if (block instanceof SymbolBlock) {
      throw new IllegalArgumentException(
          "a "
              + block.getClass().getSimpleName()
              + " holds its weights inside the engine and cannot be trained with an estimator;"
              + " build the network of DJL's blocks, or compute its features before inference");
    }
    block.getChildren().values().forEach(BlockParameters::checkTrainable);
  }

  private static void initialize(Block block, DjlEngine engine, Shape shape) {
    if (block.isInitialized()) {
      return;
    }
    Set<Parameter> given = Collections.newSetFromMap(new IdentityHashMap<>());
    block.getParameters().values().stream().filter(Parameter::isInitialized).forEach(given::add);
    NDManager own = engine.newManager();
    DjlEngine.closeWith(block, own);
    block.initialize(own, DataType.FLOAT32, shape);
    for (Parameter parameter : block.getParameters().values()) {
      if (!given.contains(parameter)) {
        NDScope.unregister(parameter.getArray());
        OURS.add(parameter);
      }
    }
  }

  private static Map<Parameter, BlockSlot> slots(
      Block block, BlockStore store, ParameterLayout layout, RandomGenerator random) {
    Map<Parameter, BlockSlot> slots = new IdentityHashMap<>();
    for (Pair<String, Parameter> named : block.getParameters()) {
      Parameter parameter = named.getValue();
      if (slots.containsKey(parameter)) {
        continue;
      }
      String name = named.getKey();
      if (parameter.requiresGradient() && !store.gave(parameter)) {
        throw new IllegalArgumentException(
            "the block does not take its parameter "
                + name
                + " from the ParameterStore that its forward method is given, so it"
                + " cannot be trained; use parameterStore.getValue, or freeze the parameter");
      }
      long[] shape = parameter.getArray().getShape().getShape();
      int size = Math.toIntExact(parameter.getArray().size());
      int rows = shape.length < 2 ? 1 : Math.toIntExact(shape[0]);
      int columns = size / rows;
      float[] values = initialValues(parameter, columns, random);
      String full = "embedding." + name;
      var place =
          parameter.requiresGradient()
              ? layout.add(full, rows, columns, values)
              : layout.addState(full, rows, columns, values);
      slots.put(parameter, new BlockSlot(place, shape, isStatistic(parameter)));
    }
    return slots;
  }

  private static boolean isStatistic(Parameter parameter) {
    return switch (parameter.getType()) {
      case WEIGHT, BIAS, GAMMA, BETA -> false;
      case RUNNING_MEAN, RUNNING_VAR, OTHER -> !parameter.requiresGradient();
    };
  }

  private static float[] initialValues(Parameter parameter, int fanIn, RandomGenerator random) {
    NDArray array = parameter.getArray();
    if (!OURS.contains(parameter)) {
      return array.toFloatArray();
    }
    if (parameter.getType() != Parameter.Type.WEIGHT
        || parameter.getInitializer() != Parameter.Type.WEIGHT.getInitializer()) {
      return parameter
          .getInitializer()
          .initialize(array.getManager(), array.getShape(), DataType.FLOAT32)
          .toFloatArray();
    }
    double bound = 1 / Math.sqrt(fanIn);
    float[] values = new float[Math.toIntExact(array.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    return values;
  }
}
