package io.github.sbi4j.flows.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Normal;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.mcmc.Nuts;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.estimator.ConditionalDensity;
import io.github.sbi4j.flows.estimator.Maf;
import io.github.sbi4j.flows.inference.SNLE;
import io.github.sbi4j.flows.inference.SNPE;
import io.github.sbi4j.flows.potential.Potential;
import io.github.sbi4j.flows.potential.PotentialSource;
import io.github.sbi4j.flows.training.Training;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mixtures of posteriors and means of likelihoods, against those in closed form. */
@Timeout(60)
class EnsembleTest {
  private static final Distribution WIDE = Normal.of(0, 10).named("mu");
  private static final double[] WEIGHTS = {0.3, 0.7};
  private static final NormalDistribution LOW = new NormalDistribution(-2, 1);
  private static final NormalDistribution HIGH = new NormalDistribution(0.5, 0.6);

  private static DirectPosterior normal(double shift, double sd) {
    return Gaussians.posterior(WIDE, Support.real(1), new double[] {shift}, new double[] {sd});
  }

  /** At the observation 0 the mixture of LOW and HIGH. */
  private static EnsemblePosterior mixture() {
    return EnsemblePosterior.of(List.of(normal(-2, 1), normal(0.5, 0.6)), 4)
        .withWeights(3, 7)
        .given(0);
  }

  private static double density(double x) {
    return WEIGHTS[0] * LOW.density(x) + WEIGHTS[1] * HIGH.density(x);
  }

  // ---- posteriors

  @Test
  void theDensityIsThatOfTheMixture() {
    assertThat(mixture().weights()).containsExactly(WEIGHTS);
    for (double x : new double[] {-6, -2, 0, 0.5, 4}) {
      double log = Math.log(density(x));
      assertThat(mixture().logProb(new double[] {x})).isCloseTo(log, within(1e-5));
      // Given another observation both members move.
      double moved = mixture().given(1.5).logProb(new double[] {x + 1.5});
      assertThat(moved).isCloseTo(log, within(1e-5));
    }
  }

  /** The level is one in ten thousand for each seed. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void drawsFollowTheMixture(long seed) {
    Samples draws = mixture().sample(4_000, seed);
    assertThat(draws.names()).containsExactly("mu");
    double[] column = draws.column(0);
    double[] uniform =
        Arrays.stream(column)
            .map(
                x ->
                    WEIGHTS[0] * LOW.cumulativeProbability(x)
                        + WEIGHTS[1] * HIGH.cumulativeProbability(x))
            .toArray();
    double[] grid = IntStream.range(0, 100_000).mapToDouble(i -> (i + 0.5) / 100_000).toArray();
    KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
    assertThat(test.kolmogorovSmirnovTest(uniform, grid)).isGreaterThan(1e-4);
    // In random order: the first quarter is like the rest.
    double[] first = Arrays.copyOf(column, 1_000);
    double[] rest = Arrays.copyOfRange(column, 1_000, 4_000);
    assertThat(test.kolmogorovSmirnovTest(first, rest)).isGreaterThan(1e-4);
    assertThat(mixture().sample(4_000, seed)).isEqualTo(draws);
  }

  /** Of 400 tables of 40 draws; the variance of counts is estimated to 7 percent. */
  @Test
  void theNumbersOfDrawsAreMultinomial() {
    EnsemblePosterior apart =
        EnsemblePosterior.of(List.of(normal(-9, 0.1), normal(9, 0.1)), 4).given(0);
    double sum = 0;
    double squares = 0;
    for (int seed = 0; seed < 400; seed++) {
      long low = Arrays.stream(apart.sample(40, seed).column(0)).filter(x -> x < 0).count();
      sum += low;
      squares += low * low;
    }
    double mean = sum / 400;
    assertThat(mean).isCloseTo(20, within(4.5 * Math.sqrt(10.0 / 400)));
    assertThat(squares / 400 - mean * mean).isCloseTo(10, within(4.5 * 0.7));
  }

  @Test
  void theMaximumIsThatOfTheMixture() {
    double best = 0;
    for (double x = -1; x < 1; x += 1e-4) {
      best = density(x) > density(best) ? x : best;
    }
    MapEstimate map = mixture().map();
    assertThat(map.toArray()[0]).isCloseTo(best, within(2e-3));
    assertThat(map.logProb()).isCloseTo(Math.log(density(best)), within(1e-4));
    assertThat(map.converged()).isTrue();
    EnsemblePosterior only = mixture().withWeights(1, 0);
    assertThat(only.map().toArray()[0]).isCloseTo(-2, within(2e-3));
    assertThat(only.sample(500).mean()[0]).isCloseTo(-2, within(0.2));
  }

  @Test
  void membersMayBeDrawnByChains() {
    McmcPosterior chains = McmcPosterior.of(new NormalMean(WIDE), 1).withChains(10);
    EnsemblePosterior mixed = EnsemblePosterior.of(List.of(normal(3, 0.5), chains), 4).given(0);
    Samples draws = mixed.sample(2_000);
    assertThat(draws.mean()[0]).isCloseTo(1.5, within(0.2));
    for (Runnable needsDensity :
        List.<Runnable>of(() -> mixed.logProb(new double[] {0}), mixed::map)) {
      assertThatIllegalStateException()
          .isThrownBy(needsDensity::run)
          .withMessageContaining("member 1, a McmcPosterior, is known up to a constant only")
          .withMessageContaining("EnsembleSource");
    }
    assertThat(EnsemblePosterior.of(List.of(chains), 1).given(new double[][] {{0}, {1}}).sample(10))
        .satisfies(s -> assertThat(s.rows()).isEqualTo(10));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mixed.given(new double[][] {{0}, {1}}))
        .withMessageContaining("a member takes one observation, but 2 trials were given");
  }

  // ---- likelihoods

  /** One normal value around the parameter. */
  private record Value(Distribution prior, double shift, double sd) implements PotentialSource {
    double logLikelihood(double x, double theta) {
      double z = (x - theta - shift) / sd;
      return -0.5 * z * z - Math.log(sd);
    }

    @Override
    public Potential potential(double[]... trials) {
      return new Potential() {
        @Override
        public Distribution prior() {
          return prior;
        }

        @Override
        public void logProb(double[][] points, double[] values) {
          for (int i = 0; i < points.length; i++) {
            values[i] = prior.logProb(points[i]);
            for (double[] trial : trials) {
              values[i] += logLikelihood(trial[0], points[i][0]);
            }
          }
        }
      };
    }
  }

  private static final Value NEAR = new Value(WIDE, 0, 0.5);
  private static final Value OFF = new Value(WIDE, -2, 1);
  private static final double[][] TRIALS = {{0.3}, {-0.8}, {1.1}};

  private static double averaged(double theta) {
    double log = WIDE.logProb(new double[] {theta});
    for (double[] x : TRIALS) {
      log +=
          Math.log(
              WEIGHTS[0] * Math.exp(NEAR.logLikelihood(x[0], theta))
                  + WEIGHTS[1] * Math.exp(OFF.logLikelihood(x[0], theta)));
    }
    return log;
  }

  /** Also where a member was learned under another prior: that of the first is the ensemble's. */
  @ParameterizedTest
  @ValueSource(doubles = {10, 2})
  void theLikelihoodOfEachTrialIsAveraged(double sdOfOther) {
    Value other = new Value(Normal.of(1, sdOfOther).named("mu"), -2, 1);
    EnsembleSource source = EnsembleSource.of(List.of(NEAR, other)).withWeights(WEIGHTS);
    Potential potential = source.potential(TRIALS);
    double[][] points = {{-3}, {0.2}, {2}};
    double[] values = new double[3];
    double[][] gradients = new double[3][1];
    potential.logProbGradient(points, gradients, values);
    for (int i = 0; i < 3; i++) {
      double theta = points[i][0];
      assertThat(values[i]).isCloseTo(averaged(theta), within(1e-10));
      assertThat(potential.logProb(points)[i]).isEqualTo(values[i]);
      double slope = (averaged(theta + 1e-5) - averaged(theta - 1e-5)) / 2e-5;
      assertThat(gradients[i][0]).isCloseTo(slope, within(1e-5 * (1 + Math.abs(slope))));
    }
  }

  /** Within a tenth of a standard deviation; either member alone is off by more than one. */
  @Test
  void chainsRunOnceOnTheMean() {
    double[] sums = new double[3];
    for (double theta = -6; theta < 6; theta += 1e-3) {
      double p = Math.exp(averaged(theta));
      sums[0] += p;
      sums[1] += p * theta;
      sums[2] += p * theta * theta;
    }
    double mean = sums[1] / sums[0];
    double sd = Math.sqrt(sums[2] / sums[0] - mean * mean);
    McmcPosterior posterior =
        McmcPosterior.of(EnsembleSource.of(List.of(NEAR, OFF)).withWeights(WEIGHTS), 1)
            .given(TRIALS);
    for (McmcPosterior kind :
        List.of(posterior, posterior.withSampler(Nuts.defaults()).withChains(10))) {
      Samples draws = kind.sample(4_000, 2);
      assertThat(draws.mean()[0]).isCloseTo(mean, within(0.1 * sd));
      assertThat(draws.sd()[0]).isCloseTo(sd, within(0.1 * sd));
    }
  }

  // ---- as one training would do it

  private static Simulations simulations() {
    Distribution prior = BoxUniform.of(new double[2], new double[] {1, 1});
    return Simulations.run(
        (theta, random) ->
            new double[] {
              theta[0] + 0.3 * random.nextGaussian(),
              theta[1] * theta[0] + 0.2 * random.nextGaussian()
            },
        prior,
        200,
        1);
  }

  private static <T> List<T> each(ConditionalDensity density, IntFunction<T> member) {
    return IntStream.range(0, density.members().size()).mapToObj(member).toList();
  }

  private static ConditionalDensity alone(ConditionalDensity density, int member) {
    return new ConditionalDensity(
        density.model(), List.of(density.members().get(member)), density.coordinates());
  }

  @Test
  void networksOfOneTrainingMixedApartAreTheSame() {
    Distribution prior = BoxUniform.of(new double[2], new double[] {1, 1});
    Training once = Training.defaults().withMaxEpochs(3);
    Maf small = Maf.defaults().withTransforms(2).withHiddenFeatures(8);
    Likelihood together =
        SNLE.with(prior)
            .densityEstimator(small)
            .training(once)
            .ensemble(3)
            .appendSimulations(simulations())
            .train()
            .buildLikelihood();
    EnsembleSource apart =
        EnsembleSource.of(
            each(
                together.density(),
                k ->
                    Likelihood.of(
                        alone(together.density(), k),
                        together.prior(),
                        together.range(),
                        together.provenance())));
    double[][] trials = {{0.5, 0.1}, {0.7, 0.4}, {0.2, 0.2}};
    double[][] points = {{0.5, 0.5}, {0.1, 0.8}, {2, 0}};
    double[] values = new double[3];
    double[][] gradients = new double[3][2];
    together.potential(trials).logProbGradient(points, gradients, values);
    double[] ours = new double[3];
    double[][] slopes = new double[3][2];
    apart.potential(trials).logProbGradient(points, slopes, ours);
    for (int i = 0; i < 2; i++) {
      assertThat(ours[i]).isCloseTo(values[i], within(1e-4));
      assertThat(slopes[i]).containsExactly(gradients[i], within(1e-3));
    }
    assertThat(ours[2]).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(slopes[2]).containsOnly(0);

    DirectPosterior direct =
        SNPE.with(prior)
            .densityEstimator(small)
            .training(once)
            .ensemble(3)
            .appendSimulations(simulations())
            .train()
            .buildPosterior();
    EnsemblePosterior mixed =
        EnsemblePosterior.of(
            each(
                direct.density(),
                k ->
                    DirectPosterior.of(
                        alone(direct.density(), k), direct.prior(), direct.range(), k)),
            1);
    assertThat(mixed.given(0.5, 0.1).logProb(points))
        .containsExactly(direct.given(0.5, 0.1).logProb(points), within(1e-4));
  }

  // ---- bad calls

  @Test
  void badCallsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EnsemblePosterior.of(List.of(), 1))
        .withMessageContaining("no members given");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> EnsembleSource.of(List.of(NEAR, new Value(Normal.of(0, 10).named("nu"), 0, 1))))
        .withMessageContaining("member 1 has the parameters [nu]")
        .withMessageContaining("member 0 has [mu]");
    Distribution unit = BoxUniform.of(new double[1], new double[] {1}).named("mu");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> EnsemblePosterior.of(List.of(normal(0, 1), Gaussians.truncated(unit, 1)), 1))
        .withMessageContaining("on (0.0, 1.0), but member 0");
    for (double[] weights :
        new double[][] {{1}, {1, -1}, {0, 0}, {1, Double.NaN}, {1, Double.POSITIVE_INFINITY}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> mixture().withWeights(weights))
          .withMessageContaining("the weights are " + Arrays.toString(weights))
          .withMessageContaining("expected 2 finite numbers");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EnsembleSource.of(List.of(NEAR)).potential())
        .withMessageContaining("no trials given");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mixture().sample(0))
        .withMessageContaining("count is 0");
    assertThatIllegalStateException()
        .isThrownBy(() -> EnsemblePosterior.of(List.of(normal(0, 1)), 1).sample(3))
        .withMessageContaining("call posterior.given(observed) first");
  }
}
