package io.github.sbi4j.ppl.learned;

import io.github.sbi4j.flows.estimator.ColumnKind;
import io.github.sbi4j.flows.estimator.Coordinates;
import io.github.sbi4j.flows.posterior.Likelihood;
import io.github.sbi4j.ppl.distribution.Distribution;
import io.github.sbi4j.ppl.distribution.Support;
import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.expression.Repetition;
import io.github.sbi4j.ppl.expression.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A learned likelihood as the distribution of what is observed: log q(x | theta), with x
 * continuous, categories, counts or mixed, as it was learned.
 *
 * <p>All observations of all chains are evaluated in one call of the engine. Observations that are
 * bound to have equal parameters, as {@code theta.get(group)} gives, are a group, whose parameters
 * networks see once; equal observations of a group are evaluated once.
 *
 * <p>The prior that it was learned with has no part in the model, but the range of its draws
 * matters: outside, networks extrapolate. A model that stays there is warned of, once.
 */
public final class NeuralLikelihood implements Distribution {
  private static final String TRAINED = "likelihood";

  private final Likelihood likelihood;
  private final List<Expression> parameters;
  private final Support support;

  private NeuralLikelihood(Likelihood likelihood, List<Expression> parameters) {
    this.likelihood = likelihood;
    this.parameters = parameters;
    Coordinates coordinates = likelihood.density().coordinates();
    this.support =
        new ObservedOnly(
            !coordinates.columns().kinds().contains(ColumnKind.CONTINUOUS),
            x -> coordinates.support().contains(x) && coordinates.columns().problem(x) == null,
            "a value that can occur in the simulations of the likelihood");
  }

  /**
   * The distribution with parameters that are numbers or expressions.
   *
   * @param likelihood what SNLE learned, of L observed values
   * @param parameters D parameters in the order of its prior, then K conditions if it was learned
   *     under such, each a value for each observation or one for all
   * @return the distribution of L values
   * @throws IllegalArgumentException if there are more or fewer parameters
   */
  public static NeuralLikelihood of(Likelihood likelihood, Number... parameters) {
    List<String> names = new ArrayList<>(likelihood.prior().names());
    names.addAll(likelihood.conditions().names());
    return new NeuralLikelihood(likelihood, Learned.parameters(TRAINED, names, parameters));
  }

  @Override
  public List<Expression> parameters() {
    return parameters;
  }

  @Override
  public Shape event() {
    return Learned.event(likelihood.density().targets());
  }

  @Override
  public Support support() {
    return support;
  }

  /**
   * The log of the density, or of the probability.
   *
   * @param value observations; the last axis is that of an observation if it has several values
   * @return the logarithms, in the shape in which observations and parameters meet
   * @throws UnsupportedOperationException if the value depends on a latent value
   * @throws IllegalArgumentException if an observation cannot occur whatever the parameters
   */
  @Override
  public Expression logProb(Expression value) {
    Learned.Observed observed =
        Learned.Observed.of(value, likelihood.density().targets(), parameters);
    Repetition groups = observed.groups();
    ParameterRange range =
        new ParameterRange(
            TRAINED, likelihood.prior(), likelihood.provenance().rows(), likelihood.conditions());
    return new GroupedLikelihood(
            likelihood.grouped(
                observed.values(), groups.representatives().length, groups.classes()),
            range)
        .of(observed.shape(), observed.of(groups));
  }

  @Override
  public void sample(double[][] parameters, RandomGenerator random, double[] value) {
    sample(1, parameters, random, value);
  }

  /** Draws all events in one call of the engine. */
  @Override
  public void sample(int events, double[][] parameters, RandomGenerator random, double[] values) {
    double[][] contexts = new double[events][parameters.length];
    for (int e = 0; e < events; e++) {
      for (int k = 0; k < parameters.length; k++) {
        contexts[e][k] = parameters[k][e];
      }
    }
    double[][] drawn = likelihood.density().sample(contexts, random.nextLong());
    for (int e = 0; e < events; e++) {
      System.arraycopy(drawn[e], 0, values, e * drawn[e].length, drawn[e].length);
    }
  }

  @Override
  public String toString() {
    return "NeuralLikelihood" + parameters;
  }
}
