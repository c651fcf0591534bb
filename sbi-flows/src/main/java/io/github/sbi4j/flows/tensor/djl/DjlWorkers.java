package io.github.sbi4j.flows.tensor.djl;

import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.RowLoss;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.tensor.Weights;
import io.github.sbi4j.flows.tensor.Workers;
import java.util.Arrays;

/** The calling thread alone: a block may need the whole batch, and a GPU fills itself. */
final class DjlWorkers implements Workers {
  private static final int CHUNK = 2000;

  @Override
  public double gradient(Weights weights, int[] rows, RowLoss loss) {
    try (Operations ops = weights.record()) {
      Tensor mean = ops.mean(loss.of(ops, rows));
      ops.backward(mean);
      return ops.values(mean)[0];
    }
  }

  @Override
  public double sum(Weights weights, int[] rows, RowLoss loss) {
    double sum = 0;
    for (int from = 0; from < rows.length; from += CHUNK) {
      int[] chunk = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + CHUNK));
      try (Operations ops = weights.evaluate()) {
        for (float value : ops.values(loss.of(ops, chunk))) {
          sum += value;
        }
      }
    }
    return sum;
  }

  @Override
  public void close() {
    // Nothing was started.
  }
}
