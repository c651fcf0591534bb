package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.expression.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a value of a model is drawn from. A likelihood of one's own implements it and stands where
 * those at hand stand. Immutable.
 */
public interface Distribution {
  /** {@return the parameters} */
  List<Expression> parameters();

  /**
   * How many of the last axes of a parameter belong to one event: one of a vector of means, two of
   * a Cholesky factor. Axes before them run over plates.
   *
   * @param k which parameter
   * @return the number of axes
   */
  default int parameterRank(int k) {
    return 0;
  }

  /** {@return the shape of one event: a scalar unless said otherwise} */
  default Shape event() {
    return Shape.SCALAR;
  }

  /** {@return where values lie} */
  Support support();

  /**
   * The log of the density, or of the probability.
   *
   * @param value values inside the support; the last axes are those of the event
   * @return the logarithms, in the shape in which values and parameters meet, without the event's
   *     axes
   */
  Expression logProb(Expression value);

  /**
   * Draws one event.
   *
   * @param parameters for each parameter its numbers for this event
   * @param random the source of chance
   * @param value receives the numbers of the event
   */
  void sample(double[][] parameters, RandomGenerator random, double[] value);

  /**
   * Draws several events: one after the other, unless a distribution draws them together.
   *
   * @param events the number of events, M
   * @param parameters for each parameter its numbers for event 0, then those for event 1, ...
   * @param random the source of chance
   * @param values receives the numbers of event 0, then those of event 1, ...
   */
  default void sample(int events, double[][] parameters, RandomGenerator random, double[] values) {
    double[][] own = new double[parameters.length][];
    Arrays.setAll(own, k -> new double[parameters[k].length / events]);
    double[] value = new double[values.length / events];
    for (int e = 0; e < events; e++) {
      for (int k = 0; k < own.length; k++) {
        System.arraycopy(parameters[k], e * own[k].length, own[k], 0, own[k].length);
      }
      sample(own, random, value);
      System.arraycopy(value, 0, values, e * value.length, value.length);
    }
  }
}
