package io.github.sbi4j.flows.tensor.djl;

import ai.djl.nn.Block;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.embedding.EmbeddingNetwork;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Any DJL {@link Block} as an embedding network, for example a convolutional network of images or a
 * recurrent one of sequences.
 *
 * <pre>{@code
 * Block block =
 *     new SequentialBlock()
 *         .add(Conv2d.builder().setKernelShape(new Shape(3, 3)).setFilters(8).build())
 *         .add(Activation::relu)
 *         .add(Pool.globalAvgPool2dBlock())
 *         .add(Linear.builder().setUnits(10).build());
 * Embedding embedding = BlockEmbedding.of(block).withInputShape(1, 28, 28).withChannelAxis(0);
 * }</pre>
 *
 * <p>The block gets B x (input shape) float32 values and the first array it gives, whatever its
 * shape, is read as B rows of features. Its weights become part of the estimator's: they are
 * trained jointly, averaged, saved and restored with them, and what the block itself holds is not
 * changed by training. A parameter that is frozen, or by nature without a gradient such as the
 * running statistics of batch normalisation, is kept with the weights but not optimised; running
 * statistics change in training only.
 *
 * <p>Where the weights begin: a block that the caller has initialised or loaded begins with its own
 * values, and so a pretrained one can be given. Else weights are uniform within 1 / sqrt(fan-in),
 * drawn from the seed of the inference, and the other parameters begin as DJL's initializers have
 * it: biases at zero, scales and running variances at one. An initializer that the caller has set
 * is used, but draws from DJL's own generator, as do dropout layers: results then depend on more
 * than the seed.
 *
 * <p>Runs on the devices {@code torch} and {@code cuda} only, and may be evaluated by several
 * threads at once, so a block of one's own must not keep state outside its parameters. Nor may its
 * code multiply, divide or raise to a power by a Java number, or take the maximum or minimum with
 * one ({@code x.mul(2)}, {@code Activation.swish}): DJL then frees memory that the gradient needs,
 * and a garbage collection at the wrong time silently corrupts it. Use an array for the number, or
 * add and scale by a parameter.
 */
public final class BlockEmbedding implements Embedding {
  private static final int NO_AXIS = -1;

  private final Block block;
  private final long @Nullable [] inputShape;
  private final int channelAxis;

  private BlockEmbedding(Block block, long @Nullable [] inputShape, int channelAxis) {
    this.block = block;
    this.inputShape = inputShape;
    this.channelAxis = channelAxis;
  }

  /**
   * {@return an embedding by a block that takes observations as vectors, B x L}
   *
   * @param block the network; one block serves one kind of observation
   */
  public static BlockEmbedding of(Block block) {
    return new BlockEmbedding(block, null, NO_AXIS);
  }

  /**
   * {@return this embedding with observations of another shape, row-major}
   *
   * @param shape the shape of one observation without the batch, for example channels, height and
   *     width
   * @throws IllegalArgumentException if a size is not positive
   */
  public BlockEmbedding withInputShape(long... shape) {
    if (shape.length == 0 || LongStream.of(shape).anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(
          "the input shape must have positive sizes, but is "
              + Arrays.toString(shape)
              + "; leave the batch out of it");
    }
    return new BlockEmbedding(block, shape.clone(), channelAxis);
  }

  /**
   * Gives all values at the same index of one axis the same location and scale when observations
   * are standardised, as is right for images and series; else each value has its own.
   *
   * @param axis the axis of the input shape that counts channels or features, 0 for the first
   * @return this embedding with that axis
   * @throws IllegalArgumentException if the axis is negative
   */
  public BlockEmbedding withChannelAxis(int axis) {
    if (axis < 0) {
      throw new IllegalArgumentException("the channel axis must be at least 0, but is " + axis);
    }
    return new BlockEmbedding(block, inputShape, axis);
  }

  @Override
  public EmbeddingNetwork build(int inputs, ParameterLayout layout, RandomGenerator random) {
    return BlockParameters.prepare(block, shape(inputs), layout, random);
  }

  @Override
  public int[] columnGroups(int inputs) {
    long[] shape = shape(inputs);
    if (channelAxis == NO_AXIS) {
      return Embedding.super.columnGroups(inputs);
    }
    if (channelAxis >= shape.length) {
      throw new IllegalArgumentException(
          "the channel axis is "
              + channelAxis
              + ", but the input shape "
              + Arrays.toString(shape)
              + " has axes 0 to "
              + (shape.length - 1));
    }
    long stride = LongStream.of(shape).skip(channelAxis + 1L).reduce(1, (a, b) -> a * b);
    return IntStream.range(0, inputs).map(j -> (int) (j / stride % shape[channelAxis])).toArray();
  }

  private long[] shape(int inputs) {
    if (inputShape == null) {
      return new long[] {inputs};
    }
    long size = LongStream.of(inputShape).reduce(1, (a, b) -> a * b);
    if (size != inputs) {
      throw new IllegalArgumentException(
          "the input shape "
              + Arrays.toString(inputShape)
              + " holds "
              + size
              + " values, but an observation has "
              + inputs
              + "; set withInputShape to the shape of one observation");
    }
    return inputShape;
  }

  @Override
  public String toString() {
    String shape = inputShape == null ? "vector" : Arrays.toString(inputShape);
    return "BlockEmbedding[block="
        + block.getClass().getSimpleName()
        + ", inputShape="
        + shape
        + "]";
  }
}
