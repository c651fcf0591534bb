package io.github.sbi4j.flows.tensor;

/** Gives rows of float32 values when they are asked for, from many threads, always the same. */
@FunctionalInterface
public interface RowReader {
  /**
   * Reads a row.
   *
   * @param row its index
   * @param target receives its values
   * @param at where the first of them goes
   */
  void read(int row, float[] target, int at);
}
