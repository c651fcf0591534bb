package io.github.sbi4j.flows.posterior;

import io.github.sbi4j.flows.file.SavedConditions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;

/**
 * The K conditions that trials were simulated under: what a likelihood p(x | theta, c) or a ratio
 * has to be told of each trial beside its observation.
 *
 * @param names the K names; none if there are no conditions
 * @param range the range of each condition over the simulations, K values
 */
public record Conditions(List<String> names, ObservationRange range) {
  static final String GIVE_THEM =
      "call given(trials, conditions), or potential(trials, conditions), with a row of conditions for each trial";

  private static final Conditions NONE =
      new Conditions(List.of(), new ObservationRange(List.of(), List.of()));

  /**
   * Copies the list.
   *
   * @param names the K names; none if there are no conditions
   * @param range the range of each condition over the simulations, K values
   */
  public Conditions {
    names = List.copyOf(names);
    if (names.size() != range.low().size()) {
      throw new IllegalArgumentException(
          names.size()
              + " names of conditions, "
              + names
              + ", but ranges of "
              + range.low().size()
              + "; give one of each");
    }
  }

  /** {@return no conditions} */
  public static Conditions none() {
    return NONE;
  }

  /** {@return the number of conditions, K} */
  public int size() {
    return names.size();
  }

  static Conditions of(SavedConditions saved) {
    return new Conditions(saved.names(), new ObservationRange(saved.low(), saved.high()));
  }

  SavedConditions saved() {
    return new SavedConditions(names, range.low(), range.high());
  }

  /** Refuses what is done without conditions if there are some; the remedy is in words. */
  void refuseIfAny(String trained, String remedy) {
    if (size() > 0) {
      throw new IllegalArgumentException(
          "the "
              + trained
              + " was learned under the conditions "
              + names
              + ", which it has to be told: "
              + remedy);
    }
  }

  /**
   * Copies the conditions of some rows, if there are as many rows and values as there should be.
   *
   * @param trained what was trained, for messages
   * @param rows what the rows are, in the plural
   * @param count the number of rows, M
   * @param given M x K
   * @return M x K
   */
  double[][] check(String trained, String rows, int count, double[][] given) {
    if (size() == 0) {
      throw new IllegalArgumentException(
          "conditions were given, but the "
              + trained
              + " was learned without any; leave them out, or append simulations with conditions");
    }
    if (given.length != count) {
      throw new IllegalArgumentException(
          count
              + " "
              + rows
              + " but "
              + given.length
              + " rows of conditions; row m of one belongs to row m of the other");
    }
    for (int m = 0; m < count; m++) {
      if (given[m].length != size()) {
        throw new IllegalArgumentException(
            "conditions row "
                + m
                + " has "
                + given[m].length
                + " values, but the "
                + trained
                + " was learned under "
                + size()
                + ": "
                + names);
      }
      for (int k = 0; k < size(); k++) {
        if (!Double.isFinite(given[m][k])) {
          throw new IllegalArgumentException(
              "condition "
                  + names.get(k)
                  + " of row "
                  + m
                  + " is "
                  + given[m][k]
                  + ", expected finite values");
        }
      }
    }
    return Arrays.stream(given).map(double[]::clone).toArray(double[][]::new);
  }

  /** Warns of each condition that lies far outside what was simulated, once. */
  void warnOutside(Logger log, String trained, double[][] checked) {
    for (int k = 0; k < size(); k++) {
      int column = k;
      int[] far =
          IntStream.range(0, checked.length)
              .filter(m -> range.farOutside(checked[m]).contains(column))
              .toArray();
      if (far.length > 0) {
        log.warn(
            "condition {} lies far outside what was simulated in {} of {} trials, for example trial {} has {} and"
                + " simulations range from {} to {}: the {} extrapolates; simulate with a design that covers the"
                + " experiment",
            names.get(k),
            far.length,
            checked.length,
            far[0],
            checked[far[0]][k],
            range.low().get(k),
            range.high().get(k),
            trained);
      }
    }
  }
}
