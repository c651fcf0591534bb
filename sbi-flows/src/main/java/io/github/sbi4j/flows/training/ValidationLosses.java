package io.github.sbi4j.flows.training;

import io.github.sbi4j.flows.tensor.RowLoss;
import io.github.sbi4j.flows.tensor.Weights;
import io.github.sbi4j.flows.tensor.Workers;
import java.util.Arrays;

/** The validation loss of each part of the rows held out, for the standard error of a change. */
record ValidationLosses(double[] parts) {
  private static final int MOST_PARTS = 200;

  static ValidationLosses of(Workers workers, Weights weights, int[] rows, RowLoss loss) {
    double[] parts = new double[Math.min(MOST_PARTS, rows.length)];
    for (int p = 0; p < parts.length; p++) {
      int from = (int) ((long) p * rows.length / parts.length);
      int to = (int) ((long) (p + 1) * rows.length / parts.length);
      parts[p] = workers.sum(weights, Arrays.copyOfRange(rows, from, to), loss);
    }
    return new ValidationLosses(parts);
  }

  /** Whether these are lower by more than the standard error of the sum of differences. */
  boolean clearlyBelow(ValidationLosses others) {
    double sum = 0;
    double squares = 0;
    for (int p = 0; p < parts.length; p++) {
      double gain = others.parts[p] - parts[p];
      sum += gain;
      squares += gain * gain;
    }
    int n = parts.length;
    double variance = n > 1 ? (squares - sum * sum / n) / (n - 1) : 0;
    return sum > Math.sqrt(n * variance);
  }
}
