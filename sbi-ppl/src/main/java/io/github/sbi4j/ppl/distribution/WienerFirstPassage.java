package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.ElementwiseFunction;
import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.expression.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * When a Wiener process with drift first leaves an interval, and at which end: reaction times and
 * choices in the drift-diffusion model. An event is a time and an end, 1 for the upper and 0 for
 * the lower one.
 *
 * <p>The density is that of {@link io.github.sbi4j.core.distribution.WienerFirstPassage}, with its
 * gradient in closed form; it is zero up to the delay.
 */
public final class WienerFirstPassage implements Distribution {
  private static final Shape EVENT = Shape.of(2);

  private final List<Expression> parameters;

  private WienerFirstPassage(Expression... parameters) {
    this.parameters = List.of(parameters);
  }

  /**
   * The distribution with parameters that are numbers or expressions.
   *
   * @param drift v
   * @param separation a, the distance between the two ends; other conventions give half of it
   * @param start w, the share of the distance at which the process starts, in (0, 1)
   * @param delay tau, the time that passes before it starts
   * @return the distribution
   * @throws IllegalArgumentException if a known parameter is out of its range
   */
  public static WienerFirstPassage of(Number drift, Number separation, Number start, Number delay) {
    return new WienerFirstPassage(
        Parameters.finite("drift", drift),
        Parameters.positive("separation", separation),
        Parameters.probability("start", start),
        Parameters.finite("delay", delay));
  }

  @Override
  public List<Expression> parameters() {
    return parameters;
  }

  @Override
  public Shape event() {
    return EVENT;
  }

  @Override
  public Support support() {
    return Passages.SUPPORT;
  }

  @Override
  public Expression logProb(Expression value) {
    return Expression.elementwise(
        new LogDensity(),
        parameters.get(0),
        parameters.get(1),
        parameters.get(2),
        parameters.get(3),
        value.column(0),
        value.column(1));
  }

  @Override
  public void sample(double[][] parameters, RandomGenerator random, double[] value) {
    var passage =
        io.github.sbi4j.core.distribution.WienerFirstPassage.of(
                parameters[0][0], parameters[1][0], parameters[2][0], parameters[3][0])
            .sample(random);
    value[0] = passage.time();
    value[1] = passage.upper() ? 1 : 0;
  }

  @Override
  public String toString() {
    return "WienerFirstPassage" + parameters;
  }

  /** The log-density of drift, separation, start, delay, time and end. */
  private record LogDensity() implements ElementwiseFunction {
    @Override
    public void evaluate(int rows, double[][] in, double[] values, double[][] derivatives) {
      double[] gradient = new double[4];
      for (int i = 0; i < rows; i++) {
        double separation = in[1][i];
        double start = in[2][i];
        double delay = in[3][i];
        boolean valid =
            Double.isFinite(in[0][i])
                && separation > 0
                && separation < Double.POSITIVE_INFINITY
                && start > 0
                && start < 1
                && delay >= 0
                && delay < in[4][i];
        if (valid) {
          values[i] =
              io.github.sbi4j.core.distribution.WienerFirstPassage.of(
                      in[0][i], separation, start, delay)
                  .logDensity(in[4][i], in[5][i] > 0.5, gradient);
        } else {
          values[i] = Double.NEGATIVE_INFINITY;
          Arrays.fill(gradient, 0);
        }
        for (int k = 0; k < gradient.length; k++) {
          if (derivatives[k].length > 0) {
            derivatives[k][i] = gradient[k];
          }
        }
      }
    }
  }

  /** Positive times and ends of 0 or 1, which are for data only. */
  private record Passages() implements Support {
    static final Passages SUPPORT = new Passages();
    private static final String REMEDY =
        "first passages are for data; give the distribution to observe";

    @Override
    public Constrained constrain(Expression free) {
      throw new UnsupportedOperationException(REMEDY);
    }

    @Override
    public double[] unconstrain(double[] value, double[] bounds) {
      throw new UnsupportedOperationException(REMEDY);
    }

    @Override
    public boolean contains(double[] value) {
      return value[0] > 0 && Double.isFinite(value[0]) && (value[1] == 0 || value[1] == 1);
    }

    @Override
    public String toString() {
      return "a positive time and an end, 0 or 1";
    }
  }
}
