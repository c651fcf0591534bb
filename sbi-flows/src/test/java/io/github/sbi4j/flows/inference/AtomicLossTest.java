package io.github.sbi4j.flows.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.sbi4j.core.distribution.Beta;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Gamma;
import io.github.sbi4j.core.distribution.Independent;
import io.github.sbi4j.core.distribution.Normal;
import io.github.sbi4j.core.distribution.Uniform;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.embedding.Embedding;
import io.github.sbi4j.flows.estimator.ConditionalDensity;
import io.github.sbi4j.flows.estimator.Coordinates;
import io.github.sbi4j.flows.estimator.Nsf;
import io.github.sbi4j.flows.estimator.PosteriorCoordinates;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The loss that networks minimise in their coordinates is that of densities in the user's units,
 * whatever the prior's bounds do to its Jacobian.
 */
class AtomicLossTest {
  private static final Distribution PRIOR =
      Independent.of(Beta.of(2, 3), Gamma.of(2, 1), Normal.of(1, 2)).named("a", "b", "c");
  private static final Simulator SIMULATOR =
      (theta, random) ->
          new double[] {
            theta[0] + 0.2 * random.nextGaussian(), theta[1] * theta[2] + random.nextGaussian()
          };
  private static final int ROWS = 60;

  /** The first parameter keeps its bounds until its Gaussian part is taken out. */
  private static final Distribution UNIFORM =
      Independent.of(Uniform.of(0, 1), Gamma.of(2, 1), Normal.of(1, 2)).named("a", "b", "c");

  private static TrainingRows rows(Distribution prior) {
    TrainingRows rows = new TrainingRows(prior);
    Distribution near =
        Independent.of(Beta.of(6, 6), Gamma.of(5, 3), Normal.of(0, 1)).named("a", "b", "c");
    for (Distribution proposal : List.of(prior, near)) {
      Simulations simulations = Simulations.run(SIMULATOR, proposal, ROWS / 2, 1);
      rows.append(
          proposal,
          RowLists.of(simulations.parameters()),
          List.of(),
          List.of(),
          RowLists.of(simulations.observations()));
    }
    return rows;
  }

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void isThatOfDensitiesInTheUsersUnits(boolean combined, boolean bounded) {
    Distribution prior = bounded ? UNIFORM : PRIOR;
    TrainingRows rows = rows(prior);
    double[][] theta = RowLists.toArray(rows.parameters());
    double[][] x = RowLists.toArray(rows.observations());
    Coordinates coordinates =
        PosteriorCoordinates.truncated(prior)
            .fit(rows.parameters(), rows.observations(), Embedding.identity(), 5);
    assertThat(coordinates.isShifted()).isEqualTo(!bounded);
    DensityTrainer trainer =
        new DensityTrainer(
            Nsf.defaults(),
            Embedding.identity(),
            coordinates,
            new Networks.Settings(Device.cpu(), 1, 1));
    int atoms = 4;
    Atomic settings = Atomic.defaults().withAtoms(atoms).withCombinedLoss(combined);
    AtomicLoss loss = new AtomicLoss(trainer, prior, rows, settings, 7);

    ConditionalDensity density = disturbed(trainer.density());
    int[] batch = IntStream.range(0, ROWS).toArray();
    float[] actual;
    try (Operations ops = density.members().get(0).evaluate()) {
      actual = ops.values(loss.of(ops, batch));
    }
    int[] partners = new Partners(7).of(false, batch, atoms, ROWS);
    for (int i = 0; i < ROWS; i++) {
      double sum = 0;
      for (int a = 0; a < atoms; a++) {
        sum += Math.exp(logRatio(density, prior, theta[partners[i * atoms + a]], x[i]));
      }
      double expected = Math.log(sum) - logRatio(density, prior, theta[i], x[i]);
      if (combined && i < ROWS / 2) {
        expected -= density.logProb(new double[][] {theta[i]}, x[i])[0];
      }
      assertThat(actual[i] + loss.offsets()[i])
          .isCloseTo(expected, within(2e-4 * (1 + Math.abs(expected))));
    }
  }

  /** The same networks with other weights than those that make them the identity. */
  private static ConditionalDensity disturbed(ConditionalDensity density) {
    Weights start = density.members().get(0);
    float[] values = start.toArray();
    float[] free = start.layout().freeValues();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (0.1 * free[i] * RandomStreams.of(3, i).nextGaussian());
    }
    Weights weights = Device.cpu().engine().weights(start.layout(), values);
    return new ConditionalDensity(density.model(), List.of(weights), density.coordinates());
  }

  private static double logRatio(
      ConditionalDensity density, Distribution prior, double[] theta, double[] x) {
    return density.logProb(new double[][] {theta}, x)[0] - prior.logProb(theta);
  }

  @Test
  void partnersInABatchAreAllDifferent() {
    int[] batch = {8, 3, 5, 1, 9};
    int[] partners = new Partners(1).of(true, batch, 5, 10);
    for (int i = 0; i < batch.length; i++) {
      int[] own = Arrays.copyOfRange(partners, 5 * i, 5 * i + 5);
      assertThat(own[0]).isEqualTo(batch[i]);
      assertThat(own).doesNotHaveDuplicates();
    }
  }

  @Test
  void oneAtomIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Atomic.defaults().withAtoms(1))
        .withMessage("atoms is 1, expected at least 2: the row's own parameters and others");
  }
}
