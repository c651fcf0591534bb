package io.github.sbi4j.flows.potential;

import io.github.sbi4j.core.concurrent.Tasks;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.tensor.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * The sum of learned terms over M independent trials, sum<sub>m</sub> log q(x<sub>m</sub> | theta),
 * at many theta at once, with gradients; for an ensemble q is the mean of its K members.
 *
 * <p>All pairs of a row and a trial are given to the networks together, in parts of about as many
 * as the engine wants at once. Sums are made in double, in an order that does not depend on
 * threads. Immutable; may be used from many threads.
 */
public final class TrialSum {
  /** With fewer times the engine's rows, threads take longer to start than they save. */
  private static final int CALLS_FOR_THREADS = 8;

  /**
   * What networks compute once for all trials of a row costs as much for fewer rows: a run is
   * padded to the length of a vector.
   */
  private static final int ROWS_OF_PART = 8;

  private final PairTerms pairs;
  private final List<Weights> members;
  private final int threads;
  private final List<Range> ranges = new ArrayList<>();
  private final int rowsOfPart;
  private final int pairsForThreads;

  /**
   * Puts together terms and weights.
   *
   * @param pairs the terms
   * @param members the weights of each member of the ensemble, K of them
   * @param threads the largest number of threads that share a call
   */
  public TrialSum(PairTerms pairs, List<Weights> members, int threads) {
    this.pairs = pairs;
    this.members = List.copyOf(members);
    this.threads = threads;
    int atOnce = members.get(0).rowsAtOnce();
    int from = 0;
    int longest = 1;
    for (int end : pairs.groupEnds()) {
      while (from < end) {
        int to = Math.min(end, from + atOnce);
        longest = Math.max(longest, to - from);
        ranges.add(new Range(from, to));
        from = to;
      }
    }
    this.rowsOfPart = Math.max(ROWS_OF_PART, atOnce / longest);
    this.pairsForThreads = CALLS_FOR_THREADS * atOnce;
  }

  /** Some trials that are evaluated together. */
  private record Range(int from, int to) {}

  /** {@return the number of trials, M} */
  public int trials() {
    return pairs.trials();
  }

  /** Some rows with some trials. */
  private record Part(int fromRow, int toRow, Range range) {
    int trials() {
      return range.to - range.from;
    }

    boolean isFirst() {
      return range.from == 0;
    }

    int rows() {
      return toRow - fromRow;
    }
  }

  /** The sums of a part's rows over its trials, and their gradients where wanted. */
  private record Sums(double[] values, double[][] gradients) {}

  /**
   * Computes the sums.
   *
   * @param parameters N x D
   * @param values receives N sums
   */
  public void logProb(double[][] parameters, double[] values) {
    evaluate(parameters, values, new double[0][]);
  }

  /**
   * Computes the sums and their gradients.
   *
   * @param parameters N x D
   * @param gradients receives the gradient of each sum with respect to its parameters, N x D
   * @param values receives N sums
   */
  public void logProbGradient(double[][] parameters, double[][] gradients, double[] values) {
    evaluate(parameters, values, gradients);
  }

  private void evaluate(double[][] parameters, double[] values, double[][] gradients) {
    boolean differentiable = gradients.length > 0;
    int count = (parameters.length + rowsOfPart - 1) / rowsOfPart * ranges.size();
    List<Sums> sums =
        Tasks.map(
            (long) parameters.length * trials() < pairsForThreads ? 1 : threads,
            count,
            index -> sums(part(index, parameters.length), parameters, differentiable));
    for (int index = 0; index < count; index++) {
      Part part = part(index, parameters.length);
      for (int i = 0; i < part.rows(); i++) {
        int row = part.fromRow + i;
        values[row] = sums.get(index).values[i] + (part.isFirst() ? 0 : values[row]);
        for (int d = 0; differentiable && d < gradients[row].length; d++) {
          double before = part.isFirst() ? 0 : gradients[row][d];
          gradients[row][d] = before + sums.get(index).gradients[i][d];
        }
      }
    }
  }

  private Part part(int index, int rows) {
    int row = index / ranges.size() * rowsOfPart;
    return new Part(row, Math.min(rows, row + rowsOfPart), ranges.get(index % ranges.size()));
  }

  private Sums sums(Part part, double[][] parameters, boolean differentiable) {
    double[][] rows = new double[part.rows()][];
    System.arraycopy(parameters, part.fromRow, rows, 0, rows.length);
    PairTerms.Block block = pairs.block(rows, part.range.from, part.range.to);
    double[][] gradients = new double[differentiable ? rows.length : 0][rows[0].length];
    int count = rows.length * part.trials();
    double[] logs = new double[count];
    if (members.size() == 1) {
      try (Operations ops = members.get(0).evaluate()) {
        Tensor terms = block.terms(ops, 0, differentiable);
        add(ops.values(terms), logs);
        if (differentiable) {
          ops.backward(terms);
          block.addGradient(ops, gradients);
        }
      }
    } else {
      mix(block, logs, gradients);
    }
    if (differentiable) {
      block.addOffsetGradient(gradients);
    }
    double[] values = new double[rows.length];
    for (int pair = 0; pair < count; pair++) {
      values[pair / part.trials()] += logs[pair] + block.offset(pair);
    }
    return new Sums(values, gradients);
  }

  /** The log of the mean over members, and its gradient: theirs, weighted by their shares. */
  private void mix(PairTerms.Block block, double[] logs, double[][] gradients) {
    int count = logs.length;
    float[][] each = new float[members.size()][];
    for (int k = 0; k < each.length; k++) {
      try (Operations ops = members.get(k).evaluate()) {
        each[k] = ops.values(block.terms(ops, k, false));
      }
    }
    for (int pair = 0; pair < count; pair++) {
      double max = Double.NEGATIVE_INFINITY;
      for (float[] member : each) {
        max = Math.max(max, member[pair]);
      }
      double sum = 0;
      for (float[] member : each) {
        sum += Math.exp(member[pair] - max);
      }
      logs[pair] = max + Math.log(sum / each.length);
    }
    for (int k = 0; gradients.length > 0 && k < each.length; k++) {
      float[] shares = new float[count];
      for (int pair = 0; pair < count; pair++) {
        shares[pair] = (float) (Math.exp(each[k][pair] - logs[pair]) / each.length);
      }
      try (Operations ops = members.get(k).evaluate()) {
        Tensor terms = block.terms(ops, k, true);
        ops.backward(ops.multiply(terms, ops.constant(shares, count, 1)));
        block.addGradient(ops, gradients);
      }
    }
  }

  private static void add(float[] values, double[] sums) {
    for (int i = 0; i < values.length; i++) {
      sums[i] += values[i];
    }
  }
}
