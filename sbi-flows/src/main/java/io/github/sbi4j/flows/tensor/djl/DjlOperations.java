package io.github.sbi4j.flows.tensor.djl;

import static io.github.sbi4j.flows.tensor.djl.DjlTensor.arrayOf;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.tensor.CustomNetwork;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Parameter;
import io.github.sbi4j.flows.tensor.Table;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.tensor.Transformed;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One evaluation: a scope that owns every array made in it, with this thread's grad mode set. */
final class DjlOperations implements Operations {
  private static final double LOG_2_PI = Math.log(2 * Math.PI);

  private final DjlWeights weights;
  private final DjlEngine engine;
  private final boolean training;
  private final NDScope scope;
  private final GradientMode mode;
  private final List<Runnable> afterBackward = new ArrayList<>();
  private @Nullable NDList split;
  private boolean recordsVariables;

  DjlOperations(DjlWeights weights, boolean training) {
    this.weights = weights;
    this.engine = weights.engine();
    this.training = training;
    this.scope = new NDScope();
    scope.suppressNotUsedWarning();
    this.mode = training ? GradientMode.on() : GradientMode.off();
  }

  @Override
  public void close() {
    mode.close();
    scope.close();
    // The weights' memory is freed when they become unreachable, which must not be before this.
    Reference.reachabilityFence(weights);
  }

  @Override
  public boolean training() {
    return training;
  }

  /** True if a backward pass may follow. */
  private boolean records() {
    return training || recordsVariables;
  }

  DjlWeights weights() {
    return weights;
  }

  /** Work that changes state in place and so has to wait until the graph has been walked. */
  void afterBackward(Runnable work) {
    afterBackward.add(work);
  }

  private DjlTensor of(PtNDArray array, int rows, int columns) {
    return new DjlTensor(array, rows, columns);
  }

  // ---- what comes in

  @Override
  public Tensor parameter(Parameter parameter) {
    if (!training || !parameter.trainable()) {
      return weights.constantView(parameter);
    }
    if (split == null) {
      split = weights.split();
    }
    PtNDArray flat = (PtNDArray) split.get(parameter.index());
    return DjlTensor.ofFlat(flat, parameter.rows(), parameter.columns());
  }

  @Override
  public Tensor constant(float[] values, int rows, int columns) {
    return of((PtNDArray) engine.manager().create(values, new Shape(rows, columns)), rows, columns);
  }

  @Override
  public Tensor variable(float[] values, int rows, int columns) {
    PtNDArray shared = (PtNDArray) engine.manager().create(values, new Shape(rows, columns));
    PtNDArray leaf = JniUtils.clone(shared);
    leaf.setRequiresGradient(true);
    if (!training && !recordsVariables) {
      JniUtils.setGradMode(true);
      recordsVariables = true;
    }
    return of(leaf, rows, columns);
  }

  @Override
  public Tensor rows(Table table, int[] indices) {
    DjlTable source = (DjlTable) table;
    long[] wide = new long[indices.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = indices[i];
    }
    PtNDArray index = (PtNDArray) engine.manager().create(wide);
    PtNDArray rows = (PtNDArray) source.array().get(index);
    return of(rows, indices.length, table.columns());
  }

  @Override
  public List<Tensor> stage(Supplier<List<Tensor>> work) {
    if (records()) {
      return work.get();
    }
    List<Tensor> results;
    try (NDScope own = new NDScope()) {
      own.suppressNotUsedWarning();
      results = work.get();
      results.forEach(result -> NDScope.unregister(arrayOf(result)));
    }
    results.forEach(result -> NDScope.register(arrayOf(result)));
    return results;
  }

  // ---- what goes out

  @Override
  public float[] values(Tensor tensor) {
    return arrayOf(tensor).toFloatArray();
  }

  @Override
  public void backward(Tensor tensor) {
    PtNDArray target = arrayOf(tensor);
    Shape shape = new Shape(tensor.rows(), tensor.columns());
    PtNDArray ones = (PtNDArray) engine.manager().ones(shape, DataType.FLOAT32);
    JniUtils.backward(target, ones, false, false);
    try (GradientMode off = GradientMode.off()) {
      afterBackward.forEach(Runnable::run);
    }
  }

  @Override
  public float[] gradient(Tensor variable) {
    return arrayOf(variable).getGradient().toFloatArray();
  }

  // ---- arrangement

  @Override
  public Tensor concat(Tensor... tensors) {
    PtNDArray[] arrays = new PtNDArray[tensors.length];
    int columns = 0;
    for (int i = 0; i < tensors.length; i++) {
      arrays[i] = arrayOf(tensors[i]);
      columns += tensors[i].columns();
    }
    return of(JniUtils.cat(arrays, 1), tensors[0].rows(), columns);
  }

  @Override
  public Tensor columns(Tensor tensor, int from, int to) {
    return of(JniUtils.slice(arrayOf(tensor), 1, from, to, 1), tensor.rows(), to - from);
  }

  @Override
  public Tensor selectColumns(Tensor tensor, int[] indices) {
    // A product with a 0/1 matrix is several times faster than indexing columns, in both
    // directions.
    PtNDArray selector = engine.selector(tensor.columns(), indices);
    return of(JniUtils.matmul(arrayOf(tensor), selector), tensor.rows(), indices.length);
  }

  @Override
  public Tensor selectRows(Tensor tensor, int from, int to) {
    return of(JniUtils.slice(arrayOf(tensor), 0, from, to, 1), to - from, tensor.columns());
  }

  @Override
  public Tensor repeatRows(Tensor tensor, int times) {
    int rows = tensor.rows() * times;
    int columns = tensor.columns();
    if (times == 1) {
      return tensor;
    }
    PtNDArray wide = JniUtils.unsqueeze(arrayOf(tensor), 1);
    PtNDArray repeated = JniUtils.broadcast(wide, new Shape(tensor.rows(), times, columns));
    return of(JniUtils.reshape(repeated, new long[] {rows, columns}), rows, columns);
  }

  @Override
  public Tensor reshape(Tensor tensor, int rows, int columns) {
    return of(JniUtils.reshape(arrayOf(tensor), new long[] {rows, columns}), rows, columns);
  }

  // ---- value by value

  private Tensor combined(PtNDArray array, Tensor a, Tensor b) {
    return of(array, Math.max(a.rows(), b.rows()), Math.max(a.columns(), b.columns()));
  }

  private Tensor like(PtNDArray array, Tensor a) {
    return of(array, a.rows(), a.columns());
  }

  @Override
  public Tensor add(Tensor a, Tensor b) {
    return combined(JniUtils.add(arrayOf(a), arrayOf(b)), a, b);
  }

  @Override
  public Tensor subtract(Tensor a, Tensor b) {
    return combined(JniUtils.sub(arrayOf(a), arrayOf(b)), a, b);
  }

  @Override
  public Tensor multiply(Tensor a, Tensor b) {
    return combined(JniUtils.mul(arrayOf(a), arrayOf(b)), a, b);
  }

  @Override
  public Tensor scale(Tensor a, double factor) {
    return like(JniUtils.mul(arrayOf(a), engine.scalar(factor)), a);
  }

  @Override
  public Tensor shift(Tensor a, double constant) {
    return like(JniUtils.add(arrayOf(a), engine.scalar(constant)), a);
  }

  @Override
  public Tensor exp(Tensor a) {
    return like(JniUtils.exp(arrayOf(a)), a);
  }

  @Override
  public Tensor log(Tensor a) {
    return like(JniUtils.log(arrayOf(a)), a);
  }

  @Override
  public Tensor sigmoid(Tensor a) {
    return like(JniUtils.sigmoid(arrayOf(a)), a);
  }

  @Override
  public Tensor softplus(Tensor a) {
    return like(JniUtils.softPlus(arrayOf(a)), a);
  }

  @Override
  public Tensor activate(Tensor a, Activation activation) {
    return like(activated(arrayOf(a), activation), a);
  }

  private PtNDArray activated(PtNDArray array, Activation activation) {
    return switch (activation) {
      case IDENTITY -> array;
      case RELU -> JniUtils.relu(array);
      case TANH -> tanh(array);
      case ELU -> JniUtils.elu(array, 1);
      case GELU -> JniUtils.gelu(array);
    };
  }

  /**
   * tanh(a) = 2 sigmoid(2 a) - 1: PyTorch computes the sigmoid four times faster, which a graph's
   * backward pass would lose again.
   */
  private PtNDArray tanh(PtNDArray a) {
    if (records()) {
      return JniUtils.tanh(a);
    }
    PtNDArray result = JniUtils.sigmoid(JniUtils.mul(a, engine.scalar(2)));
    JniUtils.muli(result, engine.scalar(2));
    JniUtils.subi(result, engine.scalar(1));
    return result;
  }

  // ---- reductions

  @Override
  public Tensor sumColumns(Tensor a) {
    return of(JniUtils.sum(arrayOf(a), new long[] {1}, true), a.rows(), 1);
  }

  @Override
  public Tensor mean(Tensor a) {
    PtNDArray sum = JniUtils.sum(arrayOf(a), new long[] {0, 1}, true);
    double count = (double) a.rows() * a.columns();
    return of(JniUtils.mul(sum, engine.scalar(1 / count)), 1, 1);
  }

  @Override
  public Tensor logSumExp(Tensor a) {
    return of(DjlDensities.logSumExp(arrayOf(a)), a.rows(), 1);
  }

  @Override
  public Tensor logSoftmax(Tensor a) {
    return like(JniUtils.logSoftmax(arrayOf(a), 1, DataType.FLOAT32), a);
  }

  @Override
  public Tensor sumGroups(Tensor a, int size) {
    int groups = a.rows() / size;
    PtNDArray grouped = JniUtils.reshape(arrayOf(a), new long[] {groups, size, a.columns()});
    return of(JniUtils.sum(grouped, new long[] {1}, false), groups, a.columns());
  }

  // ---- layers

  @Override
  public Tensor product(Tensor input, Tensor weight) {
    PtNDArray transposed = JniUtils.transpose(arrayOf(weight), 0, 1);
    return of(JniUtils.matmul(arrayOf(input), transposed), input.rows(), weight.rows());
  }

  @Override
  public Tensor linear(Tensor input, Tensor weight, Tensor bias, Activation activation) {
    PtNDArray output =
        JniUtils.linear(arrayOf(input), arrayOf(weight), ((DjlTensor) bias).vector());
    return of(activated(output, activation), input.rows(), weight.rows());
  }

  @Override
  public Tensor convolution(
      Tensor input, Tensor weight, Tensor bias, int channels, int kernel, Activation activation) {
    int length = input.columns() / channels;
    int outputs = weight.rows();
    PtNDArray series =
        JniUtils.reshape(arrayOf(input), new long[] {input.rows(), channels, length});
    PtNDArray kernels = JniUtils.reshape(arrayOf(weight), new long[] {outputs, channels, kernel});
    PtNDArray output =
        JniUtils.convolution(
            series,
            kernels,
            ((DjlTensor) bias).vector(),
            new Shape(1),
            new Shape(kernel / 2),
            new Shape(1),
            1);
    int columns = outputs * length;
    PtNDArray flat = JniUtils.reshape(output, new long[] {input.rows(), columns});
    return of(activated(flat, activation), input.rows(), columns);
  }

  @Override
  public Tensor maxPool(Tensor input, int channels, int window) {
    int length = input.columns() / channels;
    int pooled = length / window;
    PtNDArray series =
        JniUtils.reshape(arrayOf(input), new long[] {input.rows(), channels, length});
    PtNDArray output =
        JniUtils.maxPool(series, new Shape(window), new Shape(window), new Shape(0), false);
    int columns = channels * pooled;
    return of(JniUtils.reshape(output, new long[] {input.rows(), columns}), input.rows(), columns);
  }

  @Override
  public Tensor custom(CustomNetwork network, Tensor input) {
    if (network instanceof DjlNetwork block) {
      return block.forward(this, (DjlTensor) input);
    }
    throw new UnsupportedOperationException(
        "the DJL engine cannot run a custom network of kind " + network.kind());
  }

  // ---- invertible transforms and densities

  @Override
  public Transformed affine(Tensor x, Tensor shift, Tensor rawLogScale, double limit) {
    PtNDArray logScale = boundedLogScale(rawLogScale, limit);
    PtNDArray centred = JniUtils.sub(arrayOf(x), arrayOf(shift));
    PtNDArray negative = JniUtils.neg(logScale);
    PtNDArray value = JniUtils.mul(centred, JniUtils.exp(negative));
    return new Transformed(
        like(value, x), of(JniUtils.sum(negative, new long[] {1}, true), rawLogScale.rows(), 1));
  }

  @Override
  public Tensor affineInverse(Tensor y, Tensor shift, Tensor rawLogScale, double limit) {
    PtNDArray scale = JniUtils.exp(boundedLogScale(rawLogScale, limit));
    return like(JniUtils.add(JniUtils.mul(arrayOf(y), scale), arrayOf(shift)), y);
  }

  private PtNDArray boundedLogScale(Tensor raw, double limit) {
    PtNDArray bounded = tanh(JniUtils.mul(arrayOf(raw), engine.scalar(1 / limit)));
    return JniUtils.mul(bounded, engine.scalar(limit));
  }

  @Override
  public Transformed spline(
      Tensor x, Tensor features, Tensor weight, Tensor bias, int bins, double bound) {
    PtNDArray[] result = shape(x, features, weight, bias, bins, bound).forward(arrayOf(x));
    return new Transformed(like(result[0], x), of(result[1], x.rows(), 1));
  }

  @Override
  public Tensor splineInverse(
      Tensor y, Tensor features, Tensor weight, Tensor bias, int bins, double bound) {
    return like(shape(y, features, weight, bias, bins, bound).inverse(arrayOf(y)), y);
  }

  /**
   * The spline's shape, computed transposed: many operations over a few bins are fast only along
   * the batch.
   */
  private DjlSpline shape(
      Tensor x, Tensor features, Tensor weight, Tensor bias, int bins, double bound) {
    PtNDArray linear =
        JniUtils.matmul(arrayOf(weight), JniUtils.transpose(arrayOf(features), 0, 1));
    PtNDArray offsets = JniUtils.unsqueeze(((DjlTensor) bias).vector(), 1);
    JniUtils.addi(linear, offsets);
    int times = x.rows() / features.rows();
    if (times > 1) {
      PtNDArray wide = JniUtils.unsqueeze(linear, 2);
      Shape shape = new Shape(weight.rows(), features.rows(), times);
      linear =
          JniUtils.reshape(JniUtils.broadcast(wide, shape), new long[] {weight.rows(), x.rows()});
    }
    return new DjlSpline(engine, linear, x.rows(), x.columns(), bins, bound, !records());
  }

  @Override
  public Tensor standardNormalLogProb(Tensor x) {
    PtNDArray squares = JniUtils.sum(JniUtils.square(arrayOf(x)), new long[] {1}, true);
    PtNDArray half = JniUtils.mul(squares, engine.scalar(-0.5));
    PtNDArray result = JniUtils.add(half, engine.scalar(-0.5 * LOG_2_PI * x.columns()));
    return of(result, x.rows(), 1);
  }

  @Override
  public Tensor mixtureLogProb(
      Tensor x, Tensor logits, Tensor means, Tensor logDiagonal, Tensor upper) {
    PtNDArray result =
        DjlDensities.mixtureLogProb(
            engine,
            (DjlTensor) x,
            (DjlTensor) logits,
            arrayOf(means),
            arrayOf(logDiagonal),
            arrayOf(upper));
    return of(result, x.rows(), 1);
  }
}
