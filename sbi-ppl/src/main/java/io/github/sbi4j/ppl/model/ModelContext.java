package io.github.sbi4j.ppl.model;

import io.github.sbi4j.ppl.distribution.Distribution;
import io.github.sbi4j.ppl.distribution.LocationScale;
import io.github.sbi4j.ppl.distribution.Support;
import io.github.sbi4j.ppl.expression.Axis;
import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.expression.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * What a model is written against: the model itself, or a plate of it, in which every value is
 * there once for each member.
 *
 * <p>Values of an outer plate can be used in an inner one as they are. A value for each group is
 * turned into one for each observation by {@link Expression#get(int[])} with the group of each.
 */
public final class ModelContext {
  private final Trace trace;
  private final Shape plates;

  private ModelContext(Trace trace, Shape plates) {
    this.trace = trace;
    this.plates = plates;
  }

  static ModelContext root(Trace trace) {
    return new ModelContext(trace, Shape.SCALAR);
  }

  /**
   * Opens a plate inside this one. What stands in it is independent between its members, given what
   * stands outside.
   *
   * @param name its name, which no other plate or value has
   * @param size the number of its members
   * @return the context for what stands in it, which may be used several times
   * @throws IllegalArgumentException if the name is taken or the size less than one
   */
  public ModelContext plate(String name, int size) {
    trace.claim(name, "plate");
    return new ModelContext(trace, plates.append(Shape.of(List.of(new Axis(name, size)))));
  }

  /**
   * Draws a latent value.
   *
   * @param name its name, which no other value has
   * @param distribution its prior, continuous; parameters fit the plates
   * @return the value: one event for each member of the plates
   * @throws IllegalArgumentException if the name is taken, a parameter does not fit, or the
   *     distribution is discrete
   */
  public Expression sample(String name, Distribution distribution) {
    trace.claim(name, "value");
    requireContinuous(name, distribution);
    requireFit(name, distribution);
    Expression value;
    if (trace.reparametrised.contains(name)) {
      if (!(distribution instanceof LocationScale movable)) {
        throw new IllegalArgumentException(
            at(name)
                + distribution
                + " is no map of a distribution without parameters; reparametrise Normal,"
                + " LogNormal, StudentT, Cauchy, Laplace or MultivariateNormal");
      }
      String standard = name + "_standard";
      trace.claim(standard, "value");
      Expression moved = movable.fromStandard(latent(standard, movable.standard()));
      value = moved.to(plates.append(distribution.event()));
      trace.reported.put(name, value);
    } else {
      value = latent(name, distribution);
    }
    return value;
  }

  private Expression latent(String name, Distribution distribution) {
    Support support = distribution.support();
    Shape event = distribution.event();
    Expression free = Expression.variable(plates.append(support.free(event)));
    Support.Constrained constrained = support.constrain(free);
    Expression value = constrained.value().to(plates.append(event));
    Expression logProb = distribution.logProb(value).to(plates);
    Site site = new Site(name, plates, distribution, value, logProb);
    trace.latents.add(new Latent(site, free, constrained.logDeterminant()));
    trace.reported.put(name, value);
    return value;
  }

  /**
   * Conditions on data.
   *
   * @param name the name of what is observed, which no other value has
   * @param distribution the likelihood; parameters fit the plates
   * @param data one event for each member of the plates, the innermost plate running fastest
   * @throws IllegalArgumentException if the name is taken, a parameter does not fit, there are more
   *     or fewer numbers, or a number lies outside the support
   */
  public void observe(String name, Distribution distribution, double... data) {
    trace.claim(name, "value");
    requireFit(name, distribution);
    Shape shape = plates.append(distribution.event());
    if (data.length != shape.size()) {
      throw new IllegalArgumentException(
          at(name)
              + data.length
              + " numbers are observed, expected "
              + shape.size()
              + (plates.rank() == 0 ? "; open a plate for more" : ""));
    }
    int size = distribution.event().size();
    for (int i = 0; i < data.length; i += size) {
      double[] event = Arrays.copyOfRange(data, i, i + size);
      if (!distribution.support().contains(event)) {
        throw new IllegalArgumentException(
            at(name)
                + "observation "
                + i / size
                + " is "
                + (size == 1 ? event[0] + "" : Arrays.toString(event))
                + ", expected "
                + distribution.support());
      }
    }
    Expression value = Expression.constant(shape, data);
    Expression logProb = distribution.logProb(value).to(plates);
    trace.observed.add(new Site(name, plates, distribution, value, logProb));
  }

  /**
   * Conditions on counts or categories; see {@link #observe(String, Distribution, double...)}.
   *
   * @param name the name of what is observed
   * @param distribution the likelihood
   * @param data one number for each member of the plates
   */
  public void observe(String name, Distribution distribution, int[] data) {
    observe(name, distribution, Arrays.stream(data).asDoubleStream().toArray());
  }

  /**
   * Reports a value that others determine, beside the latent ones.
   *
   * @param name its name, which no other value has
   * @param value a number or expression
   * @return the value, once for each member of the plates if it is not so already
   * @throws IllegalArgumentException if the name is taken, or the value fits neither in the plates
   *     nor around them
   */
  public Expression deterministic(String name, Number value) {
    trace.claim(name, "value");
    Expression expression = Expression.of(value);
    Shape shape = expression.shape();
    // The plates' axes may be followed by those of a vector or matrix.
    boolean around =
        shape.rank() > plates.rank()
            && shape.outer(shape.rank() - plates.rank()).meet(plates).isPresent();
    Expression result = around ? expression : fitted(name, "the value", expression);
    trace.reported.put(name, result);
    return result;
  }

  /**
   * Adds to the log of the joint density: a likelihood or constraint that no distribution says. It
   * has no part in predictions.
   *
   * @param name its name, which no other value has
   * @param value a number or expression, added once for each member of the plates
   * @throws IllegalArgumentException if the name is taken or the value does not fit the plates
   */
  public void factor(String name, Number value) {
    trace.claim(name, "value");
    trace.factors.add(fitted(name, "the value", Expression.of(value)));
  }

  /**
   * Known numbers of this plate, such as a covariate.
   *
   * @param values one for each member of the plates, the innermost plate running fastest
   * @return the numbers as an expression with the plates' axes
   * @throws IllegalArgumentException if there are more or fewer
   */
  public Expression data(double... values) {
    if (values.length != plates.size()) {
      throw new IllegalArgumentException(
          values.length + " numbers of data in " + plates + ", expected " + plates.size());
    }
    return Expression.constant(plates, values);
  }

  /** {@return the axes of the plates} */
  public Shape plates() {
    return plates;
  }

  private void requireContinuous(String name, Distribution distribution) {
    if (distribution.support().isDiscrete()) {
      throw new IllegalArgumentException(
          at(name)
              + distribution
              + " is discrete, and NUTS needs gradients by latent values; sum over it with Mixture"
              + " or Expression.logSumExp, or observe it");
    }
  }

  private void requireFit(String name, Distribution distribution) {
    List<Expression> parameters = distribution.parameters();
    for (int k = 0; k < parameters.size(); k++) {
      Shape shape = parameters.get(k).shape();
      fitted(
          name,
          "parameter " + (k + 1) + " of " + distribution.getClass().getSimpleName(),
          shape.outer(distribution.parameterRank(k)));
    }
  }

  private Expression fitted(String name, String what, Expression value) {
    fitted(name, what, value.shape());
    return value.to(plates);
  }

  private void fitted(String name, String what, Shape shape) {
    boolean fits = shape.rank() <= plates.rank() && plates.meet(shape).isPresent();
    if (!fits) {
      throw new IllegalArgumentException(
          at(name)
              + what
              + " has the shape "
              + shape
              + ", expected one that fits the plates "
              + plates
              + "; "
              + (plates.rank() == 0
                  ? "open a plate of that size, or reduce it with sum() or get(int)"
                  : "turn a value for each group into one for each member with get(int[])"));
    }
  }

  private String at(String name) {
    return "'" + name + "'" + (plates.rank() == 0 ? "" : " in plates " + plates) + ": ";
  }
}
