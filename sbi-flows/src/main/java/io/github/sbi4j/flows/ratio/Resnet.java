package io.github.sbi4j.flows.ratio;

import io.github.sbi4j.flows.network.LinearLayer;
import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import io.github.sbi4j.flows.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A residual network over parameters and observation side by side: h becomes h + W<sub>2</sub>
 * a(W<sub>1</sub> a(h)) in each block (He et al. 2016, the form with the activation first).
 */
public final class Resnet implements Classifier {
  private static final Resnet DEFAULTS = new Resnet(50, 2, Activation.RELU);

  private final int hiddenFeatures;
  private final int blocks;
  private final Activation activation;

  private Resnet(int hiddenFeatures, int blocks, Activation activation) {
    this.hiddenFeatures = Checks.atLeast("hiddenFeatures", hiddenFeatures, 1);
    this.blocks = Checks.atLeast("blocks", blocks, 1);
    this.activation = activation;
  }

  /** {@return the default settings: 2 residual blocks of 50 rectified units} */
  public static Resnet defaults() {
    return DEFAULTS;
  }

  /** {@return the width of each hidden layer} */
  public int hiddenFeatures() {
    return hiddenFeatures;
  }

  /** {@return the number of residual blocks} */
  public int blocks() {
    return blocks;
  }

  /** {@return the activation of the hidden layers} */
  public Activation activation() {
    return activation;
  }

  /**
   * {@return these settings with another value of {@link #hiddenFeatures()}}
   *
   * @param hiddenFeatures at least 1
   */
  public Resnet withHiddenFeatures(int hiddenFeatures) {
    return new Resnet(hiddenFeatures, blocks, activation);
  }

  /**
   * {@return these settings with another value of {@link #blocks()}}
   *
   * @param blocks at least 1
   */
  public Resnet withBlocks(int blocks) {
    return new Resnet(hiddenFeatures, blocks, activation);
  }

  /**
   * {@return these settings with another value of {@link #activation()}}
   *
   * @param activation applied to each hidden value
   */
  public Resnet withActivation(Activation activation) {
    return new Resnet(hiddenFeatures, blocks, activation);
  }

  @Override
  public ClassifierNetwork build(int inputs, ParameterLayout layout, RandomGenerator random) {
    Activation none = Activation.IDENTITY;
    LinearLayer first =
        LinearLayer.create(layout, "classifier.first", inputs, hiddenFeatures, none, 1, random);
    List<LinearLayer> inner = new ArrayList<>();
    List<LinearLayer> outer = new ArrayList<>();
    for (int i = 0; i < blocks; i++) {
      String name = "classifier.blocks." + i;
      int width = hiddenFeatures;
      inner.add(LinearLayer.create(layout, name + ".inner", width, width, activation, 1, random));
      outer.add(LinearLayer.create(layout, name + ".outer", width, width, none, 1, random));
    }
    LinearLayer last =
        LinearLayer.create(
            layout, "classifier.output", hiddenFeatures, 1, none, 0, null, new float[1], random);
    return (ops, input) -> {
      Tensor h = first.apply(ops, input);
      for (int i = 0; i < blocks; i++) {
        Tensor step = inner.get(i).apply(ops, ops.activate(h, activation));
        h = ops.add(h, outer.get(i).apply(ops, step));
      }
      return last.apply(ops, ops.activate(h, activation));
    };
  }

  @Override
  public String toString() {
    return "Resnet[hiddenFeatures="
        + hiddenFeatures
        + ", blocks="
        + blocks
        + ", activation="
        + activation
        + "]";
  }
}
