package io.github.sbi4j.flows.tensor;

/**
 * One named matrix of a model's weights, a view into its flat array.
 *
 * @param name unique in the model, for example {@code "transforms.0.hidden.weight"}
 * @param index its position in the layout
 * @param offset where its values begin in the flat array
 * @param rows the number of rows; outputs for a linear layer's weight
 * @param columns the number of columns; inputs for a linear layer's weight
 * @param trainable false for state that is kept with the weights but not optimised
 */
public record Parameter(
    String name, int index, int offset, int rows, int columns, boolean trainable) {
  /** {@return the number of values} */
  public int size() {
    return rows * columns;
  }
}
