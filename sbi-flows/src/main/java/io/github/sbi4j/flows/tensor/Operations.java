package io.github.sbi4j.flows.tensor;

/**
 * One evaluation of a model: the differentiable operations, and the owner of every tensor made by them.
 *
 * <p>Used by the thread that opened it and closed by it; closing frees all its tensors. B is the number of rows of a batch. A column
 * of one value a row is B x 1. Where two operands are combined value by value, one of them may have a single row or a single
 * column, which is repeated.
 */
public interface Operations extends AutoCloseable {
  /** True while the gradient of the weights is recorded, when layers behave as in training. */
  boolean training();

  // ---- what comes in

  /** A matrix of the model's weights. */
  Tensor parameter(Parameter parameter);

  /** A matrix from row-major values; no gradient. */
  Tensor constant(float[] values, int rows, int columns);

  /** A matrix from row-major values whose gradient {@link #gradient} gives after {@link #backward}. */
  Tensor variable(float[] values, int rows, int columns);

  /** The rows of a table at the given indices, in their order. */
  Tensor rows(Table table, int[] indices);

  // ---- what goes out

  /** The values, row after row. */
  float[] values(Tensor tensor);

  /** Adds the gradient of the sum of a tensor's values to the weights and the variables; once an evaluation. */
  void backward(Tensor tensor);

  /** The gradient of a variable after {@link #backward}, row after row. */
  float[] gradient(Tensor variable);

  // ---- arrangement

  /** Matrices with equal numbers of rows side by side. */
  Tensor concat(Tensor... tensors);

  /** Columns {@code from} to {@code to}, exclusive. */
  Tensor columns(Tensor tensor, int from, int to);

  /** The columns at the given indices, in their order. */
  Tensor selectColumns(Tensor tensor, int[] indices);

  /** Rows {@code from} to {@code to}, exclusive. */
  Tensor selectRows(Tensor tensor, int from, int to);

  /** Each row the given number of times in a row: B x C becomes (B times) x C. */
  Tensor repeatRows(Tensor tensor, int times);

  /** The same values, row after row, with another number of rows. */
  Tensor reshape(Tensor tensor, int rows, int columns);

  // ---- value by value

  /** a + b. */
  Tensor add(Tensor a, Tensor b);

  /** a - b. */
  Tensor subtract(Tensor a, Tensor b);

  /** a b, value by value. */
  Tensor multiply(Tensor a, Tensor b);

  /** factor a. */
  Tensor scale(Tensor a, double factor);

  /** a + constant. */
  Tensor shift(Tensor a, double constant);

  /** e to the power of each value. */
  Tensor exp(Tensor a);

  /** The natural logarithm of each value. */
  Tensor log(Tensor a);

  /** 1 / (1 + e<sup>-a</sup>). */
  Tensor sigmoid(Tensor a);

  /** log(1 + e<sup>a</sup>). */
  Tensor softplus(Tensor a);

  /** An activation function of each value. */
  Tensor activate(Tensor a, Activation activation);

  // ---- reductions

  /** The sum of each row, B x 1. */
  Tensor sumColumns(Tensor a);

  /** The mean over all values, 1 x 1. */
  Tensor mean(Tensor a);

  /** log of the sum of e<sup>a</sup> over each row, B x 1. */
  Tensor logSumExp(Tensor a);

  /** Log-probabilities from unnormalised ones: a - logSumExp(a) row by row. */
  Tensor logSoftmax(Tensor a);

  /** The sums over groups of {@code size} rows in succession: (G size) x C becomes G x C. */
  Tensor sumGroups(Tensor a, int size);

  // ---- layers

  /**
   * The product with a transposed matrix: input weight<sup>T</sup>.
   *
   * @param input B x I
   * @param weight O x I
   * @return B x O
   */
  Tensor product(Tensor input, Tensor weight);

  /**
   * A linear layer with its activation: act(input weight<sup>T</sup> + bias).
   *
   * @param input B x I
   * @param weight O x I
   * @param bias 1 x O
   * @param activation applied to each value
   * @return B x O
   */
  Tensor linear(Tensor input, Tensor weight, Tensor bias, Activation activation);

  /**
   * A convolution along time with its activation, stride one, zero padding that keeps the length.
   *
   * @param input B x (channels length), channel after channel
   * @param weight O x (channels kernel), channel after channel
   * @param bias 1 x O
   * @param channels the number of input channels
   * @param kernel the width of the kernel, odd
   * @param activation applied to each value
   * @return B x (O length)
   */
  Tensor convolution(
      Tensor input, Tensor weight, Tensor bias, int channels, int kernel, Activation activation);

  /**
   * The maximum over windows along time that do not overlap; what is left at the end is dropped.
   *
   * @param input B x (channels length), channel after channel
   * @param channels the number of channels
   * @param window the width of a window
   * @return B x (channels (length / window))
   */
  Tensor maxPool(Tensor input, int channels, int window);

  /** A network that only some engines can run. */
  Tensor custom(CustomNetwork network, Tensor input);

  // ---- invertible transforms and densities

  /**
   * The affine transform y = (x - shift) e<sup>-s</sup> with s the raw log-scale bounded softly: s = limit tanh(raw / limit).
   *
   * @param x B x D
   * @param shift B x D
   * @param rawLogScale B x D
   * @param limit the bound of |s|
   */
  Transformed affine(Tensor x, Tensor shift, Tensor rawLogScale, double limit);

  /** The inverse of {@link #affine}: x = y e<sup>s</sup> + shift, without its log-determinant. */
  Tensor affineInverse(Tensor y, Tensor shift, Tensor rawLogScale, double limit);

  /**
   * The monotone rational-quadratic spline of Durkan et al. (2019), the identity outside [-bound, bound], whose shape is linear in
   * features: features weight<sup>T</sup> + bias gives unconstrained widths (K), heights (K) and inner derivatives (K - 1) of each
   * column of x in turn.
   *
   * @param x B x D
   * @param features B x F
   * @param weight (D (3 K - 1)) x F
   * @param bias 1 x (D (3 K - 1))
   * @param bins the number of bins, K
   * @param bound half the width of the interval
   */
  Transformed spline(
      Tensor x, Tensor features, Tensor weight, Tensor bias, int bins, double bound);

  /** The inverse of {@link #spline}, without its log-determinant. */
  Tensor splineInverse(
      Tensor y, Tensor features, Tensor weight, Tensor bias, int bins, double bound);

  /** The log-density of D independent standard normal variables, B x 1. */
  Tensor standardNormalLogProb(Tensor x);

  /**
   * The log-density of a Gaussian mixture with K full covariances. Component k has the precision U<sub>k</sub><sup>T</sup>
   * U<sub>k</sub>, U<sub>k</sub> upper triangular with diagonal e<sup>logDiagonal</sup>.
   *
   * @param x B x D
   * @param logits unnormalised log-weights, B x K
   * @param means B x (K D)
   * @param logDiagonal B x (K D)
   * @param upper the values above the diagonal, row after row, B x (K D (D - 1) / 2)
   * @return B x 1
   */
  Tensor mixtureLogProb(
      Tensor x, Tensor logits, Tensor means, Tensor logDiagonal, Tensor upper);

  @Override
  void close();
}
