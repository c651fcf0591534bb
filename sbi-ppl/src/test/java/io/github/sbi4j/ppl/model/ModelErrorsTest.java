package io.github.sbi4j.ppl.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sbi4j.ppl.distribution.Bernoulli;
import io.github.sbi4j.ppl.distribution.Beta;
import io.github.sbi4j.ppl.distribution.Binomial;
import io.github.sbi4j.ppl.distribution.Categorical;
import io.github.sbi4j.ppl.distribution.Dirichlet;
import io.github.sbi4j.ppl.distribution.Exponential;
import io.github.sbi4j.ppl.distribution.Flat;
import io.github.sbi4j.ppl.distribution.Interval;
import io.github.sbi4j.ppl.distribution.LkjCholesky;
import io.github.sbi4j.ppl.distribution.Mixture;
import io.github.sbi4j.ppl.distribution.MultivariateNormal;
import io.github.sbi4j.ppl.distribution.Normal;
import io.github.sbi4j.ppl.distribution.Poisson;
import io.github.sbi4j.ppl.distribution.Truncated;
import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.expression.Shape;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ModelErrorsTest {
  private static AbstractThrowableAssert<?, ?> refused(ModelFunction function) {
    return refused(() -> Model.of(function));
  }

  private static AbstractThrowableAssert<?, ?> refused(ThrowingCallable call) {
    return assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void parametersThatDoNotFitThePlates() {
    refused(
            (ModelFunction)
                m -> {
                  Expression theta = m.plate("group", 5).sample("theta", Normal.of(0, 1));
                  m.plate("obs", 8).observe("y", Normal.of(theta, 1), new double[8]);
                })
        .hasMessage(
            "'y' in plates [obs=8]: parameter 1 of Normal has the shape [group=5], expected one"
                + " that fits the plates [obs=8]; turn a value for each group into one for each"
                + " member with get(int[])");
    refused((ModelFunction) m -> m.sample("theta", Normal.of(Expression.vector(1, 2), 1)))
        .hasMessage(
            "'theta': parameter 1 of Normal has the shape [2], expected one that fits the plates"
                + " []; open a plate of that size, or reduce it with sum() or get(int)");
  }

  @Test
  void otherNumbersOfObservations() {
    refused((ModelFunction) m -> m.plate("obs", 8).observe("y", Normal.of(0, 1), new double[7]))
        .hasMessage("'y' in plates [obs=8]: 7 numbers are observed, expected 8");
    refused((ModelFunction) m -> m.observe("y", Normal.of(0, 1), 1, 2))
        .hasMessage("'y': 2 numbers are observed, expected 1; open a plate for more");
  }

  @Test
  void observationsOutsideTheSupport() {
    refused(
            (ModelFunction)
                m -> m.plate("obs", 3).observe("k", Poisson.of(2), new double[] {1, 2.5, 0}))
        .hasMessage("'k' in plates [obs=3]: observation 1 is 2.5, expected integers from 0");
    refused((ModelFunction) m -> m.observe("x", Exponential.of(1), Double.NaN))
        .hasMessage("'x': observation 0 is NaN, expected numbers from 0.0 to Infinity");
    refused((ModelFunction) m -> m.observe("x", Beta.of(1, 1), 1.5))
        .hasMessage("'x': observation 0 is 1.5, expected numbers from 0.0 to 1.0");
  }

  @Test
  void discreteLatentValues() {
    refused((ModelFunction) m -> m.sample("k", Poisson.of(3)))
        .hasMessageContaining("'k': Poisson[3.0] is discrete")
        .hasMessageContaining("sum over it with Mixture or Expression.logSumExp, or observe it");
  }

  @Test
  void namesTakenTwice() {
    refused(
            (ModelFunction)
                m -> {
                  m.sample("mu", Normal.of(0, 1));
                  m.deterministic("mu", 3);
                })
        .hasMessage("value 'mu' has the name of a value that is there already; give each its own");
    refused(
            (ModelFunction)
                m -> {
                  m.plate("obs", 3);
                  m.plate("obs", 3);
                })
        .hasMessage(
            "plate 'obs' has the name of a plate; keep the context that plate(...) gave and use it"
                + " again");
    refused((ModelFunction) m -> m.sample(" ", Normal.of(0, 1)))
        .hasMessage("a value is named ' ', expected a name without space around it");
  }

  @Test
  void platesWithoutMembers() {
    refused((ModelFunction) m -> m.plate("obs", 0))
        .hasMessage("the size of obs is 0, expected >= 1");
  }

  @Test
  void controlFlowOnLatentValues() {
    assertThatThrownBy(
            () ->
                Model.of(
                    m -> {
                      if (m.sample("mu", Normal.of(0, 1)).doubleValue() > 0) {
                        m.factor("positive", 1);
                      }
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "a value of shape [] depends on a latent value, which has no number while the model is"
                + " written down; choose with Expression.where(condition, a, b), or use max, min or"
                + " factor");
  }

  @Test
  void valuesOfAnotherModel() {
    Expression[] stolen = new Expression[1];
    Model.of(m -> stolen[0] = m.sample("mu", Normal.of(0, 1)));
    refused(() -> Model.of(m -> m.sample("x", Normal.of(stolen[0], 1))).target())
        .hasMessageContaining(
            "a value of shape [] belongs to another model; sample it in this one");
  }

  @Test
  void dataAndFactorsThatDoNotFit() {
    refused((ModelFunction) m -> m.plate("obs", 3).data(1, 2))
        .hasMessage("2 numbers of data in [obs=3], expected 3");
    refused((ModelFunction) m -> m.plate("obs", 3).factor("f", Expression.vector(1, 2)))
        .hasMessageContaining("'f' in plates [obs=3]: the value has the shape [2], expected one");
  }

  @Test
  void reparametrisationsThatAreNone() {
    Model model = Model.of(m -> m.sample("rate", Exponential.of(1)));
    refused(() -> model.reparam("rate"))
        .hasMessageContaining("'rate': Exponential[1.0] is no map of a distribution without");
    refused(() -> model.reparam("rat"))
        .hasMessage("no latent site 'rat' to reparametrise; there are [rate]");
  }

  @Test
  void modelsWithoutLatentValuesOrObservations() {
    Model observing = Model.of(m -> m.observe("y", Normal.of(0, 1), 1));
    assertThatThrownBy(observing::target)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the model has no latent value to infer");
    PosteriorDraws prior = Model.of(m -> m.sample("x", Normal.of(0, 1))).posterior().nuts();
    assertThatThrownBy(prior::leaveOneOut)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the model observes nothing, so there is no log-likelihood");
    refused(() -> prior.get("y")).hasMessage("no value named 'y'; there are [x]");
    refused(() -> observing.priorPredictive(0, 1)).hasMessage("draws is 0, expected at least 1");
    refused(() -> observing.posterior().withChains(0))
        .hasMessage("chains is 0, expected at least 1");
    assertThatThrownBy(
            () -> Model.of(m -> m.sample("x", Flat.on(Interval.REAL))).priorPredictive(3, 1))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("a flat prior cannot be drawn from");
  }

  @Test
  void parametersOutOfRange() {
    refused(() -> Normal.of(0, -1)).hasMessage("sd is -1.0, expected a positive number");
    refused(() -> Normal.of(Double.NaN, 1)).hasMessage("mean is NaN, expected a finite number");
    refused(() -> Bernoulli.of(1.5))
        .hasMessage("probability is 1.5, expected a probability from 0 to 1");
    refused(() -> Binomial.of(2.5, 0.5)).hasMessage("trials are [2.5], expected integers from 0");
    refused(() -> Truncated.of(Normal.of(0, 1), 2, 1))
        .hasMessage("the bounds are 2 and 1, expected low < high");
    refused(() -> LkjCholesky.of(1, 1)).hasMessage("size is 1, expected at least 2 variables");
    refused(() -> Dirichlet.of(Expression.vector(1)))
        .hasMessage("concentration has the shape [1], expected two or more parts");
    refused(() -> Categorical.of(Expression.of(0.5)))
        .hasMessage("probabilities has the shape [], expected a vector");
    refused(() -> MultivariateNormal.of(0, Expression.vector(1)))
        .hasMessage("factor has the shape [1], expected a matrix");
    Expression factor = Expression.matrix(new double[][] {{1, 0}, {0, 1}});
    refused(() -> MultivariateNormal.of(Expression.vector(1, 2, 3), factor))
        .hasMessage(
            "mean has the shape [3] beside a factor of [2, 2], expected its last axis to be 2");
    refused(() -> MultivariateNormal.of(0, Expression.variable(Shape.of(2, 3))))
        .hasMessage("factor is [2, 3], expected a square matrix");
    refused(() -> Mixture.of(Expression.vector(0.5, 0.5), Normal.of(0, 1)))
        .hasMessage("2 weights for 1 components, expected one for each");
    refused(() -> Mixture.of(Expression.vector(0.5, 0.5), Normal.of(0, 1), Exponential.of(1)))
        .hasMessage(
            "Exponential[1.0] lies in numbers from 0.0 to Infinity, expected numbers from -Infinity"
                + " to Infinity as of Normal[0.0, 1.0]");
  }
}
