package io.github.sbi4j.flows.estimator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trials arranged so that those with equal keys follow each other: what networks see of them, but
 * for continuous values, they see once for all of a group.
 */
final class TrialGroups {
  /** Smaller groups on average cost more to evaluate one by one than they save. */
  private static final int FEWEST_ALIKE = 4;

  private final int[] order;
  private final int[] ends;

  private TrialGroups(int[] order, int[] ends) {
    this.order = order;
    this.ends = ends;
  }

  /** Groups trials by their keys; one group of all where there would be too many. */
  static TrialGroups of(List<?> keys) {
    Map<Object, List<Integer>> groups = new LinkedHashMap<>();
    for (int m = 0; m < keys.size(); m++) {
      groups.computeIfAbsent(keys.get(m), any -> new ArrayList<>()).add(m);
    }
    int[] order =
        groups.values().stream().flatMap(List::stream).mapToInt(Integer::intValue).toArray();
    boolean large = groups.size() == 1 || groups.size() * FEWEST_ALIKE <= order.length;
    int[] ends = groups.values().stream().mapToInt(List::size).toArray();
    Arrays.parallelPrefix(ends, Integer::sum);
    return new TrialGroups(order, large ? ends : new int[0]);
  }

  /** Whether the trials of a group are alike. */
  boolean areAlike() {
    return ends.length > 0;
  }

  /** Where groups end, rising. */
  int[] ends() {
    return areAlike() ? ends.clone() : new int[] {order.length};
  }

  /** Rows of trials in the order of groups. */
  double[][] arranged(double[][] rows) {
    return Arrays.stream(order).mapToObj(m -> rows[m]).toArray(double[][]::new);
  }
}
