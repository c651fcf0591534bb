package io.github.sbi4j.flows.tensor;

import java.util.List;
import java.util.function.Supplier;

/**
 * One evaluation of a model: the differentiable operations, and the owner of every tensor made by
 * them.
 *
 * <p>Used by the thread that opened it and closed by it; closing frees all its tensors. B is the
 * number of rows of a batch. A column of one value a row is B x 1. Where two operands are combined
 * value by value, one of them may have a single row or a single column, which is repeated.
 */
public interface Operations extends AutoCloseable {
  /**
   * {@return true while the gradient of the weights is recorded, when layers behave as in training}
   */
  boolean training();

  // ---- what comes in

  /**
   * {@return a matrix of the model's weights}
   *
   * @param parameter its place in the layout
   */
  Tensor parameter(Parameter parameter);

  /**
   * {@return a matrix from row-major values; no gradient}
   *
   * @param values rows x columns values, row after row
   * @param rows the number of rows
   * @param columns the number of columns
   */
  Tensor constant(float[] values, int rows, int columns);

  /**
   * {@return a matrix from row-major values whose gradient {@link #gradient} gives after {@link
   * #backward}}
   *
   * @param values rows x columns values, row after row
   * @param rows the number of rows
   * @param columns the number of columns
   */
  Tensor variable(float[] values, int rows, int columns);

  /**
   * {@return the rows of a table at the given indices, in their order}
   *
   * @param table a table of this engine
   * @param indices their positions, from 0
   */
  Tensor rows(Table table, int[] indices);

  /**
   * Does a part of the work of which only the results are needed later. Where no gradient is
   * recorded an engine may free all else at once: memory that is used again soon stays in the
   * processor's cache.
   *
   * @param work makes the results; must not give back what was made before it
   * @return the results
   */
  List<Tensor> stage(Supplier<List<Tensor>> work);

  // ---- what goes out

  /**
   * {@return the values, row after row}
   *
   * @param tensor B x C
   */
  float[] values(Tensor tensor);

  /**
   * Adds the gradient of the sum of a tensor's values to the weights and the variables; once an
   * evaluation.
   *
   * @param tensor B x C
   */
  void backward(Tensor tensor);

  /**
   * {@return the gradient of a variable after {@link #backward}, row after row}
   *
   * @param variable what {@link #variable} gave
   */
  float[] gradient(Tensor variable);

  // ---- arrangement

  /**
   * {@return matrices with equal numbers of rows side by side}
   *
   * @param tensors B rows each
   */
  Tensor concat(Tensor... tensors);

  /**
   * {@return columns {@code from} to {@code to}, exclusive}
   *
   * @param tensor B x C
   * @param from the first
   * @param to the last and one
   */
  Tensor columns(Tensor tensor, int from, int to);

  /**
   * {@return the columns at the given indices, in their order}
   *
   * @param tensor B x C
   * @param indices their positions, from 0
   */
  Tensor selectColumns(Tensor tensor, int[] indices);

  /**
   * {@return rows {@code from} to {@code to}, exclusive}
   *
   * @param tensor B x C
   * @param from the first
   * @param to the last and one
   */
  Tensor selectRows(Tensor tensor, int from, int to);

  /**
   * {@return each row the given number of times in a row: B x C becomes (B times) x C}
   *
   * @param tensor B x C
   * @param times how often
   */
  Tensor repeatRows(Tensor tensor, int times);

  /**
   * {@return the same values, row after row, with another number of rows}
   *
   * @param tensor B x C
   * @param rows the number of rows
   * @param columns the number of columns
   */
  Tensor reshape(Tensor tensor, int rows, int columns);

  // ---- value by value

  /**
   * {@return a + b}
   *
   * @param a B x C
   * @param b B x C, or a single row or column
   */
  Tensor add(Tensor a, Tensor b);

  /**
   * {@return a - b}
   *
   * @param a B x C
   * @param b B x C, or a single row or column
   */
  Tensor subtract(Tensor a, Tensor b);

  /**
   * {@return a b, value by value}
   *
   * @param a B x C
   * @param b B x C, or a single row or column
   */
  Tensor multiply(Tensor a, Tensor b);

  /**
   * {@return factor times a}
   *
   * @param a B x C
   * @param factor the factor
   */
  Tensor scale(Tensor a, double factor);

  /**
   * {@return a + constant}
   *
   * @param a B x C
   * @param constant the constant
   */
  Tensor shift(Tensor a, double constant);

  /**
   * {@return e to the power of each value}
   *
   * @param a B x C
   */
  Tensor exp(Tensor a);

  /**
   * {@return the natural logarithm of each value}
   *
   * @param a B x C
   */
  Tensor log(Tensor a);

  /**
   * {@return 1 / (1 + e<sup>-a</sup>)}
   *
   * @param a B x C
   */
  Tensor sigmoid(Tensor a);

  /**
   * {@return log(1 + e<sup>a</sup>)}
   *
   * @param a B x C
   */
  Tensor softplus(Tensor a);

  /**
   * {@return an activation function of each value of a}
   *
   * @param a B x C
   * @param activation the function
   */
  Tensor activate(Tensor a, Activation activation);

  // ---- reductions

  /**
   * {@return the sum of each row, B x 1}
   *
   * @param a B x C
   */
  Tensor sumColumns(Tensor a);

  /**
   * {@return the mean over all values, 1 x 1}
   *
   * @param a B x C
   */
  Tensor mean(Tensor a);

  /**
   * {@return log of the sum of e<sup>a</sup> over each row, B x 1}
   *
   * @param a B x C
   */
  Tensor logSumExp(Tensor a);

  /**
   * {@return log-probabilities from unnormalised ones: a - logSumExp(a) row by row}
   *
   * @param a B x C
   */
  Tensor logSoftmax(Tensor a);

  /**
   * {@return the sums over groups of {@code size} rows in succession: (G size) x C becomes G x C}
   *
   * @param a B x C
   * @param size the number of rows of a group
   */
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

  /**
   * {@return the output of a network that only some engines can run}
   *
   * @param network a network of this engine
   * @param input B x I
   */
  Tensor custom(CustomNetwork network, Tensor input);

  // ---- invertible transforms and densities

  /**
   * The affine transform y = (x - shift) e<sup>-s</sup> with s the raw log-scale bounded softly: s
   * = limit tanh(raw / limit).
   *
   * @param x B x D
   * @param shift B x D, or 1 x D for all
   * @param rawLogScale as many as of the shift
   * @param limit the bound of |s|
   * @return y and the log-determinant -sum s, one for each row of the shift
   */
  Transformed affine(Tensor x, Tensor shift, Tensor rawLogScale, double limit);

  /**
   * {@return the inverse of {@link #affine}: x = y e<sup>s</sup> + shift, without its
   * log-determinant}
   *
   * @param y B x D
   * @param shift B x D
   * @param rawLogScale B x D
   * @param limit the bound of |s|
   */
  Tensor affineInverse(Tensor y, Tensor shift, Tensor rawLogScale, double limit);

  /**
   * The monotone rational-quadratic spline of Durkan et al. (2019), the identity outside [-bound,
   * bound], whose shape is linear in features: features weight<sup>T</sup> + bias gives
   * unconstrained widths (K), heights (K) and inner derivatives (K - 1) of each column of x in
   * turn.
   *
   * @param x B x D
   * @param features B x F, or fewer rows, each for as many rows of the first operand in succession
   * @param weight (D (3 K - 1)) x F
   * @param bias 1 x (D (3 K - 1))
   * @param bins the number of bins, K
   * @param bound half the width of the interval
   * @return the spline at x and its log-determinant, B x 1
   */
  Transformed spline(Tensor x, Tensor features, Tensor weight, Tensor bias, int bins, double bound);

  /**
   * {@return the inverse of {@link #spline}, without its log-determinant}
   *
   * @param y B x D
   * @param features B x F, or fewer rows, each for as many rows of the first operand in succession
   * @param weight (D (3 K - 1)) x F
   * @param bias 1 x (D (3 K - 1))
   * @param bins the number of bins, K
   * @param bound half the width of the interval
   */
  Tensor splineInverse(
      Tensor y, Tensor features, Tensor weight, Tensor bias, int bins, double bound);

  /**
   * {@return the log-density of D independent standard normal variables, B x 1}
   *
   * @param x B x D
   */
  Tensor standardNormalLogProb(Tensor x);

  /**
   * The log-density of a Gaussian mixture with K full covariances. Component k has the precision
   * U<sub>k</sub><sup>T</sup> U<sub>k</sub>, U<sub>k</sub> upper triangular with diagonal
   * e<sup>logDiagonal</sup>.
   *
   * @param x B x D
   * @param logits unnormalised log-weights, B x K, or one row for all, as of the following
   * @param means B x (K D)
   * @param logDiagonal B x (K D)
   * @param upper the values above the diagonal, row after row, B x (K D (D - 1) / 2)
   * @return B x 1
   */
  Tensor mixtureLogProb(Tensor x, Tensor logits, Tensor means, Tensor logDiagonal, Tensor upper);

  @Override
  void close();
}
