package io.github.sbi4j.ppl.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.flows.posterior.Likelihood;
import io.github.sbi4j.flows.posterior.Ratio;
import io.github.sbi4j.flows.potential.Potential;
import io.github.sbi4j.flows.potential.PotentialSource;
import io.github.sbi4j.ppl.distribution.Distribution;
import io.github.sbi4j.ppl.distribution.Normal;
import io.github.sbi4j.ppl.distribution.Uniform;
import io.github.sbi4j.ppl.expression.Evaluation;
import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.expression.Program;
import io.github.sbi4j.ppl.expression.Shape;
import io.github.sbi4j.ppl.model.Model;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class NeuralLikelihoodTest {
  private static final int[] GROUP = {0, 1, 0, 2, 2, 1, 0, 0, 1, 0};
  private static final double[][] CHAINS = {
    {0.5, 0.9, 0.7, 1.0, 3.0, 2.0}, {0.6, 0.4, 0.3, 2.5, 1.5, 0.8}, {0.9, 0.8, 0.45, 3.5, 0.7, 1.2}
  };
  private static final double[] COUNTS = {0, 3, 1, 2, 2, 4, 1, 0, 0, 1};
  private static final double[] PAIRS = {
    1.2, 0, 1.4, 1, 2.2, 0, 1.1, 1, 1.1, 1, 1.9, 0, 1.3, 1, 1.2, 0, 3.1, 0, 1.5, 1
  };

  /**
   * Values and gradients of sums of terms, of three groups and three chains, are those of one
   * observation after the other.
   *
   * @param conditions one for each observation; none if there are none
   */
  private static void assertTermsMatch(
      PotentialSource learned,
      BiFunction<Expression, Expression, Distribution> distribution,
      double[] data,
      double... conditions) {
    Expression delay = Expression.variable(Shape.of(3));
    Expression rate = Expression.variable(Shape.of(3));
    Distribution likelihood = distribution.apply(delay.get(GROUP), rate.get(GROUP));
    int length = likelihood.event().size();
    Expression value = Expression.constant(Shape.of(GROUP.length).append(likelihood.event()), data);
    Expression terms = likelihood.logProb(value);
    double[][] weights = {{1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, {1, 2, 0.5, 1, -1, 1, 3, 1, 0.2, 1}};
    List<Expression> outputs =
        List.of(terms, terms.sum(), terms.times(Expression.vector(weights[1])).sum());
    Evaluation evaluation = new Evaluation(Program.of(List.of(delay, rate), outputs), 3);
    double[] rows = Arrays.stream(CHAINS).flatMapToDouble(Arrays::stream).toArray();
    evaluation.setInputs(3, rows);
    double[] each = evaluation.forward(0, false).clone();
    double[][] expected = new double[2][rows.length];
    for (int m = 0; m < GROUP.length; m++) {
      double[][] x = {Arrays.copyOfRange(data, m * length, (m + 1) * length)};
      Potential potential =
          conditions.length == 0
              ? learned.potential(x)
              : learned.potential(x, new double[][] {{conditions[m]}});
      for (int c = 0; c < 3; c++) {
        double[] theta = {CHAINS[c][GROUP[m]], CHAINS[c][3 + GROUP[m]]};
        double[][] gradient = new double[1][2];
        double[] log = new double[1];
        potential.logProbGradient(new double[][] {theta}, gradient, log);
        assertThat(each[c * GROUP.length + m])
            .as("observation %d of chain %d", m, c)
            .isCloseTo(log[0] - Trained.PRIOR.logProb(theta), within(2e-5));
        for (int k = 0; k < 2; k++) {
          expected[k][6 * c + GROUP[m]] += weights[k][m] * gradient[0][0];
          expected[k][6 * c + 3 + GROUP[m]] += weights[k][m] * gradient[0][1];
        }
      }
    }
    for (int k = 0; k < 2; k++) {
      double[] gradients = new double[rows.length];
      evaluation.setInputs(3, rows);
      evaluation.forward(k + 1, true);
      evaluation.backward(k + 1, gradients);
      assertThat(gradients)
          .as("gradient %d", k)
          .usingElementComparator(
              (a, b) -> Math.abs(a - b) < 1e-4 * Math.max(1, Math.abs(b)) ? 0 : 1)
          .containsExactly(expected[k]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void categoriesOfGroupsAreThoseOfSingleObservations(int networks) {
    Likelihood likelihood = Trained.categorical(networks);
    assertTermsMatch(
        likelihood, (delay, rate) -> NeuralLikelihood.of(likelihood, delay, rate), COUNTS);
  }

  @Test
  void countsOfGroupsAreThoseOfSingleObservations() {
    Likelihood likelihood = Trained.counts();
    assertTermsMatch(
        likelihood, (delay, rate) -> NeuralLikelihood.of(likelihood, delay, rate), COUNTS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void mixedObservationsOfGroupsAreThoseOfSingleOnes(int networks) {
    Likelihood likelihood = Trained.mixed(networks);
    assertTermsMatch(
        likelihood, (delay, rate) -> NeuralLikelihood.of(likelihood, delay, rate), PAIRS);
  }

  @Test
  void conditionsFollowTheParameters() {
    Likelihood likelihood = Trained.conditioned();
    double[] dose = {0, 0.5, 0, 0, -1, 1, 0.5, 0, 0, 0.5};
    assertTermsMatch(
        likelihood,
        (delay, rate) -> NeuralLikelihood.of(likelihood, delay, rate, Expression.vector(dose)),
        PAIRS,
        dose);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void ratiosOfGroupsAreThoseOfSingleObservations(int networks) {
    Ratio ratio = Trained.ratio(networks);
    assertTermsMatch(ratio, (delay, rate) -> NeuralRatio.of(ratio, delay, rate), PAIRS);
  }

  @Test
  void observationsBeforeTheDelayCannotOccur() {
    Likelihood likelihood = Trained.mixed(1);
    Expression logs =
        NeuralLikelihood.of(likelihood, Expression.vector(0.5, 1.5), 1)
            .logProb(Expression.matrix(new double[][] {{1, 0}, {1, 0}}));
    assertThat(logs.values()[0]).isFinite();
    assertThat(logs.values()[1]).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void warnsOnceOfParametersThatStayOutside() {
    Likelihood likelihood = Trained.categorical(1);
    Model model =
        Model.of(
            m -> {
              Expression rate = m.sample("rate", Normal.of(9, 0.1));
              m.observe("chips", NeuralLikelihood.of(likelihood, 1, rate), 3);
            });
    try (LoggedWarnings warnings =
        LoggedWarnings.of(LoggerFactory.getLogger(ParameterRange.class))) {
      double[] rows = new double[ParameterRange.PATIENCE / 2];
      Arrays.fill(rows, 9.1);
      model.target().logDensities(rows.length - 1, rows, new double[rows.length]);
      model.target().logDensities(rows.length, rows, new double[rows.length]);
      assertThat(warnings.text()).isEmpty();
      model.target().logDensities(rows.length, rows, new double[rows.length]);
      assertThat(warnings.text())
          .containsOnlyOnce("have left the range")
          .contains("rate of group 0 of 1 is 9.1", "likelihood extrapolates", "wider prior");
    }
  }

  @Test
  void namesTheParametersItNeeds() {
    Likelihood likelihood = Trained.categorical(1);
    assertThatThrownBy(() -> NeuralLikelihood.of(likelihood, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 parameters given, but the likelihood has 2: [delay, rate]");
  }

  @Test
  void refusesToBeAPrior() {
    Likelihood likelihood = Trained.conditioned();
    assertThatThrownBy(() -> Model.of(m -> m.sample("x", NeuralLikelihood.of(likelihood, 1, 2, 0))))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("give it to observe");
  }

  @Test
  void refusesWhatCannotOccur() {
    Likelihood likelihood = Trained.categorical(1);
    assertThatThrownBy(
            () ->
                Model.of(
                    m ->
                        m.plate("cookie", 2)
                            .observe("chips", NeuralLikelihood.of(likelihood, 1, 2), 1, 0.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("observation 1 is 0.5")
        .hasMessageContaining("can occur in the simulations");
  }

  @Test
  void ratiosGiveNoPredictionsAndNeedKnownConditions() {
    Ratio ratio = Trained.ratio(1);
    Model model =
        Model.of(
            m -> {
              Expression delay = m.sample("delay", Uniform.of(0.2, 2));
              m.observe("x", NeuralRatio.of(ratio, delay, 2), 1, 1);
            });
    assertThatThrownBy(() -> model.priorPredictive(1, 1))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("learn a likelihood with SNLE");
  }

  @Test
  void drawsAsTheLikelihoodDoes() {
    Likelihood likelihood = Trained.categorical(1);
    Model model =
        Model.of(
            m -> {
              Expression rate = m.sample("rate", Uniform.of(0.5, 4));
              m.plate("cookie", 50)
                  .observe("chips", NeuralLikelihood.of(likelihood, 1, rate), new double[50]);
            });
    double[][] chips = model.priorPredictive(40, 1).get("chips");
    double mean = Arrays.stream(chips).flatMapToDouble(Arrays::stream).average().orElseThrow();
    double[][] theta = new double[2_000][];
    Arrays.setAll(theta, i -> new double[] {1, 0.5 + 3.5 * (i + 0.5) / 2_000});
    double expected = 0;
    for (double[] each : theta) {
      for (double k : likelihood.density().coordinates().columns().categories(0)) {
        expected += k * Math.exp(likelihood.logProb(new double[][] {{k}}, each)[0]) / theta.length;
      }
    }
    // 40 rates and 2 000 counts: a standard error below 0.25.
    assertThat(mean).isCloseTo(expected, within(1.0));
  }

  /**
   * Means of choices and of log times after the delay at two sets of parameters in turns, within
   * five standard errors of those drawn at one set alone.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void eventsDrawnTogetherHaveParametersOfTheirOwn(int networks) {
    Likelihood likelihood = Trained.mixed(networks);
    double[][] sets = {{0.3, 3.8}, {1.5, 0.6}};
    int each = 4_000;
    double[][] parameters = new double[2][2 * each];
    for (int e = 0; e < 2 * each; e++) {
      parameters[0][e] = sets[e % 2][0];
      parameters[1][e] = sets[e % 2][1];
    }
    double[] values = new double[4 * each];
    NeuralLikelihood.of(likelihood, 1, 1)
        .sample(2 * each, parameters, RandomStreams.of(3, 0), values);
    for (int s = 0; s < 2; s++) {
      double[][] together = new double[each][];
      for (int e = 0; e < each; e++) {
        int at = 2 * (2 * e + s);
        together[e] = new double[] {Math.log(values[at] - sets[s][0]), values[at + 1]};
      }
      double[][] alone = likelihood.density().sample(sets[s], each, 4);
      for (double[] row : alone) {
        row[0] = Math.log(row[0] - sets[s][0]);
      }
      Samples a = Samples.copyOf(List.of("time", "choice"), together);
      Samples b = Samples.copyOf(List.of("time", "choice"), alone);
      for (int d = 0; d < 2; d++) {
        double error = Math.hypot(a.sd()[d], b.sd()[d]) / Math.sqrt(each);
        assertThat(a.mean()[d]).isCloseTo(b.mean()[d], within(5 * error));
      }
    }
  }

  @Test
  void longerTablesBeginWithShorterOnes() {
    Likelihood likelihood = Trained.mixed(1);
    Model model =
        Model.of(
            m -> {
              Expression rate = m.sample("rate", Uniform.of(0.5, 4));
              double[] data = {1, 0, 1, 1, 1, 0};
              m.plate("trial", 3).observe("x", NeuralLikelihood.of(likelihood, 0.3, rate), data);
            });
    double[][] all = model.priorPredictive(70, 1).get("x");
    assertThat(model.priorPredictive(5, 1).get("x")).isDeepEqualTo(Arrays.copyOf(all, 5));
  }
}
