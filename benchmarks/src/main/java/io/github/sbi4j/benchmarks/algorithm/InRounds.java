package io.github.sbi4j.benchmarks.algorithm;

import io.github.sbi4j.benchmarks.CpuTime;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.flows.inference.NeuralInference;
import io.github.sbi4j.flows.inference.RoundReport;
import io.github.sbi4j.flows.inference.Rounds;
import io.github.sbi4j.flows.inference.RoundsResult;
import io.github.sbi4j.flows.inference.SNLE;
import io.github.sbi4j.flows.inference.SNPE;
import io.github.sbi4j.flows.inference.SNRE;
import io.github.sbi4j.flows.posterior.Posterior;
import io.github.sbi4j.flows.training.MemberReport;
import io.github.sbi4j.flows.training.Training;
import java.util.ArrayList;
import java.util.List;

/**
 * Neural inference in rounds, each proposed by the posterior of the one before, for each
 * observation anew. One round is the algorithm without them.
 */
final class InRounds extends Neural {
  private static final int ROUNDS = 10;

  private final Neural once;

  /**
   * The rounds of an algorithm.
   *
   * @param once the algorithm of one round
   */
  InRounds(Neural once) {
    this.once = once;
  }

  @Override
  public String defaultEstimator() {
    return once.defaultEstimator();
  }

  @Override
  List<String> estimators() {
    return once.estimators();
  }

  @Override
  public int defaultRounds() {
    return ROUNDS;
  }

  @Override
  void checkRounds(Settings settings) {
    if (settings.simulations() < 10 * settings.rounds()) {
      throw new IllegalArgumentException(
          "--simulations %d leave less than 10 for each of --rounds %d; give more simulations or fewer rounds"
              .formatted(settings.simulations(), settings.rounds()));
    }
  }

  @Override
  public Solver prepare(Problem problem, Settings settings) {
    if (settings.rounds() == 1) {
      return once.prepare(problem, settings);
    }
    if (problem.simulations().isPresent()) {
      throw new IllegalArgumentException(
          "--simulations-file does not apply to %s in %d rounds, which simulate what they propose; leave it out"
              .formatted(settings.algorithm(), settings.rounds()));
    }
    return (observed, seed) -> solve(problem, settings, observed, seed);
  }

  private Outcome solve(Problem problem, Settings settings, double[] observed, long seed) {
    CpuTime cpu = new CpuTime();
    RoundsResult<? extends Posterior> result =
        rounds(problem, settings)
            .rounds(settings.rounds())
            .simulations(settings.simulations())
            .chunkSize(settings.simulations())
            .simulating(SimulationSettings.defaults().withThreads(settings.threads()))
            .seed(seed)
            .run(observed);
    double cpuSeconds = cpu.seconds();
    Clock sampling = new Clock();
    Samples samples = result.posterior().sample(settings.samples(), seed);
    double secondsSample = sampling.lap();
    List<double[]> trace = new ArrayList<>();
    int epochs = 0;
    double before = 0;
    for (RoundReport round : result.rounds()) {
      MemberReport member = round.training().members().get(0);
      epochs += round.training().epochs();
      for (double[] epoch : trace(member)) {
        trace.add(new double[] {before + epoch[0], epoch[1]});
      }
      before += round.secondsTrain();
    }
    RoundReport last = result.rounds().get(result.rounds().size() - 1);
    return new Outcome(
        samples,
        result.rounds().stream().mapToDouble(RoundReport::secondsSimulate).sum(),
        result.rounds().stream().mapToDouble(RoundReport::secondsTrain).sum(),
        secondsSample,
        cpuSeconds,
        epochs,
        Double.NaN,
        -last.training().bestValidationLoss(),
        trace.toArray(double[][]::new),
        Double.NaN,
        result.rounds().stream().map(r -> r.secondsSimulate() + r.secondsTrain()).toList());
  }

  private Rounds<? extends Posterior> rounds(Problem problem, Settings settings) {
    if (once instanceof Npe) {
      SNPE inference =
          SNPE.with(problem.prior()).densityEstimator(NpeFit.estimator(settings.estimator()));
      return Rounds.of(set(inference, settings), problem.simulator());
    }
    if (((SampledAlgorithm) once).learnsLikelihood()) {
      SNLE inference =
          SNLE.with(problem.prior()).densityEstimator(NpeFit.estimator(settings.estimator()));
      return Rounds.of(set(inference, settings), problem.simulator());
    }
    SNRE inference =
        SNRE.with(problem.prior()).classifier(SampledAlgorithm.classifier(settings.estimator()));
    return Rounds.of(set(inference, settings), problem.simulator());
  }

  private static <S extends NeuralInference<S>> S set(S inference, Settings settings) {
    return inference
        .seed(settings.seed())
        .training(Training.defaults().withThreads(settings.threads()))
        .ensemble(settings.ensemble())
        .device(NpeFit.device(settings));
  }
}
