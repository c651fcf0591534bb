package io.github.sbi4j.flows.tensor.djl;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.github.sbi4j.flows.tensor.AdamSettings;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Optimizer;
import io.github.sbi4j.flows.tensor.Parameter;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import io.github.sbi4j.flows.tensor.Weights;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/** One flat leaf tensor; matrices are views of it. */
final class DjlWeights implements Weights {
  /** As many as make up for the cost of a call, and no more than the allocator keeps. */
  private static final int ROWS_AT_ONCE = 4000;

  private final DjlEngine engine;
  private final NDManager manager;
  private final ParameterLayout layout;
  private final PtNDArray leaf;
  private final PtNDArray detached;
  private final @Nullable PtNDArray mask;
  private final long[] sizes;
  private final DjlTensor[] views;

  DjlWeights(DjlEngine engine, NDManager manager, ParameterLayout layout, float[] values) {
    this.engine = engine;
    this.manager = manager;
    this.layout = layout;
    Shape flat = new Shape(layout.size());
    this.leaf = DjlEngine.owned(manager, values, flat);
    this.detached = DjlEngine.unscoped(() -> JniUtils.detachGradient(leaf));
    leaf.setRequiresGradient(true);
    this.mask = layout.allFree() ? null : DjlEngine.owned(manager, layout.freeValues(), flat);
    this.sizes = layout.parameters().stream().mapToLong(Parameter::size).toArray();
    this.views = new DjlTensor[sizes.length];
    for (Parameter p : layout.parameters()) {
      views[p.index()] =
          p.rows() == 1
              ? DjlTensor.ofFlat(DjlEngine.unscoped(() -> slice(detached, p)), 1, p.columns())
              : new DjlTensor(DjlEngine.unscoped(() -> view(detached, p)), p.rows(), p.columns());
    }
  }

  private static PtNDArray view(PtNDArray flat, Parameter p) {
    return JniUtils.reshape(slice(flat, p), new long[] {p.rows(), p.columns()});
  }

  private static PtNDArray slice(PtNDArray flat, Parameter p) {
    return JniUtils.slice(flat, 0, p.offset(), (long) p.offset() + p.size(), 1);
  }

  DjlEngine engine() {
    return engine;
  }

  NDManager manager() {
    return manager;
  }

  /**
   * Views of the weights that record on the leaf, for this evaluation; one native call splits them
   * all.
   */
  NDList split() {
    return JniUtils.split(leaf, sizes, 0);
  }

  DjlTensor constantView(Parameter parameter) {
    DjlTensor view = views[parameter.index()];
    // A matrix made of a flat view belongs to the evaluation that made it, so each gets a fresh
    // one.
    return parameter.rows() == 1 ? DjlTensor.ofFlat(view.vector(), 1, parameter.columns()) : view;
  }

  /** Replaces state that is not optimised; outside a graph only. */
  void setState(Parameter parameter, PtNDArray values) {
    copy(values, detached, parameter.offset());
  }

  /**
   * The native step decays every value of the flat array, also those that are not to be optimised.
   */
  private void undoDecayOfState(PtNDArray before) {
    for (Parameter p : layout.parameters()) {
      if (!p.trainable()) {
        long end = (long) p.offset() + p.size();
        copy(JniUtils.slice(before, 0, p.offset(), end, 1), detached, p.offset());
      }
    }
  }

  /** Copies in place, NaN or not: adding and multiplying would keep it. */
  private static void copy(PtNDArray source, PtNDArray target, int offset) {
    long end = offset + source.size();
    JniUtils.indexSet(target, source, new long[] {offset}, new long[] {end}, new long[] {1});
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  @Override
  public Operations record() {
    return new DjlOperations(this, true);
  }

  @Override
  public Operations evaluate() {
    return new DjlOperations(this, false);
  }

  @Override
  public int rowsAtOnce() {
    return ROWS_AT_ONCE;
  }

  @Override
  public boolean staysInThread() {
    return false;
  }

  @Override
  public float[] toArray() {
    try {
      return detached.toFloatArray();
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public void blend(Weights other, double share) {
    DjlWeights source = (DjlWeights) other;
    try (NDScope scope = new NDScope();
        GradientMode off = GradientMode.off()) {
      scope.suppressNotUsedWarning();
      if (share == 1) {
        copy(source.detached, detached, 0);
        return;
      }
      PtNDArray difference = JniUtils.sub(source.detached, detached);
      JniUtils.muli(difference, engine.scalar(share));
      JniUtils.addi(detached, difference);
    } finally {
      Reference.reachabilityFence(source);
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public Optimizer adam(AdamSettings settings) {
    float[] zeros = new float[layout.size()];
    Shape flat = new Shape(layout.size());
    PtNDArray first = DjlEngine.owned(manager, zeros, flat);
    PtNDArray second = DjlEngine.owned(manager, zeros, flat);
    return new Adam(settings, first, second);
  }

  /** Adam over the flat leaf: one native call a step. */
  private final class Adam implements Optimizer {
    private final AdamSettings settings;
    private final PtNDArray first;
    private final PtNDArray second;
    private long steps;

    Adam(AdamSettings settings, PtNDArray first, PtNDArray second) {
      this.settings = settings;
      this.first = first;
      this.second = second;
    }

    @Override
    public double step(double learningRate, double maxNorm) {
      try (NDScope scope = new NDScope();
          GradientMode off = GradientMode.off()) {
        scope.suppressNotUsedWarning();
        PtNDArray gradient = JniUtils.getGradient(leaf);
        if (mask != null) {
          JniUtils.muli(gradient, mask);
        }
        float norm = JniUtils.norm(gradient, 2, new int[] {0}, false).getFloat();
        if (Float.isFinite(norm)) {
          steps++;
          double secondCorrection = Math.sqrt(1 - Math.pow(settings.beta2(), steps));
          double correction = secondCorrection / (1 - Math.pow(settings.beta1(), steps));
          // The native step corrects epsilon too, Adam's definition does not.
          double epsilon = settings.epsilon() * secondCorrection;
          float rescale = norm > maxNorm ? (float) (maxNorm / norm) : 1;
          PtNDArray before = settings.weightDecay() > 0 ? JniUtils.clone(detached) : null;
          JniUtils.adamUpdate(
              leaf,
              gradient,
              first,
              second,
              (float) learningRate,
              (float) (learningRate * correction),
              (float) settings.weightDecay(),
              rescale,
              -1,
              (float) settings.beta1(),
              (float) settings.beta2(),
              (float) epsilon,
              true);
          if (before != null) {
            undoDecayOfState(before);
          }
        }
        JniUtils.zeroGrad(leaf);
        return norm;
      } finally {
        Reference.reachabilityFence(DjlWeights.this);
      }
    }
  }

  @Override
  public String toString() {
    return "DjlWeights["
        + layout.size()
        + " values on "
        + engine.name()
        + ", "
        + sizes.length
        + " matrices]";
  }
}
