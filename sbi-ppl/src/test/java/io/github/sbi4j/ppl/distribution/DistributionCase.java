package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.expression.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A distribution with numbers for its parameters.
 *
 * @param make the distribution of its parameters
 * @param shapes their shapes
 * @param numbers their numbers, one parameter after the other
 */
record DistributionCase(
    String name, Function<Expression[], Distribution> make, List<Shape> shapes, double[] numbers) {
  private static final Shape S = Shape.SCALAR;

  static Stream<DistributionCase> all() {
    return Stream.concat(continuous(), discrete());
  }

  static Stream<DistributionCase> continuous() {
    Shape two = Shape.of(2);
    return Stream.of(
        scalar("Normal", p -> Normal.of(p[0], p[1]), 0.7, 1.6),
        scalar("HalfNormal", p -> HalfNormal.of(p[0]), 1.7),
        scalar("LogNormal", p -> LogNormal.of(p[0], p[1]), 0.3, 0.8),
        scalar("Exponential", p -> Exponential.of(p[0]), 0.6),
        scalar("Gamma", p -> Gamma.of(p[0], p[1]), 2.3, 0.7),
        scalar("Gamma below one", p -> Gamma.of(p[0], p[1]), 0.6, 1.4),
        scalar("InverseGamma", p -> InverseGamma.of(p[0], p[1]), 2.2, 1.5),
        scalar("Beta", p -> Beta.of(p[0], p[1]), 0.8, 2.4),
        scalar("StudentT", p -> StudentT.of(p[0], p[1], p[2]), 3.5, -0.4, 1.3),
        scalar("Cauchy", p -> Cauchy.of(p[0], p[1]), 0.2, 0.6),
        scalar("HalfCauchy", p -> HalfCauchy.of(p[0]), 1.8),
        scalar("Uniform", p -> Uniform.of(p[0], p[1]), -0.5, 2.5),
        scalar("Laplace", p -> Laplace.of(p[0], p[1]), 0.3, 0.9),
        scalar("Normal cut off", p -> truncated(Normal.of(p[0], p[1]), p), 0.5, 1.2, -0.3, 2.1),
        scalar("Normal's tail", p -> truncated(Normal.of(p[0], p[1]), p), 0, 1, 6, 7.5),
        scalar("Normal above", p -> Truncated.above(Normal.of(p[0], p[1]), p[2]), 0.5, 1.2, 1),
        scalar("Normal below", p -> Truncated.below(Normal.of(p[0], p[1]), p[2]), 0.5, 1.2, 1),
        scalar("Exponential cut off", p -> truncated(Exponential.of(p[0]), p), 0.8, 0.4, 2.1),
        scalar("Exponential above", p -> Truncated.above(Exponential.of(p[0]), p[1]), 0.8, 0.4),
        scalar("Cauchy cut off", p -> truncated(Cauchy.of(p[0], p[1]), p), 0.5, 1.2, -0.3, 2.1),
        scalar("Laplace cut off", p -> truncated(Laplace.of(p[0], p[1]), p), 0.5, 1.2, -0.3, 2.1),
        new DistributionCase(
            "Mixture",
            p -> Mixture.of(p[0], Normal.of(p[1], 0.5), StudentT.of(4, 2, p[2])),
            List.of(two, S, S),
            new double[] {0.3, 0.7, -1, 0.8}),
        new DistributionCase(
            "MultivariateNormal",
            p -> MultivariateNormal.of(p[0], p[1]),
            List.of(two, Shape.of(2, 2)),
            new double[] {0.5, -0.2, 1.3, 0, 0.9, 0.6}),
        new DistributionCase(
            "Dirichlet",
            p -> Dirichlet.of(p[0]),
            List.of(Shape.of(3)),
            new double[] {1.5, 0.9, 2.2}),
        scalar("LkjCholesky of two", p -> LkjCholesky.of(2, p[0]), 1.4),
        scalar("LkjCholesky of three", p -> LkjCholesky.of(3, p[0]), 2.3));
  }

  static Stream<DistributionCase> discrete() {
    return Stream.of(
        scalar("Bernoulli", p -> Bernoulli.of(p[0]), 0.3),
        scalar("Bernoulli by logit", p -> Bernoulli.ofLogit(p[0]), 0.7),
        scalar("Binomial", p -> Binomial.of(12, p[0]), 0.4),
        scalar("Binomial by logit", p -> Binomial.ofLogit(5, p[0]), -0.6),
        scalar("Poisson", p -> Poisson.of(p[0]), 4.2),
        scalar("NegativeBinomial", p -> NegativeBinomial.of(p[0], p[1]), 3.5, 1.7),
        new DistributionCase(
            "Categorical",
            p -> Categorical.of(p[0]),
            List.of(Shape.of(4)),
            new double[] {0.1, 0.4, 0.2, 0.3}),
        new DistributionCase(
            "Categorical by logits",
            p -> Categorical.ofLogits(p[0]),
            List.of(Shape.of(3)),
            new double[] {0.1, -0.8, 1.2}),
        new DistributionCase(
            "Mixture of counts",
            p -> Mixture.of(p[0], Poisson.of(p[1]), Poisson.of(p[2])),
            List.of(Shape.of(2), S, S),
            new double[] {0.25, 0.75, 1.2, 7.5}));
  }

  private static Distribution truncated(Truncatable base, Expression[] p) {
    return Truncated.of(base, p[p.length - 2], p[p.length - 1]);
  }

  private static DistributionCase scalar(
      String name, Function<Expression[], Distribution> make, double... numbers) {
    List<Shape> shapes = new ArrayList<>();
    for (int i = 0; i < numbers.length; i++) {
      shapes.add(S);
    }
    return new DistributionCase(name, make, shapes, numbers);
  }

  /** With parameters that are known. */
  Distribution known() {
    Expression[] parameters = new Expression[shapes.size()];
    int offset = 0;
    for (int k = 0; k < parameters.length; k++) {
      int size = shapes.get(k).size();
      double[] own = new double[size];
      System.arraycopy(numbers, offset, own, 0, size);
      parameters[k] = Expression.constant(shapes.get(k), own);
      offset += size;
    }
    return make.apply(parameters);
  }

  /** Variables in place of the parameters. */
  Expression[] variables() {
    return shapes.stream().map(Expression::variable).toArray(Expression[]::new);
  }

  @Override
  public String toString() {
    return name;
  }
}
