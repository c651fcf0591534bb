package io.github.sbi4j.ppl.expression;

import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which elements of expressions are equal whatever their numbers will be, because they come from
 * the same elements by the same operations: the parameters of observations of the same group. What
 * is costly needs to be computed for one of each class alone.
 *
 * @param representatives an element of each of G classes, in the order in which they occur
 * @param classes the class of each element
 */
public record Repetition(int[] representatives, int[] classes) {
  /**
   * Finds elements at which several expressions repeat themselves together.
   *
   * @param expressions at least one expression, all of the same size
   * @return the classes; each element is its own where nothing is known
   */
  public static Repetition of(List<Expression> expressions) {
    Map<Expression, int[]> known = new IdentityHashMap<>();
    int[] classes = new int[expressions.get(0).shape().size()];
    for (Expression expression : expressions) {
      classes = joined(classes, classes(expression, known));
    }
    int count = Arrays.stream(classes).max().orElse(-1) + 1;
    int[] representatives = new int[count];
    for (int i = classes.length - 1; i >= 0; i--) {
      representatives[classes[i]] = i;
    }
    return new Repetition(representatives, classes);
  }

  private static int[] classes(Expression x, Map<Expression, int[]> known) {
    int[] before = known.get(x);
    if (before != null) {
      return before;
    }
    Operation operation = x.operation();
    double[] constant = x.constant();
    int[] result;
    if (constant != null) {
      Map<Double, Integer> numbers = new HashMap<>();
      result =
          Arrays.stream(constant)
              .mapToInt(value -> numbers.computeIfAbsent(value, any -> numbers.size()))
              .toArray();
    } else if (operation instanceof Gather gather) {
      int[] source = classes(x.operands()[0], known);
      result = Arrays.stream(gather.index()).map(i -> source[i]).toArray();
    } else if (operation instanceof Unary || operation instanceof Affine) {
      result = classes(x.operands()[0], known);
    } else if (operation instanceof Binary) {
      result = joined(classes(x.operands()[0], known), classes(x.operands()[1], known));
    } else {
      result = IntStream.range(0, x.shape().size()).toArray();
    }
    known.put(x, result);
    return result;
  }

  /** Classes of elements that are equal in both. */
  private static int[] joined(int[] a, int[] b) {
    Map<Long, Integer> pairs = new HashMap<>();
    int[] result = new int[a.length];
    for (int i = 0; i < a.length; i++) {
      long pair = ((long) a[i] << Integer.SIZE) | b[i];
      result[i] = pairs.computeIfAbsent(pair, any -> pairs.size());
    }
    return result;
  }
}
