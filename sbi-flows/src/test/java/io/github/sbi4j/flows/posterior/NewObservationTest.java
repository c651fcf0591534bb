package io.github.sbi4j.flows.posterior;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.core.sample.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A posterior given a new observation keeps nothing of the old one, whatever its kind. */
@Timeout(60)
class NewObservationTest {
  private static final Distribution BOX =
      BoxUniform.of(new double[2], new double[] {1, 1}).named("a", "b");
  private static final NormalMean SOURCE = new NormalMean(BOX);

  /** Normal around the observation with mass outside the box: its normaliser depends on it. */
  private static DirectPosterior leaking(double shift) {
    return Gaussians.posterior(
        BOX, Support.real(2), new double[] {shift, 0}, new double[] {0.3, 0, 0.1, 0.3});
  }

  static Stream<Named<Posterior>> kinds() {
    McmcPosterior chains = McmcPosterior.of(SOURCE, 3).withChains(10);
    RejectionPosterior rejection = RejectionPosterior.of(SOURCE, 3);
    ImportancePosterior importance = ImportancePosterior.of(SOURCE, 3).withOversampling(8);
    List<DirectPosterior> two = List.of(leaking(0), leaking(0.2));
    DirectPosterior inside =
        Gaussians.posterior(BOX, BOX.support(), new double[2], new double[] {0.3, 0, 0.1, 0.3});
    return Stream.of(
        Named.of("direct", inside),
        Named.of("direct, leaking", two.get(0)),
        Named.of("chains", chains),
        Named.of("rejection", rejection),
        Named.of("importance", importance),
        Named.of("importance, from a leaking posterior", importance.withProposal(two.get(1))),
        Named.of("ensemble of leaking posteriors", EnsemblePosterior.of(two, 3)),
        Named.of(
            "chains on an ensemble",
            McmcPosterior.of(EnsembleSource.of(List.of(SOURCE, two.get(1))), 3).withChains(10)),
        Named.of("chains, one fixed", chains.fixing(Map.of("b", 0.3))),
        Named.of("rejection, one fixed", rejection.fixing(Map.of("b", 0.3))),
        Named.of("importance, one fixed", importance.fixing(Map.of("b", 0.3))),
        Named.of("leaking, one fixed", two.get(0).fixing(Map.of("b", 0.3)).withChains(10)));
  }

  /** All that a posterior says. */
  private record Answers(Samples draws, Samples others, List<Double> logProbs, MapEstimate map) {
    static Answers of(Posterior posterior) {
      double[][] points = {{0.2, 0.4}, {0.7, 0.1}};
      int dimension = posterior.prior().dimension();
      double[][] own =
          Arrays.stream(points).map(p -> Arrays.copyOf(p, dimension)).toArray(double[][]::new);
      return new Answers(
          posterior.sample(50),
          posterior.sample(50, 7),
          Arrays.stream(posterior.logProb(own)).boxed().toList(),
          posterior.map());
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void nothingIsStale(Posterior posterior) {
    Answers fresh = Answers.of(posterior.given(1.3, 0.6));
    double[] observation = {0.1, 0.2};
    Posterior first = posterior.given(observation);
    Answers before = Answers.of(first);
    Posterior second = first.given(1.3, 0.6);
    assertThat(Answers.of(second)).isEqualTo(fresh);
    assertThat(before.draws).isNotEqualTo(fresh.draws);
    assertThat(before.logProbs).isNotEqualTo(fresh.logProbs);
    assertThat(before.map).isNotEqualTo(fresh.map);
    Arrays.fill(observation, 9);
    assertThat(Answers.of(first)).isEqualTo(before);
    assertThat(Answers.of(first.given(0.1, 0.2))).isEqualTo(before);
  }
}
