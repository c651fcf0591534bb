package io.github.sbi4j.flows.tensor.cpu;

import io.github.sbi4j.flows.tensor.AdamSettings;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Optimizer;
import io.github.sbi4j.flows.tensor.Parameter;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import io.github.sbi4j.flows.tensor.Weights;
import org.jspecify.annotations.Nullable;

/** Weights and their gradient on the heap. */
final class CpuWeights implements Weights {
  /** A network's units for so many rows stay in a processor's second cache. */
  private static final int ROWS_AT_ONCE = 240;

  private final CpuEngine engine;
  private final ParameterLayout layout;
  private final float[] values;
  private final float[] gradient;
  private final @Nullable Sparsity[] sparsity;

  CpuWeights(CpuEngine engine, ParameterLayout layout, float[] values) {
    this.engine = engine;
    this.layout = layout;
    this.values = values;
    this.gradient = new float[values.length];
    float[] masks = layout.masks();
    this.sparsity =
        layout.parameters().stream()
            .map(p -> Sparsity.of(masks, p.offset(), p.rows(), p.columns()))
            .toArray(Sparsity[]::new);
  }

  CpuEngine engine() {
    return engine;
  }

  float[] values() {
    return values;
  }

  float[] gradient() {
    return gradient;
  }

  /** A matrix of these weights; its gradient goes to the array given, or nowhere. */
  CpuTensor tensor(Parameter p, float @Nullable [] gradient) {
    return CpuTensor.weights(
        values, gradient, p.offset(), p.rows(), p.columns(), sparsity[p.index()]);
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  @Override
  public Operations record() {
    return new CpuOperations(this, gradient);
  }

  @Override
  public Operations evaluate() {
    return new CpuOperations(this, null);
  }

  @Override
  public int rowsAtOnce() {
    return ROWS_AT_ONCE;
  }

  @Override
  public boolean staysInThread() {
    return true;
  }

  @Override
  public float[] toArray() {
    return values.clone();
  }

  @Override
  public void blend(Weights other, double share) {
    float[] source = ((CpuWeights) other).values;
    if (share == 1) {
      System.arraycopy(source, 0, values, 0, values.length);
      return;
    }
    float part = (float) share;
    for (int i = 0; i < values.length; i++) {
      values[i] += part * (source[i] - values[i]);
    }
  }

  @Override
  public Optimizer adam(AdamSettings settings) {
    return new CpuAdam(this, settings);
  }

  @Override
  public String toString() {
    return "CpuWeights[" + values.length + " values, " + engine.kernels().name() + "]";
  }
}
