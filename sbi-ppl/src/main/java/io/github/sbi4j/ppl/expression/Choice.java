package io.github.sbi4j.ppl.expression;

import java.util.Arrays;

/** The second argument where the first is above zero, else the third. */
record Choice() implements ElementwiseFunction {
  @Override
  public void evaluate(int rows, double[][] in, double[] values, double[][] derivatives) {
    for (int i = 0; i < rows; i++) {
      values[i] = in[0][i] > 0 ? in[1][i] : in[2][i];
    }
    Arrays.fill(derivatives[0], 0);
    for (int k = 1; k < 3; k++) {
      double[] derivative = derivatives[k];
      for (int i = 0; i < rows && i < derivative.length; i++) {
        derivative[i] = in[0][i] > 0 == (k == 1) ? 1 : 0;
      }
    }
  }
}
