package io.github.sbi4j.flows.estimator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Trials of groups laid out in rows of equal length, in each of which all trials have the same
 * group and the same categories, so that networks see these once a row. Equal trials of a group
 * take one place; a row that is not full repeats its first trial.
 *
 * <p>Rows have the length for which they cost least, all together.
 */
public final class TrialCells {
  /** What networks compute of the context costs about as much as this many targets. */
  private static final int TARGETS_OF_CONTEXT = 12;

  private final int width;
  private final int[] groups;
  private final int[] trials;
  private final int[] places;

  private TrialCells(int width, int[] groups, int[] trials, int[] places) {
    this.width = width;
    this.groups = groups;
    this.trials = trials;
    this.places = places;
  }

  /**
   * Lays out trials.
   *
   * @param observations M rows
   * @param groups the group of each
   * @param categories what trials of a row have to agree in, beside their group
   * @return the rows
   */
  public static TrialCells of(double[][] observations, int[] groups, IntFunction<?> categories) {
    Map<List<Object>, Map<List<Double>, List<Integer>>> cells = new LinkedHashMap<>();
    for (int m = 0; m < groups.length; m++) {
      cells
          .computeIfAbsent(List.of(groups[m], categories.apply(m)), any -> new LinkedHashMap<>())
          .computeIfAbsent(
              Arrays.stream(observations[m]).boxed().toList(), any -> new ArrayList<>())
          .add(m);
    }
    int width = cheapest(cells.values().stream().mapToInt(Map::size).toArray());
    List<Integer> ofRows = new ArrayList<>();
    List<Integer> trials = new ArrayList<>();
    int[] places = new int[groups.length];
    for (Map<List<Double>, List<Integer>> cell : cells.values()) {
      for (List<Integer> equal : cell.values()) {
        equal.forEach(m -> places[m] = trials.size());
        trials.add(equal.get(0));
      }
      int first = cell.values().iterator().next().get(0);
      while (trials.size() % width > 0) {
        trials.add(first);
      }
      while (ofRows.size() < trials.size() / width) {
        ofRows.add(groups[first]);
      }
    }
    return new TrialCells(width, toArray(ofRows), toArray(trials), places);
  }

  private static int cheapest(int[] sizes) {
    int most = Arrays.stream(sizes).max().orElse(1);
    int best = 1;
    long least = Long.MAX_VALUE;
    for (int width = 1; width < 2 * most; width *= 2) {
      int length = Math.min(width, most);
      long rows = Arrays.stream(sizes).mapToLong(size -> (size + length - 1) / length).sum();
      long cost = rows * (TARGETS_OF_CONTEXT + length);
      if (cost < least) {
        least = cost;
        best = length;
      }
    }
    return best;
  }

  private static int[] toArray(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  /** {@return the number of rows, R} */
  public int rows() {
    return groups.length;
  }

  /** {@return the number of trials in each row, W} */
  public int width() {
    return width;
  }

  /**
   * {@return the group of a row}
   *
   * @param row its index
   */
  public int group(int row) {
    return groups[row];
  }

  /**
   * {@return the trial at a place}
   *
   * @param place from 0 to R W - 1
   */
  public int trial(int place) {
    return trials[place];
  }

  /**
   * {@return the place of a trial}
   *
   * @param trial from 0 to M - 1
   */
  public int place(int trial) {
    return places[trial];
  }
}
