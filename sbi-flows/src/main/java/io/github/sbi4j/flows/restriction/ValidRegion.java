package io.github.sbi4j.flows.restriction;

import io.github.sbi4j.core.concurrent.Tasks;
import io.github.sbi4j.core.distribution.Region;
import io.github.sbi4j.flows.estimator.Standardization;
import io.github.sbi4j.flows.ratio.ClassifierNetwork;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Weights;
import java.util.Locale;

/**
 * The parameters from which a classifier expects valid simulations. Immutable; may be used from
 * many threads.
 */
public final class ValidRegion implements Region {
  private static final int PARTS_FOR_THREADS = 8;

  private final ClassifierNetwork network;
  private final Weights weights;
  private final Standardization parameters;
  private final double logOdds;
  private final double threshold;
  private final RestrictionReport report;

  ValidRegion(
      ClassifierNetwork network,
      Weights weights,
      Standardization parameters,
      double logOdds,
      double threshold,
      RestrictionReport report) {
    this.network = network;
    this.weights = weights;
    this.parameters = parameters;
    this.logOdds = logOdds;
    this.threshold = threshold;
    this.report = report;
  }

  /** {@return what the region was learned from and how good it is} */
  public RestrictionReport report() {
    return report;
  }

  @Override
  public boolean contains(double[] values) {
    return contains(new double[][] {values})[0];
  }

  @Override
  public boolean[] contains(double[][] values) {
    double[] logits = logits(network, weights, parameters, values);
    boolean[] inside = new boolean[values.length];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = logits[i] >= threshold;
    }
    return inside;
  }

  /**
   * The probability that a simulation is valid, as the classifier sees it.
   *
   * @param values N x D
   * @return N probabilities
   */
  public double[] validProbability(double[][] values) {
    double[] logits = logits(network, weights, parameters, values);
    for (int i = 0; i < logits.length; i++) {
      logits[i] = 1 / (1 + Math.exp(-logits[i] - logOdds));
    }
    return logits;
  }

  /** The output of the network for each row. */
  static double[] logits(
      ClassifierNetwork network, Weights weights, Standardization parameters, double[][] values) {
    double[] logits = new double[values.length];
    int chunk = weights.rowsAtOnce();
    int parts = (values.length + chunk - 1) / chunk;
    boolean shared = weights.staysInThread() && parts >= PARTS_FOR_THREADS;
    Tasks.map(
        shared ? Tasks.allProcessors() : 1,
        parts,
        part -> {
          int from = part * chunk;
          int count = Math.min(values.length, from + chunk) - from;
          try (Operations ops = weights.evaluate()) {
            float[] rows = scaled(parameters, values, from, count);
            float[] out =
                ops.values(network.apply(ops, ops.constant(rows, count, parameters.columns())));
            for (int i = 0; i < count; i++) {
              logits[from + i] = out[i];
            }
          }
          return true;
        });
    return logits;
  }

  /** Some rows as the network sees them. */
  static float[] scaled(Standardization parameters, double[][] values, int from, int count) {
    int width = parameters.columns();
    float[] table = new float[count * width];
    double[] scaled = new double[width];
    for (int i = 0; i < count; i++) {
      parameters.forward(values[from + i], scaled);
      for (int d = 0; d < width; d++) {
        table[i * width + d] = (float) scaled[d];
      }
    }
    return table;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "where simulations are valid (learned from %d, %d valid)",
        report.rows(),
        report.validRows());
  }
}
