package io.github.sbi4j.ppl.learned;

import io.github.sbi4j.flows.posterior.Conditions;
import io.github.sbi4j.flows.posterior.Ratio;
import io.github.sbi4j.ppl.distribution.Distribution;
import io.github.sbi4j.ppl.distribution.Support;
import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.expression.Repetition;
import io.github.sbi4j.ppl.expression.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A learned ratio in place of the distribution of what is observed: log r(theta, x) = log p(x |
 * theta) - log p(x), whose second term does not depend on theta.
 *
 * <p>It serves for posteriors. It cannot be drawn from, so there are no predictions, and values are
 * ratios, so leave-one-out compares only models with the same ratio. Groups and ranges are treated
 * as {@link NeuralLikelihood} does.
 */
public final class NeuralRatio implements Distribution {
  private static final String TRAINED = "ratio";

  private final Ratio ratio;
  private final List<Expression> parameters;
  private final List<Expression> conditions;

  private NeuralRatio(Ratio ratio, List<Expression> parameters, List<Expression> conditions) {
    this.ratio = ratio;
    this.parameters = parameters;
    this.conditions = conditions;
  }

  /**
   * The ratio with parameters that are numbers or expressions.
   *
   * @param ratio what SNRE learned, of L observed values
   * @param parameters D parameters in the order of its prior, then K conditions if it was learned
   *     under such, each a value for each observation or one for all; conditions are known numbers
   * @return the ratio in place of a distribution of L values
   * @throws IllegalArgumentException if there are more or fewer parameters, or conditions depend on
   *     a latent value
   */
  public static NeuralRatio of(Ratio ratio, Number... parameters) {
    List<String> names = new ArrayList<>(ratio.prior().names());
    int d = names.size();
    names.addAll(ratio.conditions().names());
    List<Expression> all = Learned.parameters(TRAINED, names, parameters);
    for (int k = d; k < all.size(); k++) {
      if (!all.get(k).isConstant()) {
        throw new IllegalArgumentException(
            "condition "
                + names.get(k)
                + " of a ratio depends on a latent value, expected known numbers; learn a likelihood"
                + " with SNLE, or make it a parameter of the simulator");
      }
    }
    return new NeuralRatio(ratio, all.subList(0, d), all.subList(d, all.size()));
  }

  @Override
  public List<Expression> parameters() {
    return parameters;
  }

  @Override
  public Shape event() {
    return Learned.event(ratio.range().low().size());
  }

  @Override
  public Support support() {
    return new ObservedOnly(
        false, x -> Arrays.stream(x).allMatch(Double::isFinite), "finite values");
  }

  /**
   * The log-ratio.
   *
   * @param value observations; the last axis is that of an observation if it has several values
   * @return the log-ratios, in the shape in which observations and parameters meet
   * @throws UnsupportedOperationException if the value depends on a latent value
   */
  @Override
  public Expression logProb(Expression value) {
    Learned.Observed observed = Learned.Observed.of(value, ratio.range().low().size(), parameters);
    double[][] given = new double[conditions.isEmpty() ? 0 : observed.values().length][];
    List<double[]> columns =
        conditions.stream().map(each -> each.to(observed.shape()).values()).toList();
    for (int m = 0; m < given.length; m++) {
      int row = m;
      given[m] = columns.stream().mapToDouble(column -> column[row]).toArray();
    }
    Repetition groups = observed.groups();
    ParameterRange range =
        new ParameterRange(TRAINED, ratio.prior(), ratio.provenance().rows(), Conditions.none());
    return new GroupedLikelihood(
            ratio.grouped(
                observed.values(), given, groups.representatives().length, groups.classes()),
            range)
        .of(observed.shape(), observed.of(groups));
  }

  @Override
  public void sample(double[][] parameters, RandomGenerator random, double[] value) {
    throw new UnsupportedOperationException(
        "a learned ratio cannot be drawn from; learn a likelihood with SNLE, or run the simulator with"
            + " the draws of the parameters");
  }

  @Override
  public String toString() {
    return "NeuralRatio" + parameters;
  }
}
