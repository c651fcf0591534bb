package io.github.sbi4j.flows.tensor.cpu;

import io.github.sbi4j.flows.tensor.RowLoss;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.tensor.Weights;
import io.github.sbi4j.flows.tensor.Workers;
import java.util.Arrays;

/**
 * Splits batches into shards that depend on their size alone, each with its own gradient, and adds
 * up in their order.
 */
final class CpuWorkers implements Workers {
  /** A shard is about this long: long enough for the kernels, short enough for the caches. */
  private static final int SHARD = 100;

  /** Shorter batches are left whole: handing over a part would cost more than it saves. */
  private static final int SMALLEST_SPLIT = 64;

  private static final int ALIGNMENT = 24;

  private final Team team;
  private float[][] gradients = new float[0][];

  CpuWorkers(int threads) {
    this.team = new Team(threads);
  }

  /** The first row of each shard, and the number of rows. */
  static int[] shards(int rows) {
    int count = rows < SMALLEST_SPLIT ? 1 : 2 * Math.max(1, Math.round(rows / (2f * SHARD)));
    int[] bounds = new int[count + 1];
    for (int i = 1; i < count; i++) {
      long even = (long) i * rows / count;
      bounds[i] = (int) ((even + ALIGNMENT / 2) / ALIGNMENT * ALIGNMENT);
    }
    bounds[count] = rows;
    return bounds;
  }

  @Override
  public double gradient(Weights weights, int[] rows, RowLoss loss) {
    CpuWeights own = (CpuWeights) weights;
    int[] bounds = shards(rows.length);
    int count = bounds.length - 1;
    reserve(count, own.gradient().length);
    double[] sums = new double[count];
    float factor = 1f / rows.length;
    team.run(
        count,
        shard -> {
          float[] gradient = gradients[shard];
          Arrays.fill(gradient, 0);
          int[] part = Arrays.copyOfRange(rows, bounds[shard], bounds[shard + 1]);
          try (CpuOperations ops = new CpuOperations(own, gradient)) {
            Tensor losses = loss.of(ops, part);
            ops.backward((CpuTensor) losses, factor);
            sums[shard] = sumOf(ops.values(losses));
          }
        });
    float[] total = own.gradient();
    for (int shard = 0; shard < count; shard++) {
      float[] part = gradients[shard];
      for (int i = 0; i < total.length; i++) {
        total[i] += part[i];
      }
    }
    return Arrays.stream(sums).sum() / rows.length;
  }

  private void reserve(int shards, int size) {
    if (gradients.length < shards || gradients[0].length != size) {
      gradients = new float[shards][size];
    }
  }

  @Override
  public double sum(Weights weights, int[] rows, RowLoss loss) {
    CpuWeights own = (CpuWeights) weights;
    int[] bounds = shards(rows.length);
    double[] sums = new double[bounds.length - 1];
    team.run(
        sums.length,
        shard -> {
          int[] part = Arrays.copyOfRange(rows, bounds[shard], bounds[shard + 1]);
          try (CpuOperations ops = new CpuOperations(own, null)) {
            sums[shard] = sumOf(ops.values(loss.of(ops, part)));
          }
        });
    return Arrays.stream(sums).sum();
  }

  private static double sumOf(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  @Override
  public void close() {
    team.close();
  }
}
