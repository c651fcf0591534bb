package io.github.sbi4j.flows.tensor.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.estimator.DensityModel;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.tensor.AdamSettings;
import io.github.sbi4j.flows.tensor.Engine;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.RowLoss;
import io.github.sbi4j.flows.tensor.Table;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.tensor.Weights;
import io.github.sbi4j.flows.tensor.Workers;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
  private static final int ROWS = 1500;

  private final Engine engine = CpuEngine.get();
  private final DensityModel model =
      DensityModel.build(Maf.defaults(), Embedding.identity(), 3, 2, 1);
  private final Table targets = table(3, 1);
  private final Table contexts = table(2, 2);

  private Table table(int columns, long seed) {
    Random random = new Random(seed);
    float[] values = new float[ROWS * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return engine.table(values, ROWS, columns);
  }

  private RowLoss loss() {
    return (ops, rows) ->
        ops.scale(model.logProb(ops, ops.rows(targets, rows), ops.rows(contexts, rows)), -1);
  }

  private Weights weights() {
    return engine.weights(model.layout(), model.layout().initialValues());
  }

  private float[] afterSteps(int batch, int threads) {
    Weights weights = weights();
    var adam = weights.adam(AdamSettings.DEFAULTS);
    try (Workers workers = engine.workers(threads)) {
      for (int step = 0; step < 20; step++) {
        int from = step * 7;
        workers.gradient(weights, IntStream.range(from, from + batch).toArray(), loss());
        adam.step(1e-2, 5);
      }
    }
    return weights.toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50, 63, 64, 100, 200, 333, 1000})
  void resultsDoNotDependOnTheNumberOfThreads(int batch) {
    float[] one = afterSteps(batch, 1);
    assertThat(afterSteps(batch, 2)).containsExactly(one);
    assertThat(afterSteps(batch, 5)).containsExactly(one);
  }

  @Test
  void shardsAddUpToTheWholeBatch() {
    int[] rows = IntStream.range(0, 777).toArray();
    Weights parts = weights();
    Weights whole = weights();
    double mean;
    try (Workers workers = engine.workers(2)) {
      mean = workers.gradient(parts, rows, loss());
      assertThat(workers.sum(parts, rows, loss()) / rows.length).isCloseTo(mean, within(1e-6));
    }
    try (Operations ops = whole.record()) {
      Tensor loss = ops.mean(loss().of(ops, rows));
      ops.backward(loss);
      assertThat((double) ops.values(loss)[0]).isCloseTo(mean, within(1e-5));
    }
    double norm = whole.adam(AdamSettings.DEFAULTS).step(0, 1e9);
    assertThat(parts.adam(AdamSettings.DEFAULTS).step(0, 1e9)).isCloseTo(norm, within(1e-5 * norm));
  }

  @Test
  void shardsCoverEveryRowOnce() {
    for (int rows = 1; rows < 3000; rows++) {
      int[] bounds = CpuWorkers.shards(rows);
      assertThat(bounds[0]).isZero();
      assertThat(bounds[bounds.length - 1]).isEqualTo(rows);
      for (int i = 1; i < bounds.length; i++) {
        assertThat(bounds[i]).isGreaterThan(bounds[i - 1]);
      }
    }
  }

  @Test
  void aFailureReachesTheCallerAndTheThreadsGoOn() {
    Weights weights = weights();
    int[] rows = IntStream.range(0, 200).toArray();
    try (Workers workers = engine.workers(2)) {
      RowLoss broken =
          (ops, part) -> {
            throw new IllegalStateException("no loss today");
          };
      assertThatThrownBy(() -> workers.gradient(weights, rows, broken))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("no loss today");
      assertThat(workers.gradient(weights, rows, loss())).isFinite();
    }
  }

  @Test
  void noThreadOutlivesTheWorkers() throws InterruptedException {
    try (Workers workers = engine.workers(4)) {
      workers.gradient(weights(), IntStream.range(0, 1000).toArray(), loss());
      assertThat(workerThreads()).isPositive();
    }
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (workerThreads() > 0 && System.nanoTime() < deadline) {
      Thread.sleep(1);
    }
    assertThat(workerThreads()).isZero();
  }

  private static long workerThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("sbi4j-worker"))
        .count();
  }
}
