package io.github.sbi4j.flows.tensor;

/** What holds weights and tables on a device and computes with them. */
public interface Engine {
  /** {@return a short name for logs and saved files, for example {@code "djl-cpu"}} */
  String name();

  /**
   * Puts a model's weights on the device.
   *
   * @param layout where each matrix lies
   * @param values the flat array, copied
   * @return the weights
   */
  Weights weights(ParameterLayout layout, float[] values);

  /**
   * Puts a table on the device.
   *
   * @param values rows x columns values, row after row, copied
   * @param rows the number of rows
   * @param columns the number of columns
   * @return the table
   */
  Table table(float[] values, int rows, int columns);

  /**
   * Puts a table on the device, or leaves it where it is if it is too large: rows are then read
   * each time that they are wanted.
   *
   * @param reader gives the rows
   * @param rows the number of rows
   * @param columns the number of columns
   * @return the table
   */
  default Table table(RowReader reader, int rows, int columns) {
    float[] values = new float[Math.multiplyExact(rows, columns)];
    for (int i = 0; i < rows; i++) {
      reader.read(i, values, i * columns);
    }
    return table(values, rows, columns);
  }

  /**
   * Starts what trains with this engine: threads that share each batch, where the engine can.
   *
   * @param threads the largest number of threads, the calling one among them
   * @return the workers, to be closed
   */
  Workers workers(int threads);
}
