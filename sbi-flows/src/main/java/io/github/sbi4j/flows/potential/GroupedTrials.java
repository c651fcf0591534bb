package io.github.sbi4j.flows.potential;

import io.github.sbi4j.core.concurrent.Tasks;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;
import io.github.sbi4j.flows.tensor.Weights;
import java.util.Arrays;
import java.util.List;

/**
 * Learned terms of M trials, each of one of G groups that have parameters of their own, for many
 * chains at a time: the likelihood of a hierarchical model, log q(x<sub>m</sub> |
 * theta<sub>g(m)</sub>); for an ensemble q is the mean of its K members.
 *
 * <p>What networks compute of parameters they compute once for each group, and equal trials of a
 * group are one. All groups of all chains are given to the networks together, in parts of about as
 * many terms as the engine wants at once; results do not depend on threads. Immutable; may be used
 * from many threads.
 */
public final class GroupedTrials {
  /** With fewer times the engine's rows, threads take longer to start than they save. */
  private static final int CALLS_FOR_THREADS = 8;

  private final GroupedTerms terms;
  private final List<Weights> members;
  private final int threads;
  private final int atOnce;
  private final int[] term;

  /**
   * Puts together terms and weights.
   *
   * @param terms the terms
   * @param members the weights of each member of the ensemble, K of them
   * @param threads the largest number of threads that share a call
   */
  public GroupedTrials(GroupedTerms terms, List<Weights> members, int threads) {
    this.terms = terms;
    this.members = List.copyOf(members);
    this.threads = threads;
    this.atOnce = members.get(0).rowsAtOnce();
    this.term = new int[terms.trials()];
    Arrays.setAll(term, terms::term);
  }

  /** {@return the number of trials, M} */
  public int trials() {
    return terms.trials();
  }

  /** {@return the number of groups, G} */
  public int groups() {
    return terms.groups();
  }

  /**
   * Computes the terms.
   *
   * @param parameters for each chain those of each group, (C G) x D
   * @param values receives C M terms, those of the first chain first; -Infinity where a trial
   *     cannot occur
   */
  public void logProb(double[][] parameters, double[] values) {
    evaluate(parameters, new double[0], values, new double[0][]);
  }

  /**
   * Computes the terms and the gradient of their weighted sum.
   *
   * @param parameters for each chain those of each group, (C G) x D
   * @param weights C M weights
   * @param values receives C M terms
   * @param gradients receives the derivatives with respect to the parameters, (C G) x D
   */
  public void logProbGradient(
      double[][] parameters, double[] weights, double[] values, double[][] gradients) {
    evaluate(parameters, weights, values, gradients);
  }

  /** Some rows of some chains. */
  private record Part(int fromChain, int toChain, int fromRow, int toRow) {
    int rows() {
      return toRow - fromRow;
    }

    int contexts() {
      return (toChain - fromChain) * rows();
    }
  }

  private void evaluate(
      double[][] parameters, double[] weights, double[] values, double[][] gradients) {
    int chains = parameters.length / terms.groups();
    int rows = terms.rows();
    int size = rows * terms.width();
    double[] logs = new double[chains * size];
    boolean differentiable = gradients.length > 0;
    float[] ofTerms = new float[differentiable ? logs.length : 0];
    for (int i = 0; i < weights.length && differentiable; i++) {
      ofTerms[i / term.length * size + term[i % term.length]] += (float) weights[i];
    }
    double[][] ofRows = new double[differentiable ? chains * rows : 0][];
    int rowsOfPart = Math.min(rows, Math.max(1, atOnce / terms.width()));
    int chainsOfPart = Math.max(1, atOnce / (rowsOfPart * terms.width()));
    int across = (rows + rowsOfPart - 1) / rowsOfPart;
    int count = (chains + chainsOfPart - 1) / chainsOfPart * across;
    Tasks.map(
        logs.length < CALLS_FOR_THREADS * atOnce ? 1 : threads,
        count,
        index -> {
          int chain = index / across * chainsOfPart;
          int row = index % across * rowsOfPart;
          Part part =
              new Part(
                  chain,
                  Math.min(chains, chain + chainsOfPart),
                  row,
                  Math.min(rows, row + rowsOfPart));
          evaluate(part, parameters, logs, ofTerms, ofRows);
          return true;
        });
    for (int i = 0; i < chains * term.length; i++) {
      values[i] = logs[i / term.length * size + term[i % term.length]];
    }
    if (differentiable) {
      for (double[] gradient : gradients) {
        Arrays.fill(gradient, 0);
      }
      for (int i = 0; i < ofRows.length; i++) {
        double[] gradient = gradients[i / rows * terms.groups() + terms.group(i % rows)];
        for (int d = 0; d < gradient.length; d++) {
          gradient[d] += ofRows[i][d];
        }
      }
    }
  }

  private void evaluate(
      Part part, double[][] parameters, double[] logs, float[] ofTerms, double[][] ofRows) {
    int width = terms.width();
    int rows = part.rows();
    double[][] given = new double[part.contexts()][];
    for (int i = 0; i < given.length; i++) {
      int chain = part.fromChain + i / rows;
      given[i] = parameters[chain * terms.groups() + terms.group(part.fromRow + i % rows)];
    }
    GroupedTerms.Block block = terms.block(given, part.fromRow, part.toRow);
    boolean differentiable = ofRows.length > 0;
    double[] values = new double[given.length * width];
    double[][] gradients = new double[differentiable ? given.length : 0][given[0].length];
    float[] weights = new float[differentiable ? values.length : 0];
    for (int i = 0; i < given.length && differentiable; i++) {
      System.arraycopy(ofTerms, place(part, i) * width, weights, i * width, width);
    }
    if (members.size() == 1) {
      try (Operations ops = members.get(0).evaluate()) {
        Tensor tensor = block.terms(ops, 0, differentiable);
        float[] computed = ops.values(tensor);
        for (int i = 0; i < computed.length; i++) {
          values[i] = computed[i];
        }
        if (differentiable) {
          backward(ops, tensor, weights);
          block.addGradient(ops, gradients);
        }
      }
    } else {
      mix(block, values, weights, gradients);
    }
    if (differentiable) {
      block.addOffsetGradient(weights, gradients);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] += block.offset(i);
    }
    for (int i = 0; i < given.length; i++) {
      int place = place(part, i);
      System.arraycopy(values, i * width, logs, place * width, width);
      if (differentiable) {
        ofRows[place] = gradients[i];
      }
    }
  }

  /** Where a row of a part is among all rows of all chains. */
  private int place(Part part, int i) {
    return (part.fromChain + i / part.rows()) * terms.rows() + part.fromRow + i % part.rows();
  }

  private static void backward(Operations ops, Tensor tensor, float[] weights) {
    int columns = weights.length / tensor.rows();
    ops.backward(ops.multiply(tensor, ops.constant(weights, tensor.rows(), columns)));
  }

  /** The log of the mean over members, and its gradient: theirs, weighted by their shares. */
  private void mix(GroupedTerms.Block block, double[] logs, float[] weights, double[][] gradients) {
    float[][] each = new float[members.size()][];
    for (int k = 0; k < each.length; k++) {
      try (Operations ops = members.get(k).evaluate()) {
        each[k] = ops.values(block.terms(ops, k, false));
      }
    }
    for (int i = 0; i < logs.length; i++) {
      double max = Double.NEGATIVE_INFINITY;
      for (float[] member : each) {
        max = Math.max(max, member[i]);
      }
      double sum = 0;
      for (float[] member : each) {
        sum += Math.exp(member[i] - max);
      }
      logs[i] = max + Math.log(sum / each.length);
    }
    for (int k = 0; gradients.length > 0 && k < each.length; k++) {
      float[] shares = new float[logs.length];
      for (int i = 0; i < shares.length; i++) {
        shares[i] = (float) (weights[i] * Math.exp(each[k][i] - logs[i]) / each.length);
      }
      try (Operations ops = members.get(k).evaluate()) {
        backward(ops, block.terms(ops, k, true), shares);
        block.addGradient(ops, gradients);
      }
    }
  }
}
