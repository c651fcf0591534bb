package io.github.sbi4j.flows.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** What every engine has to do: values against plain Java, gradients against finite differences. */
public abstract class EngineContract {
  private static final double STEP = 1e-2;

  /** The engine under test. */
  protected abstract Engine engine();

  /** An operation on some matrices. */
  @FunctionalInterface
  protected interface Function {
    Tensor apply(Operations ops, Tensor[] inputs);
  }

  private static final ParameterLayout NOTHING = layoutOfOne();

  private static ParameterLayout layoutOfOne() {
    ParameterLayout layout = new ParameterLayout();
    layout.add("unused", 1, 1, new float[1]);
    return layout;
  }

  private record Matrix(float[] values, int rows, int columns) {
    static Matrix random(int rows, int columns, long seed) {
      Random random = new Random(seed);
      float[] values = new float[rows * columns];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      return new Matrix(values, rows, columns);
    }
  }

  /** The values of an operation. */
  private float[] values(Function function, Matrix... inputs) {
    Weights weights = engine().weights(NOTHING, new float[1]);
    try (Operations ops = weights.evaluate()) {
      Tensor[] tensors = new Tensor[inputs.length];
      for (int i = 0; i < inputs.length; i++) {
        tensors[i] = ops.constant(inputs[i].values, inputs[i].rows, inputs[i].columns);
      }
      Tensor result = function.apply(ops, tensors);
      float[] values = ops.values(result);
      assertThat(values).hasSize(result.rows() * result.columns());
      return values;
    }
  }

  private static double weighted(float[] values) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i] * Math.cos(1 + i);
    }
    return sum;
  }

  /**
   * Compares the gradient of a weighted sum of the outputs with central differences, for every
   * input.
   */
  private void checkGradient(Function function, Matrix... inputs) {
    Weights weights = engine().weights(NOTHING, new float[1]);
    float[][] gradients = new float[inputs.length][];
    try (Operations ops = weights.evaluate()) {
      Tensor[] tensors = new Tensor[inputs.length];
      for (int i = 0; i < inputs.length; i++) {
        tensors[i] = ops.variable(inputs[i].values.clone(), inputs[i].rows, inputs[i].columns);
      }
      Tensor result = function.apply(ops, tensors);
      float[] factors = new float[result.rows() * result.columns()];
      for (int i = 0; i < factors.length; i++) {
        factors[i] = (float) Math.cos(1 + i);
      }
      ops.backward(ops.multiply(result, ops.constant(factors, result.rows(), result.columns())));
      for (int i = 0; i < inputs.length; i++) {
        gradients[i] = ops.gradient(tensors[i]);
      }
    }
    for (int i = 0; i < inputs.length; i++) {
      for (int j = 0; j < inputs[i].values.length; j++) {
        float kept = inputs[i].values[j];
        inputs[i].values[j] = (float) (kept + STEP);
        double above = weighted(values(function, inputs));
        inputs[i].values[j] = (float) (kept - STEP);
        double below = weighted(values(function, inputs));
        inputs[i].values[j] = kept;
        double expected = (above - below) / (2 * STEP);
        assertThat((double) gradients[i][j])
            .as("gradient of input %d at %d", i, j)
            .isCloseTo(expected, within(2e-2 + 1e-2 * Math.abs(expected)));
      }
    }
  }

  private void checkEach(Function function, BiFunction<Double, Integer, Double> expected) {
    Matrix x = Matrix.random(3, 4, 5);
    float[] got = values(function, x);
    for (int i = 0; i < got.length; i++) {
      assertThat((double) got[i]).isCloseTo(expected.apply((double) x.values[i], i), within(1e-5));
    }
    checkGradient(function, x);
  }

  @Test
  void elementwise() {
    checkEach((ops, t) -> ops.scale(t[0], 2.5), (v, i) -> 2.5 * v);
    checkEach((ops, t) -> ops.shift(t[0], -1.5), (v, i) -> v - 1.5);
    checkEach((ops, t) -> ops.exp(t[0]), (v, i) -> Math.exp(v));
    checkEach((ops, t) -> ops.log(ops.exp(t[0])), (v, i) -> v);
    checkEach((ops, t) -> ops.sigmoid(t[0]), (v, i) -> 1 / (1 + Math.exp(-v)));
    checkEach((ops, t) -> ops.softplus(t[0]), (v, i) -> Math.log1p(Math.exp(v)));
    checkEach((ops, t) -> ops.activate(t[0], Activation.TANH), (v, i) -> Math.tanh(v));
    checkEach((ops, t) -> ops.activate(t[0], Activation.ELU), (v, i) -> v > 0 ? v : Math.expm1(v));
    checkEach((ops, t) -> ops.activate(t[0], Activation.IDENTITY), (v, i) -> v);
    checkEach((ops, t) -> ops.activate(ops.shift(t[0], 5), Activation.RELU), (v, i) -> v + 5);
    assertThat(
            values(
                (ops, t) -> ops.activate(t[0], Activation.RELU),
                new Matrix(new float[] {-1, 2}, 1, 2)))
        .containsExactly(0, 2);
    assertThat(
            values(
                (ops, t) -> ops.activate(t[0], Activation.GELU),
                new Matrix(new float[] {-1, 1}, 1, 2))[1])
        .isCloseTo(0.8413447f, within(1e-5f));
  }

  @Test
  void combinesWithBroadcasting() {
    for (Matrix b :
        new Matrix[] {Matrix.random(3, 4, 2), Matrix.random(1, 4, 3), Matrix.random(3, 1, 4)}) {
      checkGradient((ops, t) -> ops.add(t[0], t[1]), Matrix.random(3, 4, 1), b);
      checkGradient((ops, t) -> ops.subtract(t[0], t[1]), Matrix.random(3, 4, 1), b);
      checkGradient((ops, t) -> ops.multiply(t[0], t[1]), Matrix.random(3, 4, 1), b);
    }
    assertThat(
            values(
                (ops, t) -> ops.subtract(t[0], t[1]),
                new Matrix(new float[] {1, 2, 3, 4}, 2, 2),
                new Matrix(new float[] {1, 1}, 1, 2)))
        .containsExactly(0, 1, 2, 3);
  }

  @Test
  void arranges() {
    Matrix x = new Matrix(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    assertThat(values((ops, t) -> ops.columns(t[0], 1, 3), x)).containsExactly(2, 3, 5, 6);
    assertThat(values((ops, t) -> ops.selectColumns(t[0], new int[] {2, 0}), x))
        .containsExactly(3, 1, 6, 4);
    assertThat(values((ops, t) -> ops.selectRows(t[0], 1, 2), x)).containsExactly(4, 5, 6);
    assertThat(values((ops, t) -> ops.repeatRows(t[0], 2), x))
        .containsExactly(1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6);
    assertThat(values((ops, t) -> ops.reshape(t[0], 3, 2), x)).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(values((ops, t) -> ops.concat(t[0], t[0]), x))
        .containsExactly(1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6);
    assertThat(values((ops, t) -> ops.sumGroups(t[0], 2), x)).containsExactly(5, 7, 9);
    checkGradient((ops, t) -> ops.columns(t[0], 1, 3), Matrix.random(2, 3, 1));
    checkGradient((ops, t) -> ops.selectColumns(t[0], new int[] {2, 0}), Matrix.random(2, 3, 1));
    checkGradient((ops, t) -> ops.selectRows(t[0], 1, 2), Matrix.random(2, 3, 1));
    checkGradient((ops, t) -> ops.repeatRows(t[0], 3), Matrix.random(2, 3, 1));
    checkGradient((ops, t) -> ops.reshape(t[0], 3, 2), Matrix.random(2, 3, 1));
    checkGradient(
        (ops, t) -> ops.concat(t[0], t[1]), Matrix.random(2, 3, 1), Matrix.random(2, 2, 2));
    checkGradient((ops, t) -> ops.sumGroups(t[0], 2), Matrix.random(4, 3, 1));
  }

  @Test
  void reduces() {
    Matrix x = new Matrix(new float[] {1, 2, 3, 1000, 1000, 1000}, 2, 3);
    assertThat(values((ops, t) -> ops.sumColumns(t[0]), x)).containsExactly(6, 3000);
    assertThat(values((ops, t) -> ops.mean(t[0]), x)[0]).isCloseTo(501f, within(1e-3f));
    float[] logs = values((ops, t) -> ops.logSumExp(t[0]), x);
    assertThat(logs[0]).isCloseTo(3.407606f, within(1e-5f));
    assertThat(logs[1]).isCloseTo((float) (1000 + Math.log(3)), within(1e-3f));
    checkGradient((ops, t) -> ops.sumColumns(t[0]), Matrix.random(3, 4, 1));
    checkGradient((ops, t) -> ops.mean(t[0]), Matrix.random(3, 4, 1));
    checkGradient((ops, t) -> ops.logSumExp(t[0]), Matrix.random(3, 4, 1));
    checkGradient((ops, t) -> ops.logSoftmax(t[0]), Matrix.random(3, 4, 1));
  }

  @Test
  void layers() {
    float[] linear =
        values(
            (ops, t) -> ops.linear(t[0], t[1], t[2], Activation.IDENTITY),
            new Matrix(new float[] {1, 2}, 1, 2),
            new Matrix(new float[] {1, 0, 0, 1, 1, 1}, 3, 2),
            new Matrix(new float[] {10, 20, 30}, 1, 3));
    assertThat(linear).containsExactly(11, 22, 33);
    checkGradient(
        (ops, t) -> ops.linear(t[0], t[1], t[2], Activation.TANH),
        Matrix.random(4, 3, 1),
        Matrix.random(5, 3, 2),
        Matrix.random(1, 5, 3));
    checkGradient(
        (ops, t) -> ops.product(t[0], t[1]), Matrix.random(4, 3, 1), Matrix.random(5, 3, 2));
    // Two channels of length 5, one output: a moving sum of the first minus the second.
    float[] convolved =
        values(
            (ops, t) -> ops.convolution(t[0], t[1], t[2], 2, 3, Activation.IDENTITY),
            new Matrix(new float[] {1, 2, 3, 4, 5, 1, 1, 1, 1, 1}, 1, 10),
            new Matrix(new float[] {1, 1, 1, 0, -1, 0}, 1, 6),
            new Matrix(new float[] {0}, 1, 1));
    assertThat(convolved).containsExactly(2, 5, 8, 11, 8);
    checkGradient(
        (ops, t) -> ops.convolution(t[0], t[1], t[2], 2, 3, Activation.TANH),
        Matrix.random(2, 10, 1),
        Matrix.random(3, 6, 2),
        Matrix.random(1, 3, 3));
    assertThat(
            values(
                (ops, t) -> ops.maxPool(t[0], 2, 2),
                new Matrix(new float[] {1, 2, 3, 4, 9, 8, 7, 6, 5, 4}, 1, 10)))
        .containsExactly(2, 4, 8, 6);
    checkGradient(
        (ops, t) -> ops.maxPool(t[0], 1, 3), new Matrix(new float[] {1, 2, 3, 6, 5, 4, 7}, 1, 7));
  }

  @Test
  void affineIsInvertedAndHasItsDeterminant() {
    Matrix x = Matrix.random(4, 3, 1);
    Matrix shift = Matrix.random(4, 3, 2);
    Matrix raw = Matrix.random(4, 3, 3);
    checkGradient((ops, t) -> ops.affine(t[0], t[1], t[2], 5).value(), x, shift, raw);
    checkGradient((ops, t) -> ops.affine(t[0], t[1], t[2], 5).logDeterminant(), x, shift, raw);
    float[] back =
        values(
            (ops, t) -> ops.affineInverse(ops.affine(t[0], t[1], t[2], 5).value(), t[1], t[2], 5),
            x,
            shift,
            raw);
    assertClose(back, x.values, 1e-5);
  }

  @Test
  void inverseTransformsHaveTheirGradients() {
    for (int rows : new int[] {1, 4}) {
      checkGradient(
          (ops, t) -> ops.affineInverse(t[0], t[1], t[2], 5),
          Matrix.random(4, 3, 1),
          Matrix.random(rows, 3, 2),
          scaled(Matrix.random(rows, 3, 3), 0.5f));
    }
    int bins = 4;
    Matrix y = new Matrix(new float[] {-2.7f, -0.4f, 0.6f, 2.2f, 3.6f, 1.3f}, 3, 2);
    Matrix raw = scaled(Matrix.random(3, 2 * (3 * bins - 1), 7), 0.5f);
    checkGradient((ops, t) -> inverse(ops, t[0], t[1], bins), y, raw);
  }

  private static Tensor repeated(Operations ops, Tensor row, Tensor like) {
    return ops.repeatRows(row, like.rows());
  }

  @Test
  void affineOfOneRowServesAll() {
    Matrix x = Matrix.random(4, 3, 1);
    Matrix shift = Matrix.random(1, 3, 2);
    Matrix raw = Matrix.random(1, 3, 3);
    checkGradient((ops, t) -> ops.affine(t[0], t[1], t[2], 5).value(), x, shift, raw);
    checkGradient((ops, t) -> ops.affine(t[0], t[1], t[2], 5).logDeterminant(), x, shift, raw);
    Function each =
        (ops, t) ->
            ops.affineInverse(t[0], repeated(ops, t[1], t[0]), repeated(ops, t[2], t[0]), 5);
    float[] expected = values(each, x, shift, raw);
    Function shared = (ops, t) -> ops.affineInverse(t[0], t[1], t[2], 5);
    assertClose(values(shared, x, shift, raw), expected, 1e-6);
  }

  @Test
  void stagesKeepTheirResultsAndTheirGradients() {
    Function staged =
        (ops, t) -> {
          List<Tensor> made =
              ops.stage(
                  () -> {
                    Tensor square = ops.multiply(t[0], t[0]);
                    return List.of(ops.exp(ops.scale(square, -0.5)), ops.sumColumns(square));
                  });
          return ops.add(made.get(0), made.get(1));
        };
    Matrix x = Matrix.random(5, 3, 7);
    float[] got = values(staged, x);
    for (int i = 0; i < 5; i++) {
      double sum = 0;
      for (int j = 0; j < 3; j++) {
        sum += Math.pow(x.values[3 * i + j], 2);
      }
      for (int j = 0; j < 3; j++) {
        double expected = Math.exp(-0.5 * Math.pow(x.values[3 * i + j], 2)) + sum;
        assertThat((double) got[3 * i + j]).isCloseTo(expected, within(1e-5));
      }
    }
    checkGradient(staged, x);
  }

  /** The spline of given raw shapes: a layer that passes them through. */
  private static Transformed spline(Operations ops, Tensor x, Tensor raw, int bins) {
    int n = raw.columns();
    return ops.spline(x, raw, unit(ops, n), ops.constant(new float[n], 1, n), bins, 3);
  }

  private static Tensor inverse(Operations ops, Tensor y, Tensor raw, int bins) {
    int n = raw.columns();
    return ops.splineInverse(y, raw, unit(ops, n), ops.constant(new float[n], 1, n), bins, 3);
  }

  private static Tensor unit(Operations ops, int n) {
    float[] values = new float[n * n];
    for (int i = 0; i < n; i++) {
      values[i * n + i] = 1;
    }
    return ops.constant(values, n, n);
  }

  @Test
  void splineIsInvertedAndHasItsDeterminant() {
    int bins = 6;
    Matrix x = Matrix.random(40, 2, 1);
    scaled(x, 2);
    // Mild shapes, so that central differences in float32 are good to the tolerance.
    Matrix raw = scaled(Matrix.random(40, 2 * (3 * bins - 1), 2), 0.4f);
    float[] back =
        values((ops, t) -> inverse(ops, spline(ops, t[0], t[1], bins).value(), t[1], bins), x, raw);
    assertClose(back, x.values, 2e-4);
    float[] y = values((ops, t) -> spline(ops, t[0], t[1], bins).value(), x, raw);
    float[] logs = values((ops, t) -> spline(ops, t[0], t[1], bins).logDeterminant(), x, raw);
    Matrix above = new Matrix(x.values.clone(), 40, 2);
    Matrix below = new Matrix(x.values.clone(), 40, 2);
    for (int i = 0; i < 80; i++) {
      above.values[i] += 1e-3f;
      below.values[i] -= 1e-3f;
    }
    float[] up = values((ops, t) -> spline(ops, t[0], t[1], bins).value(), above, raw);
    float[] down = values((ops, t) -> spline(ops, t[0], t[1], bins).value(), below, raw);
    for (int i = 0; i < 40; i++) {
      double numeric = 0;
      for (int d = 2 * i; d < 2 * i + 2; d++) {
        if (Math.abs(x.values[d]) > 3) {
          assertThat(y[d]).isCloseTo(x.values[d], within(2e-6f));
        }
        numeric += Math.log((up[d] - down[d]) / (above.values[d] - below.values[d]));
      }
      assertThat((double) logs[i]).isCloseTo(numeric, within(2e-2));
    }
  }

  /**
   * Shapes of which each serves several points in succession give what repeated ones give, to a few
   * units of rounding in an interval of length six.
   */
  @Test
  void splinesMayShareTheirShapes() {
    int bins = 6;
    int columns = 2 * (3 * bins - 1);
    Matrix x = scaled(Matrix.random(39, 2, 1), 2);
    Matrix few = Matrix.random(13, columns, 2);
    float[] all = new float[39 * columns];
    for (int i = 0; i < 39; i++) {
      System.arraycopy(few.values, i / 3 * columns, all, i * columns, columns);
    }
    Matrix repeated = new Matrix(all, 39, columns);
    assertClose(
        values((ops, t) -> spline(ops, t[0], t[1], bins).value(), x, few),
        values((ops, t) -> spline(ops, t[0], t[1], bins).value(), x, repeated),
        3e-6);
    assertClose(
        values((ops, t) -> spline(ops, t[0], t[1], bins).logDeterminant(), x, few),
        values((ops, t) -> spline(ops, t[0], t[1], bins).logDeterminant(), x, repeated),
        3e-5);
    assertClose(
        values((ops, t) -> inverse(ops, t[0], t[1], bins), x, few),
        values((ops, t) -> inverse(ops, t[0], t[1], bins), x, repeated),
        3e-6);
    checkGradient((ops, t) -> spline(ops, t[0], t[1], 4).value(), points(6), shapes(2));
    checkGradient((ops, t) -> spline(ops, t[0], t[1], 4).logDeterminant(), points(6), shapes(2));
    checkGradient((ops, t) -> inverse(ops, t[0], t[1], 4), points(6), shapes(2));
  }

  private static Matrix points(int rows) {
    return scaled(Matrix.random(rows, 2, 3), 0.7f);
  }

  private static Matrix shapes(int rows) {
    return scaled(Matrix.random(rows, 2 * 11, 4), 0.4f);
  }

  @Test
  void splineHasItsGradients() {
    int bins = 4;
    Matrix x = new Matrix(new float[] {-2.7f, -0.4f, 0.6f, 2.2f, 3.6f, 1.3f}, 3, 2);
    Matrix raw = Matrix.random(3, 2 * (3 * bins - 1), 7);
    checkGradient((ops, t) -> spline(ops, t[0], t[1], bins).value(), x, raw);
    checkGradient((ops, t) -> spline(ops, t[0], t[1], bins).logDeterminant(), x, raw);
    Function ofLayer = (ops, t) -> ops.spline(t[0], t[1], t[2], t[3], bins, 3).value();
    int shapes = 2 * (3 * bins - 1);
    checkGradient(
        ofLayer,
        x,
        Matrix.random(3, 2, 8),
        Matrix.random(shapes, 2, 9),
        Matrix.random(1, shapes, 10));
  }

  @Test
  void standardNormal() {
    Matrix x = Matrix.random(5, 3, 1);
    float[] got = values((ops, t) -> ops.standardNormalLogProb(t[0]), x);
    for (int i = 0; i < 5; i++) {
      double expected = 0;
      for (int d = 0; d < 3; d++) {
        double v = x.values[3 * i + d];
        expected -= 0.5 * v * v + 0.5 * Math.log(2 * Math.PI);
      }
      assertThat((double) got[i]).isCloseTo(expected, within(1e-5));
    }
    checkGradient((ops, t) -> ops.standardNormalLogProb(t[0]), x);
  }

  /** A single component in two dimensions, against the density written out. */
  @Test
  void mixtureOfOneIsANormal() {
    float[] got =
        values(
            (ops, t) -> ops.mixtureLogProb(t[0], t[1], t[2], t[3], t[4]),
            new Matrix(new float[] {0.5f, -1}, 1, 2),
            new Matrix(new float[] {7}, 1, 1),
            new Matrix(new float[] {0.2f, 0.3f}, 1, 2),
            new Matrix(new float[] {0.1f, -0.4f}, 1, 2),
            new Matrix(new float[] {0.8f}, 1, 1));
    double z1 = Math.exp(0.1) * 0.3 + 0.8 * -1.3;
    double z2 = Math.exp(-0.4) * -1.3;
    double expected = 0.1 - 0.4 - 0.5 * (z1 * z1 + z2 * z2) - Math.log(2 * Math.PI);
    assertThat((double) got[0]).isCloseTo(expected, within(1e-5));
  }

  @Test
  void mixtureHasItsGradients() {
    for (int d : new int[] {1, 3}) {
      checkGradient(
          (ops, t) -> ops.mixtureLogProb(t[0], t[1], t[2], t[3], t[4]),
          Matrix.random(3, d, 1),
          Matrix.random(3, 2, 2),
          Matrix.random(3, 2 * d, 3),
          scaled(Matrix.random(3, 2 * d, 4), 0.3f),
          scaled(Matrix.random(3, d * (d - 1), 5), 0.3f));
    }
  }

  @Test
  void mixtureOfOneRowServesAll() {
    Matrix x = Matrix.random(5, 3, 1);
    Matrix[] one = {
      Matrix.random(1, 2, 2),
      Matrix.random(1, 6, 3),
      scaled(Matrix.random(1, 6, 4), 0.3f),
      scaled(Matrix.random(1, 6, 5), 0.3f)
    };
    Function shared = (ops, t) -> ops.mixtureLogProb(t[0], t[1], t[2], t[3], t[4]);
    Function each =
        (ops, t) ->
            ops.mixtureLogProb(
                t[0],
                repeated(ops, t[1], t[0]),
                repeated(ops, t[2], t[0]),
                repeated(ops, t[3], t[0]),
                repeated(ops, t[4], t[0]));
    float[] expected = values(each, x, one[0], one[1], one[2], one[3]);
    assertClose(values(shared, x, one[0], one[1], one[2], one[3]), expected, 1e-5);
    checkGradient(shared, x, one[0], one[1], one[2], one[3]);
  }

  private static Matrix scaled(Matrix matrix, float factor) {
    for (int i = 0; i < matrix.values.length; i++) {
      matrix.values[i] *= factor;
    }
    return matrix;
  }

  @Test
  void takesRowsOfATable() {
    Table table = engine().table(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
    assertThat(values((ops, t) -> ops.rows(table, new int[] {2, 0, 2})))
        .containsExactly(5, 6, 1, 2, 5, 6);
  }

  /** Adam against its definition on a quadratic, with a masked weight and one that is state. */
  @Test
  void optimises() {
    ParameterLayout layout = new ParameterLayout();
    Parameter free = layout.addMasked("free", 1, 3, new float[] {1, 2, 3}, new float[] {1, 0, 1});
    layout.addState("state", 1, 1, new float[] {9});
    assertThat(layout.initialValues()).containsExactly(1, 0, 3, 9);
    Weights weights = engine().weights(layout, layout.initialValues());
    Optimizer adam = weights.adam(AdamSettings.DEFAULTS);
    double[] w = {1, 3};
    double[] m = new double[2];
    double[] v = new double[2];
    for (int step = 1; step <= 20; step++) {
      try (Operations ops = weights.record()) {
        Tensor p = ops.parameter(free);
        ops.backward(ops.sumColumns(ops.multiply(p, p)));
      }
      double norm = adam.step(0.1, 4);
      double expected = 2 * Math.hypot(w[0], w[1]);
      assertThat(norm).isCloseTo(expected, within(1e-3 * expected));
      double clip = Math.min(1, 4 / expected);
      for (int i = 0; i < 2; i++) {
        double g = 2 * w[i] * clip;
        m[i] = 0.9 * m[i] + 0.1 * g;
        v[i] = 0.999 * v[i] + 0.001 * g * g;
        double hat = Math.sqrt(v[i] / (1 - Math.pow(0.999, step)));
        w[i] -= 0.1 * m[i] / (1 - Math.pow(0.9, step)) / (hat + 1e-8);
      }
    }
    float[] values = weights.toArray();
    assertThat((double) values[0]).isCloseTo(w[0], within(1e-3));
    assertThat((double) values[2]).isCloseTo(w[1], within(1e-3));
    assertThat(values[1]).isZero();
    assertThat(values[3]).isEqualTo(9);
  }

  @Test
  void aNonFiniteGradientMakesNoStep() {
    ParameterLayout layout = new ParameterLayout();
    Parameter p = layout.add("p", 1, 1, new float[] {-1});
    Weights weights = engine().weights(layout, layout.initialValues());
    Optimizer adam = weights.adam(AdamSettings.DEFAULTS);
    try (Operations ops = weights.record()) {
      ops.backward(ops.log(ops.scale(ops.parameter(p), 0)));
    }
    assertThat(adam.step(0.1, 5)).isNaN();
    assertThat(weights.toArray()).containsExactly(-1);
    try (Operations ops = weights.record()) {
      ops.backward(ops.parameter(p));
    }
    assertThat(adam.step(0.1, 5)).isEqualTo(1);
    assertThat(weights.toArray()[0]).isLessThan(-1);
  }

  @Test
  void blendsAndCopies() {
    ParameterLayout layout = new ParameterLayout();
    layout.add("p", 1, 2, new float[] {1, 2});
    Weights a = engine().weights(layout, new float[] {1, 2});
    Weights b = engine().weights(layout, new float[] {3, 6});
    a.blend(b, 0.25);
    assertThat(a.toArray()).containsExactly(1.5f, 3f);
    Weights broken = engine().weights(layout, new float[] {Float.NaN, Float.POSITIVE_INFINITY});
    broken.blend(b, 1);
    assertThat(broken.toArray()).containsExactly(3, 6);
  }

  static void assertClose(float[] actual, float[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i]).as("at %d", i).isCloseTo(expected[i], within(tolerance));
    }
  }
}
