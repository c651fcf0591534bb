package io.github.sbi4j.ppl.expression;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The memory in which a {@link Program} is computed, for up to C chains at a time. For one thread.
 *
 * <p>Nothing is allocated after it is made.
 */
public final class Evaluation {
  private static final double[] NONE = {};

  private final Program program;
  private final int capacity;
  private final @Nullable Operation[] operations;
  private final int[] sizes;
  private final double[][] values;
  private final double[][] adjoints;
  private final double[][][] in;
  private final double[][][] inAdjoints;
  private final Object[] memory;
  private int chains;
  private int done;

  /**
   * Memory for a program.
   *
   * @param program the program
   * @param capacity the greatest number of chains, C
   */
  public Evaluation(Program program, int capacity) {
    this.program = program;
    this.capacity = capacity;
    int n = program.length();
    operations = new Operation[n];
    sizes = new int[n];
    values = new double[n][];
    adjoints = new double[n][];
    in = new double[n][][];
    inAdjoints = new double[n][][];
    memory = new Object[n];
    for (int i = 0; i < n; i++) {
      prepare(i);
    }
  }

  private void prepare(int i) {
    Expression node = program.nodes.get(i);
    int[] from = program.operands.get(i);
    int size = node.shape().size();
    sizes[i] = size;
    values[i] = new double[capacity * size];
    adjoints[i] = program.active.get(i) ? new double[capacity * size] : NONE;
    in[i] = new double[from.length][];
    inAdjoints[i] = new double[from.length][];
    boolean[] active = new boolean[from.length];
    for (int k = 0; k < from.length; k++) {
      in[i][k] = values[from[k]];
      inAdjoints[i][k] = adjoints[from[k]];
      active[k] = program.active.get(from[k]);
    }
    double[] known = node.constant();
    if (known != null) {
      for (int c = 0; c < capacity; c++) {
        System.arraycopy(known, 0, values[i], c * size, size);
      }
    }
    Operation operation = node.operation();
    operations[i] = operation;
    memory[i] = operation == null ? NONE : operation.memory(capacity, active);
  }

  /** {@return the greatest number of chains, C} */
  public int capacity() {
    return capacity;
  }

  /**
   * Gives all inputs.
   *
   * @param count the number of chains, at most C
   * @param rows for each chain the D numbers of the inputs in their order
   */
  public void setInputs(int count, double[] rows) {
    chains = count;
    done = 0;
    int offset = 0;
    for (int input : program.inputs) {
      int size = sizes[input];
      for (int c = 0; c < count; c++) {
        System.arraycopy(rows, c * program.inputSize + offset, values[input], c * size, size);
      }
      offset += size;
    }
  }

  /**
   * The numbers of one input, to be written to: for those that are known only when others have been
   * computed.
   *
   * @param k which input
   * @return its numbers, chain after chain
   */
  public double[] input(int k) {
    return values[program.inputs[k]];
  }

  /**
   * Computes what is needed for an output and those before it, and was not computed yet.
   *
   * @param output which output
   * @param wantsGradient whether {@link #backward} follows
   * @return its numbers, chain after chain; overwritten by the next computation
   */
  public double[] forward(int output, boolean wantsGradient) {
    for (; done < program.ends[output]; done++) {
      Operation operation = operations[done];
      if (operation != null) {
        operation.forward(chains, in[done], values[done], memory[done], wantsGradient);
      }
    }
    return values[program.outputs[output]];
  }

  /**
   * Whether all partial functions computed so far have a value; see {@link
   * BlockFunction#isPartial()}.
   *
   * @param chain the chain, from 0
   * @return false if one has none in this chain
   */
  public boolean isDefined(int chain) {
    for (int i = 0; i < done; i++) {
      Operation operation = operations[i];
      if (operation != null && operation.isPartial()) {
        for (int k = chain * sizes[i]; k < (chain + 1) * sizes[i]; k++) {
          if (Double.isNaN(values[i][k])) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /**
   * Computes the gradient of a scalar output by all inputs, after {@link #forward}.
   *
   * @param output which output
   * @param gradients receives for each chain the D derivatives
   */
  public void backward(int output, double[] gradients) {
    int last = program.outputs[output];
    for (int i = 0; i <= last; i++) {
      if (adjoints[i].length > 0) {
        Arrays.fill(adjoints[i], 0, chains * sizes[i], 0);
      }
    }
    for (int input : program.inputs) {
      Arrays.fill(adjoints[input], 0, chains * sizes[input], 0);
    }
    if (adjoints[last].length > 0) {
      Arrays.fill(adjoints[last], 0, chains, 1);
    }
    for (int i = last; i >= 0; i--) {
      Operation operation = operations[i];
      if (operation != null && adjoints[i].length > 0) {
        operation.backward(chains, in[i], values[i], adjoints[i], inAdjoints[i], memory[i]);
      }
    }
    int offset = 0;
    for (int input : program.inputs) {
      int size = sizes[input];
      for (int c = 0; c < chains; c++) {
        System.arraycopy(
            adjoints[input], c * size, gradients, c * program.inputSize + offset, size);
      }
      offset += size;
    }
  }
}
