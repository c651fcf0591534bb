package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Proposal;
import java.util.Arrays;
import java.util.List;

/** How much each row of the training table counts; the mean is one. */
final class RowWeights {
  private RowWeights() {}

  /** p(theta) over the mixture of all rounds' proposals, for rows of several rounds. */
  static double[] importance(Distribution prior, TrainingRows rows) {
    double[][] theta = RowLists.toArray(rows.parameters());
    int n = theta.length;
    List<Proposal> proposals = rows.rounds().proposals();
    double[] counts = new double[proposals.size()];
    for (int round : rows.rounds().ofRows()) {
      counts[round]++;
    }
    double[][] logs = new double[counts.length][];
    for (int r = 0; r < counts.length; r++) {
      requireDensity(proposals.get(r), r);
      logs[r] = proposals.get(r).logProb(theta);
    }
    double[] logPrior = prior.logProb(theta);
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int r = 0; r < counts.length; r++) {
        sum += counts[r] > 0 ? counts[r] / n * Math.exp(logs[r][i] - logPrior[i]) : 0;
      }
      weights[i] = 1 / sum;
    }
    return normalised(weights);
  }

  private static void requireDensity(Proposal proposal, int round) {
    if (!proposal.isNormalized()) {
      throw new IllegalStateException(
          "the proposal of round "
              + round
              + " is a "
              + proposal.getClass().getSimpleName()
              + ", whose density is known up to a constant only, so its rows cannot be weighted;"
              + " use the correction Atomic, which needs no density, or propose from a posterior"
              + " that SNPE built");
    }
  }

  /** The weights that a kernel gives the rows' observations. */
  static double[] calibration(CalibrationKernel kernel, List<double[]> observations) {
    double[] weights = new double[observations.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = kernel.weight(observations.get(i).clone());
      if (!(weights[i] >= 0 && weights[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalStateException(
            "the calibration kernel gives "
                + weights[i]
                + " for the observation of row "
                + i
                + ", "
                + Arrays.toString(observations.get(i))
                + "; expected zero or a positive number");
      }
    }
    if (Arrays.stream(weights).sum() == 0) {
      throw new IllegalStateException(
          "the calibration kernel is zero for all simulations; widen it");
    }
    return normalised(weights);
  }

  static double[] product(double[] a, double[] b) {
    double[] product = new double[a.length];
    Arrays.setAll(product, i -> a[i] * b[i]);
    return normalised(product);
  }

  private static double[] normalised(double[] weights) {
    double mean = Arrays.stream(weights).average().orElseThrow();
    return Arrays.stream(weights).map(w -> w / mean).toArray();
  }

  /** The number of equally weighted rows with as little noise. */
  static double effectiveSize(double[] weights) {
    double sum = Arrays.stream(weights).sum();
    return sum * sum / Arrays.stream(weights).map(w -> w * w).sum();
  }
}
