package io.github.sbi4j.core.sample;

/**
 * N rows of D values that lie elsewhere than in memory, in a file say, and do not change. Asked
 * from many threads at once.
 */
public interface RowSource {
  /** {@return the number of rows, N} */
  int rows();

  /** {@return the number of values of a row, D} */
  int columns();

  /**
   * Reads a row.
   *
   * @param row the row, from 0 to N - 1
   * @param target receives its D values
   */
  void read(int row, double[] target);
}
