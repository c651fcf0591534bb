package io.github.sbi4j.flows.tensor.cpu;

import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.tensor.CustomNetwork;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Parameter;
import io.github.sbi4j.flows.tensor.Table;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.tensor.Transformed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One evaluation: each operation goes to the class of its kind. */
final class CpuOperations implements Operations {
  private static final double LOG_2_PI = Math.log(2 * Math.PI);

  private final CpuWeights weights;
  private final float @Nullable [] weightGradient;
  private final Arena arena;
  private final Evaluation evaluation;
  private final Arrangement arrangement;
  private final Elementwise elementwise;
  private final Reductions reductions;
  private final Layers layers;
  private final Convolutions convolutions;
  private final Affine affine;
  private final Spline spline;
  private final Mixture mixture;
  private boolean recordsVariables;
  private boolean closed;

  /**
   * Opens an evaluation.
   *
   * @param weights the weights
   * @param weightGradient receives their gradient; null if none is wanted
   */
  CpuOperations(CpuWeights weights, float @Nullable [] weightGradient) {
    this.weights = weights;
    this.weightGradient = weightGradient;
    this.arena = weights.engine().borrow();
    this.evaluation = new Evaluation(weights.engine().kernels(), arena);
    this.arrangement = new Arrangement(evaluation);
    this.elementwise = new Elementwise(evaluation, arrangement);
    this.reductions = new Reductions(evaluation);
    this.layers = new Layers(evaluation);
    this.convolutions = new Convolutions(evaluation);
    this.affine = new Affine(evaluation, arrangement);
    this.spline = new Spline(evaluation);
    this.mixture = new Mixture(evaluation, arrangement, reductions);
  }

  private static CpuTensor of(Tensor tensor) {
    return (CpuTensor) tensor;
  }

  @Override
  public boolean training() {
    return weightGradient != null;
  }

  // ---- what comes in

  @Override
  public Tensor parameter(Parameter p) {
    return weights.tensor(p, p.trainable() ? weightGradient : null);
  }

  @Override
  public Tensor constant(float[] values, int rows, int columns) {
    return filled(values, rows, columns, false);
  }

  @Override
  public Tensor variable(float[] values, int rows, int columns) {
    recordsVariables = true;
    return filled(values, rows, columns, true);
  }

  private CpuTensor filled(float[] values, int rows, int columns, boolean differentiable) {
    CpuTensor result = evaluation.makeZeros(rows, columns, differentiable);
    for (int c = 0; c < columns; c++) {
      int to = result.at + c * result.columnStep;
      for (int r = 0; r < rows; r++) {
        result.values[to + r] = values[r * columns + c];
      }
    }
    return result;
  }

  @Override
  public Tensor rows(Table table, int[] indices) {
    CpuTable source = (CpuTable) table;
    int columns = table.columns();
    CpuTensor result = evaluation.makeZeros(indices.length, columns, false);
    float[] row = new float[columns];
    for (int r = 0; r < indices.length; r++) {
      source.reader().read(indices[r], row, 0);
      for (int c = 0; c < columns; c++) {
        result.values[result.at + c * result.columnStep + r] = row[c];
      }
    }
    return result;
  }

  @Override
  public List<Tensor> stage(Supplier<List<Tensor>> work) {
    if (training() || recordsVariables) {
      return work.get();
    }
    Arena.Mark mark = arena.mark();
    List<Tensor> results = work.get();
    float[][] kept = new float[results.size()][];
    for (int i = 0; i < kept.length; i++) {
      CpuTensor result = evaluation.dense(of(results.get(i)));
      kept[i] = Arrays.copyOfRange(result.values, result.at, result.at + result.run());
    }
    arena.release(mark);
    List<Tensor> copies = new ArrayList<>(kept.length);
    for (int i = 0; i < kept.length; i++) {
      Tensor result = results.get(i);
      CpuTensor copy = evaluation.make(result.rows(), result.columns(), false);
      System.arraycopy(kept[i], 0, copy.values, copy.at, copy.run());
      copies.add(copy);
    }
    return copies;
  }

  // ---- what goes out

  @Override
  public float[] values(Tensor tensor) {
    CpuTensor a = of(tensor);
    return rowByRow(a, a.values, a.at);
  }

  private static float[] rowByRow(CpuTensor shape, float[] array, int at) {
    float[] result = new float[shape.rows * shape.columns];
    for (int c = 0; c < shape.columns; c++) {
      int from = at + c * shape.columnStep;
      for (int r = 0; r < shape.rows; r++) {
        result[r * shape.columns + c] = array[from + r * shape.rowStep];
      }
    }
    return result;
  }

  @Override
  public void backward(Tensor tensor) {
    backward(of(tensor), 1);
  }

  /** Walks back from the sum of a tensor's values times a factor. */
  void backward(CpuTensor target, float factor) {
    if (!target.differentiable) {
      return;
    }
    float[] gradient = evaluation.gradient(target);
    for (int c = 0; c < target.columns; c++) {
      int from = target.gradientAt() + c * target.columnStep;
      for (int r = 0; r < target.rows; r++) {
        gradient[from + r * target.rowStep] += factor;
      }
    }
    evaluation.walk();
  }

  @Override
  public float[] gradient(Tensor variable) {
    CpuTensor a = of(variable);
    float[] gradient = evaluation.gradient(a);
    return rowByRow(a, gradient, a.gradientAt());
  }

  // ---- arrangement

  @Override
  public Tensor concat(Tensor... tensors) {
    CpuTensor[] parts = new CpuTensor[tensors.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = of(tensors[i]);
    }
    return arrangement.concat(parts);
  }

  @Override
  public Tensor columns(Tensor tensor, int from, int to) {
    return arrangement.columns(of(tensor), from, to);
  }

  @Override
  public Tensor selectColumns(Tensor tensor, int[] indices) {
    return arrangement.selectColumns(of(tensor), indices);
  }

  @Override
  public Tensor selectRows(Tensor tensor, int from, int to) {
    return arrangement.selectRows(of(tensor), from, to);
  }

  @Override
  public Tensor repeatRows(Tensor tensor, int times) {
    return arrangement.repeatRows(of(tensor), times);
  }

  @Override
  public Tensor reshape(Tensor tensor, int rows, int columns) {
    return arrangement.reshape(of(tensor), rows, columns);
  }

  // ---- value by value

  @Override
  public Tensor add(Tensor a, Tensor b) {
    return elementwise.add(of(a), of(b));
  }

  @Override
  public Tensor subtract(Tensor a, Tensor b) {
    return elementwise.subtract(of(a), of(b));
  }

  @Override
  public Tensor multiply(Tensor a, Tensor b) {
    return elementwise.multiply(of(a), of(b));
  }

  @Override
  public Tensor scale(Tensor a, double factor) {
    return elementwise.scale(of(a), factor);
  }

  @Override
  public Tensor shift(Tensor a, double constant) {
    return elementwise.shift(of(a), constant);
  }

  @Override
  public Tensor exp(Tensor a) {
    return elementwise.exp(of(a));
  }

  @Override
  public Tensor log(Tensor a) {
    return elementwise.log(of(a));
  }

  @Override
  public Tensor sigmoid(Tensor a) {
    return elementwise.sigmoid(of(a));
  }

  @Override
  public Tensor softplus(Tensor a) {
    return elementwise.softplus(of(a));
  }

  @Override
  public Tensor activate(Tensor a, Activation activation) {
    return elementwise.activate(of(a), activation);
  }

  // ---- reductions

  @Override
  public Tensor sumColumns(Tensor a) {
    return reductions.sumColumns(of(a));
  }

  @Override
  public Tensor mean(Tensor a) {
    return reductions.mean(of(a));
  }

  @Override
  public Tensor logSumExp(Tensor a) {
    return reductions.logSumExp(of(a));
  }

  @Override
  public Tensor logSoftmax(Tensor a) {
    return reductions.logSoftmax(of(a));
  }

  @Override
  public Tensor sumGroups(Tensor a, int size) {
    return arrangement.sumGroups(of(a), size);
  }

  // ---- layers

  @Override
  public Tensor product(Tensor input, Tensor weight) {
    return layers.product(of(input), of(weight));
  }

  @Override
  public Tensor linear(Tensor input, Tensor weight, Tensor bias, Activation activation) {
    if (activation == Activation.GELU) {
      Tensor sum = layers.linear(of(input), of(weight), of(bias), Activation.IDENTITY);
      return activate(sum, activation);
    }
    return layers.linear(of(input), of(weight), of(bias), activation);
  }

  @Override
  public Tensor convolution(
      Tensor input, Tensor weight, Tensor bias, int channels, int kernel, Activation activation) {
    boolean separate = activation == Activation.GELU;
    Tensor result =
        convolutions.convolution(
            of(input),
            of(weight),
            of(bias),
            channels,
            kernel,
            separate ? Activation.IDENTITY : activation);
    return separate ? activate(result, activation) : result;
  }

  @Override
  public Tensor maxPool(Tensor input, int channels, int window) {
    return convolutions.maxPool(of(input), channels, window);
  }

  @Override
  public Tensor custom(CustomNetwork network, Tensor input) {
    throw new UnsupportedOperationException(
        "the engine in plain Java cannot run a custom network of kind "
            + network.kind()
            + "; use Device.torch() or Device.cuda()");
  }

  // ---- invertible transforms and densities

  @Override
  public Transformed affine(Tensor x, Tensor shift, Tensor rawLogScale, double limit) {
    return affine.forward(of(x), of(shift), of(rawLogScale), limit);
  }

  @Override
  public Tensor affineInverse(Tensor y, Tensor shift, Tensor rawLogScale, double limit) {
    return affine.inverse(of(y), of(shift), of(rawLogScale), limit);
  }

  @Override
  public Transformed spline(
      Tensor x, Tensor features, Tensor weight, Tensor bias, int bins, double bound) {
    return spline.forward(of(x), shapes(features, weight, bias), bins, bound);
  }

  @Override
  public Tensor splineInverse(
      Tensor y, Tensor features, Tensor weight, Tensor bias, int bins, double bound) {
    return spline.inverse(of(y), shapes(features, weight, bias), bins, bound);
  }

  private CpuTensor shapes(Tensor features, Tensor weight, Tensor bias) {
    return layers.linear(of(features), of(weight), of(bias), Activation.IDENTITY);
  }

  @Override
  public Tensor standardNormalLogProb(Tensor x) {
    CpuTensor point = evaluation.dense(of(x));
    Tensor squares = elementwise.multiply(point, point);
    Tensor sum = reductions.sumColumns(of(squares));
    Tensor half = elementwise.scale(of(sum), -0.5);
    return elementwise.shift(of(half), -0.5 * LOG_2_PI * x.columns());
  }

  @Override
  public Tensor mixtureLogProb(
      Tensor x, Tensor logits, Tensor means, Tensor logDiagonal, Tensor upper) {
    return mixture.logProb(of(x), of(logits), of(means), of(logDiagonal), of(upper));
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      weights.engine().giveBack(arena);
    }
  }
}
