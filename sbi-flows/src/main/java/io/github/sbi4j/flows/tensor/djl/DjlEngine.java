package io.github.sbi4j.flows.tensor.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.github.sbi4j.flows.tensor.Engine;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import io.github.sbi4j.flows.tensor.Table;
import io.github.sbi4j.flows.tensor.Weights;
import io.github.sbi4j.flows.tensor.Workers;
import java.lang.ref.Cleaner;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** DJL on PyTorch, on one device. */
public final class DjlEngine implements Engine {
  /** Under the 32 MB up to which glibc adapts. */
  private static final long KEPT_BYTES = 30L << 20;

  private static final Cleaner CLEANER = Cleaner.create();

  private static final class Cpu {
    static final DjlEngine ENGINE = new DjlEngine(Device.cpu());
  }

  private static final class Cuda {
    static final DjlEngine ENGINE = new DjlEngine(Device.gpu());
  }

  private final Device device;
  private final NDManager manager;
  private final PtNDArray one;
  private final Map<Double, PtNDArray> scalars = new ConcurrentHashMap<>();
  private final Map<List<Integer>, PtNDArray> selectors = new ConcurrentHashMap<>();
  private final Map<Integer, PtNDArray> triangles = new ConcurrentHashMap<>();
  private final Map<Integer, PtNDArray> cumulations = new ConcurrentHashMap<>();

  private DjlEngine(Device device) {
    this.device = device;
    this.manager = NDManager.newBaseManager(device, "PyTorch");
    if (!device.isGpu()) {
      warmAllocator();
    }
    this.one = unscoped(() -> JniUtils.clone((PtNDArray) manager.create(1L)));
  }

  /** {@return the engine on the CPU, started on first use} */
  public static DjlEngine cpu() {
    start();
    return Cpu.ENGINE;
  }

  /**
   * {@return the engine on the first GPU, started on first use}
   *
   * @throws IllegalStateException if PyTorch finds no GPU
   */
  public static DjlEngine cuda() {
    int gpus = start().getGpuCount();
    if (gpus == 0) {
      throw new IllegalStateException(
          "device cuda was asked for, but PyTorch finds no CUDA GPU here; use Device.cpu(), or check the driver, that libcudart is"
              + " on the loader path, and that no pytorch-native-cpu jar is on the class path (it wins over a GPU)");
    }
    return Cuda.ENGINE;
  }

  private static ai.djl.engine.Engine start() {
    // DJL reports its use over the network unless told not to before it starts.
    if (System.getProperty("OPT_OUT_TRACKING") == null) {
      System.setProperty("OPT_OUT_TRACKING", "true");
    }
    // The networks are small: one thread each, parallelism by Java threads, and results that do not
    // depend on the machine.
    if (System.getProperty("ai.djl.pytorch.num_threads") == null) {
      System.setProperty("ai.djl.pytorch.num_threads", "1");
      System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    }
    return ai.djl.engine.Engine.getEngine("PyTorch");
  }

  /**
   * Frees one large array, after which glibc's allocator keeps memory up to twice that size for the
   * next evaluation. As it starts it gives a few hundred kilobytes back to the system at once, and
   * every evaluation pays for fresh pages.
   */
  private void warmAllocator() {
    manager.create(new Shape(KEPT_BYTES / Float.BYTES)).close();
  }

  @Override
  public String name() {
    return device.isGpu() ? "djl-cuda" : "djl-cpu";
  }

  @Override
  public Weights weights(ParameterLayout layout, float[] values) {
    layout.requireSize(values);
    NDManager own = newManager();
    DjlWeights weights = new DjlWeights(this, own, layout, values);
    CLEANER.register(weights, own::close);
    return weights;
  }

  @Override
  public Table table(float[] values, int rows, int columns) {
    NDManager own = newManager();
    DjlTable table = new DjlTable(owned(own, values, new Shape(rows, columns)), rows, columns);
    CLEANER.register(table, own::close);
    return table;
  }

  @Override
  public Workers workers(int threads) {
    return new DjlWorkers();
  }

  Device device() {
    return device;
  }

  /** Frees a manager's arrays when an object becomes unreachable. */
  static void closeWith(Object owner, NDManager manager) {
    CLEANER.register(owner, manager::close);
  }

  NDManager newManager() {
    return NDManager.newBaseManager(device, "PyTorch");
  }

  NDManager manager() {
    return manager;
  }

  /**
   * A copy of Java values in memory that PyTorch owns: what `create` gives shares the memory of a
   * Java buffer on the CPU.
   */
  static PtNDArray owned(NDManager manager, float[] values, Shape shape) {
    return unscoped(
        () -> {
          try (NDArray shared = manager.create(values, shape)) {
            return JniUtils.clone((PtNDArray) shared);
          }
        });
  }

  /** A scalar that PyTorch owns and that outlives every graph. */
  PtNDArray scalar(double value) {
    return scalars.computeIfAbsent(
        value, v -> owned(manager, new float[] {v.floatValue()}, new Shape()));
  }

  /** The 0/1 matrix that picks columns out of a matrix with the given number of them. */
  PtNDArray selector(int columns, int[] indices) {
    List<Integer> key =
        IntStream.concat(IntStream.of(columns), IntStream.of(indices)).boxed().toList();
    return selectors.computeIfAbsent(
        key,
        k -> {
          float[] ones = new float[columns * indices.length];
          for (int j = 0; j < indices.length; j++) {
            ones[indices[j] * indices.length + j] = 1;
          }
          return owned(manager, ones, new Shape(columns, indices.length));
        });
  }

  /**
   * The 0/1 matrix that puts the D (D - 1) / 2 values above a diagonal, row after row, into the D x
   * D values of a matrix.
   */
  PtNDArray upperTriangle(int dimension) {
    return triangles.computeIfAbsent(
        dimension,
        d -> {
          int count = d * (d - 1) / 2;
          float[] ones = new float[count * d * d];
          int k = 0;
          for (int i = 0; i < d; i++) {
            for (int j = i + 1; j < d; j++) {
              ones[k++ * d * d + i * d + j] = 1;
            }
          }
          return owned(manager, ones, new Shape(count, (long) d * d));
        });
  }

  /**
   * The K x K matrix of ones on and below the diagonal, which turns sizes into their sums so far.
   */
  PtNDArray cumulation(int size) {
    return cumulations.computeIfAbsent(
        size,
        k -> {
          float[] ones = new float[k * k];
          for (int i = 0; i < k; i++) {
            Arrays.fill(ones, i * k, i * k + i + 1, 1);
          }
          return owned(manager, ones, new Shape(k, k));
        });
  }

  /** The integer one, to step an index. */
  PtNDArray one() {
    return one;
  }

  /** Makes an array that survives the scope of the evaluation in which it happens to be made. */
  static PtNDArray unscoped(Supplier<PtNDArray> maker) {
    try (NDScope scope = new NDScope();
        GradientMode off = GradientMode.off()) {
      scope.suppressNotUsedWarning();
      PtNDArray array = maker.get();
      NDScope.unregister(array);
      return array;
    }
  }
}
