package io.github.sbi4j.core.abc;

import java.util.Arrays;
import java.util.OptionalDouble;

/** The tolerances of a sequence of populations; a lambda is a schedule of one's own. */
@FunctionalInterface
public interface ToleranceSchedule {
  /**
   * The tolerance of the next population.
   *
   * @param last the population before
   * @return a tolerance below that of the last population; none to stop
   */
  OptionalDouble next(Population last);

  /**
   * Tolerances chosen so that the effective sample size of the particles within the next one is a
   * given share of that of all (Del Moral, Doucet and Jasra, 2012); with equal weights that is a
   * quantile of their distances. It ends where no particle is closer than another.
   *
   * @param share the share, strictly between 0 and 1; smaller ones take fewer populations and
   *     accept less in each
   * @return the schedule
   * @throws IllegalArgumentException if it is not
   */
  static ToleranceSchedule adaptive(double share) {
    return new AdaptiveSchedule(Require.share("share of the effective sample size", share));
  }

  /**
   * Tolerances that fall by the same factor from population to population.
   *
   * @param factor what the last tolerance is multiplied by, strictly between 0 and 1
   * @return the schedule, without an end
   * @throws IllegalArgumentException if it is not
   */
  static ToleranceSchedule geometric(double factor) {
    Require.share("factor", factor);
    return last -> OptionalDouble.of(factor * last.tolerance());
  }

  /**
   * Given tolerances. Those that the first population is within already are left out.
   *
   * @param tolerances positive numbers, each below the one before
   * @return the schedule
   * @throws IllegalArgumentException if there is none or they are not
   */
  static ToleranceSchedule of(double... tolerances) {
    double[] given = tolerances.clone();
    if (given.length == 0) {
      throw new IllegalArgumentException("no tolerances given, expected at least 1");
    }
    for (int i = 0; i < given.length; i++) {
      Require.positive("tolerance " + (i + 1), given[i]);
      if (i > 0 && !(given[i] < given[i - 1])) {
        throw new IllegalArgumentException(
            "tolerance "
                + (i + 1)
                + " is "
                + given[i]
                + ", expected it below "
                + given[i - 1]
                + ", the one before");
      }
    }
    return last -> Arrays.stream(given).filter(value -> value < last.tolerance()).findFirst();
  }

  /**
   * The same schedule with an end.
   *
   * @param smallest the last tolerance, positive
   * @return a schedule that stops once this is reached
   * @throws IllegalArgumentException if it is not positive and finite
   */
  default ToleranceSchedule downTo(double smallest) {
    Require.positive("smallest tolerance", smallest);
    return last -> {
      if (last.tolerance() <= smallest) {
        return OptionalDouble.empty();
      }
      OptionalDouble next = next(last);
      return next.isPresent() ? OptionalDouble.of(Math.max(smallest, next.getAsDouble())) : next;
    };
  }
}
