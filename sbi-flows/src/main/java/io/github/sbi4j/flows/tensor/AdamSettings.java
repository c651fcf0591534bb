package io.github.sbi4j.flows.tensor;

/**
 * The constants of Adam with decoupled weight decay (Kingma and Ba 2015; Loshchilov and Hutter
 * 2019).
 *
 * @param beta1 decay of the mean of the gradient
 * @param beta2 decay of the mean of its square
 * @param epsilon added to the root of the mean square
 * @param weightDecay decay of the weights per unit of learning rate
 */
public record AdamSettings(double beta1, double beta2, double epsilon, double weightDecay) {
  /** The customary constants: 0.9, 0.999, 1e-8, no decay. */
  public static final AdamSettings DEFAULTS = new AdamSettings(0.9, 0.999, 1e-8, 0);
}
