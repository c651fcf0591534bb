package io.github.sbi4j.ppl.expression;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Expressions in an order in which they can be computed from inputs. Immutable; each thread has an
 * {@link Evaluation} of its own.
 */
public final class Program {
  final List<Expression> nodes = new ArrayList<>();
  final List<int[]> operands = new ArrayList<>();
  final List<Boolean> active = new ArrayList<>();
  final int[] inputs;
  final int[] outputs;

  /** For each output the number of nodes after which it is there. */
  final int[] ends;

  final int inputSize;

  private final Map<Expression, Integer> places = new IdentityHashMap<>();

  private Program(List<Expression> inputs, List<Expression> outputs) {
    int size = 0;
    for (Expression input : inputs) {
      add(input, new int[0], true);
      size += input.shape().size();
    }
    this.inputSize = size;
    this.inputs = inputs.stream().mapToInt(places::get).toArray();
    this.outputs = new int[outputs.size()];
    this.ends = new int[outputs.size()];
    for (int k = 0; k < ends.length; k++) {
      visit(outputs.get(k));
      this.outputs[k] = places.get(outputs.get(k));
      ends[k] = nodes.size();
    }
  }

  /**
   * The program that computes outputs from inputs.
   *
   * @param inputs the variables that will be given, in this order
   * @param outputs what is to be computed, in this order
   * @return the program
   * @throws IllegalArgumentException if an output needs a variable that is not an input
   */
  public static Program of(List<Expression> inputs, List<Expression> outputs) {
    return new Program(inputs, outputs);
  }

  /** {@return the number of numbers that all inputs have together, D} */
  public int inputSize() {
    return inputSize;
  }

  /** {@return the number of expressions in the program} */
  public int length() {
    return nodes.size();
  }

  /** Operands first, without recursion, because chains of expressions may be long. */
  private void visit(Expression root) {
    Deque<Expression> open = new ArrayDeque<>();
    open.push(root);
    while (!open.isEmpty()) {
      Expression next = open.peek();
      boolean ready = true;
      if (!places.containsKey(next)) {
        for (Expression operand : next.operands()) {
          if (!places.containsKey(operand)) {
            open.push(operand);
            ready = false;
          }
        }
      }
      if (ready) {
        open.pop();
        if (!places.containsKey(next)) {
          add(next);
        }
      }
    }
  }

  private void add(Expression node) {
    if (node.isVariable()) {
      throw new IllegalArgumentException(
          "a value of shape "
              + node.shape()
              + " belongs to another model; sample it in this one, by the context given to it");
    }
    Expression[] from = node.operands();
    int[] indices = new int[from.length];
    boolean depends = false;
    for (int k = 0; k < from.length; k++) {
      indices[k] = places.get(from[k]);
      depends |= active.get(indices[k]);
    }
    add(node, indices, depends);
  }

  private void add(Expression node, int[] from, boolean depends) {
    places.put(node, nodes.size());
    nodes.add(node);
    operands.add(from);
    active.add(depends);
  }
}
