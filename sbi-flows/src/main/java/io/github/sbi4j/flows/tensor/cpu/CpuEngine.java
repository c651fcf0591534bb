package io.github.sbi4j.flows.tensor.cpu;

import io.github.sbi4j.flows.tensor.Engine;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import io.github.sbi4j.flows.tensor.RowReader;
import io.github.sbi4j.flows.tensor.Table;
import io.github.sbi4j.flows.tensor.Weights;
import io.github.sbi4j.flows.tensor.Workers;
import io.github.sbi4j.flows.tensor.cpu.kernel.Kernels;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Plain Java on the processor, with the Vector API where the JVM offers it. */
public final class CpuEngine implements Engine {
  /** Arenas above 64 MB are left to the garbage collector. */
  private static final long KEPT_VALUES = 16L << 20;

  private static final CpuEngine DEFAULT = new CpuEngine(Kernels.get());

  private final Kernels kernels;
  private final ConcurrentLinkedDeque<Arena> arenas = new ConcurrentLinkedDeque<>();

  CpuEngine(Kernels kernels) {
    this.kernels = kernels;
  }

  /** {@return the engine with the fastest kernels of this JVM} */
  public static CpuEngine get() {
    return DEFAULT;
  }

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public Weights weights(ParameterLayout layout, float[] values) {
    layout.requireSize(values);
    return new CpuWeights(this, layout, values.clone());
  }

  @Override
  public Table table(float[] values, int rows, int columns) {
    return CpuTable.onHeap(values.clone(), rows, columns);
  }

  @Override
  public Table table(RowReader reader, int rows, int columns) {
    return CpuTable.of(reader, rows, columns);
  }

  @Override
  public Workers workers(int threads) {
    return new CpuWorkers(threads);
  }

  Kernels kernels() {
    return kernels;
  }

  /** An arena that nobody uses. */
  Arena borrow() {
    Arena arena = arenas.pollFirst();
    return arena == null ? new Arena() : arena;
  }

  void giveBack(Arena arena) {
    arena.clear();
    if (arena.size() <= KEPT_VALUES) {
      arenas.addFirst(arena);
    }
  }
}
