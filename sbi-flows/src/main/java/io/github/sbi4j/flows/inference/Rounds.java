package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.distribution.Proposal;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.simulation.SimulationRunner;
import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.core.simulation.Simulator;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.posterior.McmcPosterior;
import io.github.sbi4j.flows.posterior.Posterior;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Inference in rounds for one observation: simulate, append, train, and propose the parameters of
 * the next round from the posterior so far.
 *
 * <p>The first round draws from the prior. The number of simulations is that of all rounds
 * together. Saved to a folder, a run that was killed goes on where it was: what is lost is the
 * chunk of simulations, or the training, that was under way.
 *
 * @param <P> the kind of posterior
 */
public final class Rounds<P extends Posterior> {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
  private static final int DRAWS_FOR_CHANGE = 1000;

  private final RoundMethod<P> method;
  private final Simulator simulator;
  private int rounds = 5;
  private int simulations = 5_000;
  private long seed = 1;
  private boolean warmStart;
  private double stopBelow;
  private int chunkSize = 100;
  private @Nullable Path folder;
  private SimulationRunner simulating = SimulationRunner.local();
  private Consumer<RoundReport> listener = report -> {};
  private @Nullable Function<? super P, ? extends Proposal> proposing;

  private Rounds(RoundMethod<P> method, Simulator simulator) {
    this.method = method;
    this.simulator = simulator;
  }

  /**
   * Rounds of posterior estimation.
   *
   * @param inference its settings are used, and the simulations are appended to it
   * @param simulator the simulator, called from many threads at once
   * @return rounds to set and run
   */
  public static Rounds<DirectPosterior> of(SNPE inference, Simulator simulator) {
    return new Rounds<>(new RoundMethod.OfSnpe(inference), simulator);
  }

  /**
   * Rounds of truncated posterior estimation. A saved run needs the prior and the observation of
   * the inference to go on; the truncations follow from what was trained.
   *
   * @param inference its settings are used, and the simulations are appended to it; its observation
   *     is the one to give to {@link #run}
   * @param simulator the simulator, called from many threads at once
   * @return rounds to set and run
   */
  public static Rounds<DirectPosterior> of(TSNPE inference, Simulator simulator) {
    return new Rounds<>(new RoundMethod.OfTsnpe(inference), simulator);
  }

  /**
   * Rounds of likelihood estimation.
   *
   * @param inference its settings are used, and the simulations are appended to it
   * @param simulator the simulator, called from many threads at once
   * @return rounds to set and run
   */
  public static Rounds<McmcPosterior> of(SNLE inference, Simulator simulator) {
    return new Rounds<>(new RoundMethod.OfSnle(inference), simulator);
  }

  /**
   * Rounds of ratio estimation.
   *
   * @param inference its settings are used, and the simulations are appended to it
   * @param simulator the simulator, called from many threads at once
   * @return rounds to set and run
   */
  public static Rounds<McmcPosterior> of(SNRE inference, Simulator simulator) {
    return new Rounds<>(new RoundMethod.OfSnre(inference), simulator);
  }

  /**
   * Sets the number of rounds, R; 5 unless set.
   *
   * @param rounds R, at least 1
   * @return these rounds
   */
  public Rounds<P> rounds(int rounds) {
    this.rounds = atLeastOne("rounds", rounds);
    return this;
  }

  /**
   * Sets the number of simulations of all rounds together, shared equally; 5 000 unless set.
   *
   * @param simulations at least one a round
   * @return these rounds
   */
  public Rounds<P> simulations(int simulations) {
    this.simulations = atLeastOne("simulations", simulations);
    return this;
  }

  /**
   * Sets the seed of proposed parameters and simulations; 1 unless set. Networks have that of the
   * inference.
   *
   * @param seed any number
   * @return these rounds
   */
  public Rounds<P> seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * Sets whether a round goes on from the weights of the one before, with the standardisation of
   * the first round. Unless set each trains from scratch, and what networks see is scaled anew.
   *
   * @param warmStart true to go on
   * @return these rounds
   */
  public Rounds<P> warmStart(boolean warmStart) {
    this.warmStart = warmStart;
    return this;
  }

  /**
   * Sets the change of the posterior below which no further round is done, see {@link
   * RoundReport#change}; all rounds are done unless set.
   *
   * @param change positive, 0.1 for example
   * @return these rounds
   */
  public Rounds<P> stopBelow(double change) {
    if (!(change > 0)) {
      throw new IllegalArgumentException("change is " + change + ", expected a positive number");
    }
    this.stopBelow = change;
    return this;
  }

  /**
   * Sets who hears of each round.
   *
   * @param listener called at the end of a round
   * @return these rounds
   */
  public Rounds<P> listener(Consumer<RoundReport> listener) {
    this.listener = listener;
    return this;
  }

  /**
   * Sets threads, time-outs and progress of simulations.
   *
   * @param settings for the runs of all rounds
   * @return these rounds
   */
  public Rounds<P> simulating(SimulationSettings settings) {
    return simulating(SimulationRunner.local(settings));
  }

  /**
   * Sets who simulates, the threads of this machine unless set. It is asked for a chunk of rows at
   * a time; a cluster wants larger ones.
   *
   * @param runner for the runs of all rounds
   * @return these rounds
   */
  public Rounds<P> simulating(SimulationRunner runner) {
    this.simulating = Objects.requireNonNull(runner, "runner");
    return this;
  }

  /**
   * Sets what proposes the next round; the posterior itself unless set, and the truncated prior
   * with TSNPE, which takes no other. Another sampler can be given to it here, or the prior
   * truncated to where it has mass.
   *
   * @param proposing makes a proposal of the posterior of a round, given the observation
   * @return these rounds
   */
  public Rounds<P> proposing(Function<? super P, ? extends Proposal> proposing) {
    this.proposing = proposing;
    return this;
  }

  /**
   * Sets the folder that the run is saved to, and resumed from if it holds one with the same
   * settings: parameters and simulations as CSV, trained networks as files of the library.
   *
   * @param folder made if it is not there
   * @return these rounds
   */
  public Rounds<P> saveTo(Path folder) {
    this.folder = folder;
    return this;
  }

  /**
   * Sets the number of simulations that are saved at once; 100 unless set. At most so many are lost
   * when the run is killed. Seeds belong to chunks, so another size gives other simulations.
   *
   * @param rows at least 1
   * @return these rounds
   */
  public Rounds<P> chunkSize(int rows) {
    this.chunkSize = atLeastOne("chunkSize", rows);
    return this;
  }

  private static int atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ", expected at least 1");
    }
    return value;
  }

  /**
   * Does the rounds, or those that its folder does not hold.
   *
   * @param observed the observation of L values; SNLE and SNRE take several independent trials
   * @return the posterior given the observation, and how the rounds went
   * @throws IllegalArgumentException if there are fewer simulations than rounds
   * @throws IllegalStateException if the folder holds rounds with other settings
   * @throws java.util.concurrent.CancellationException if the thread is interrupted while
   *     simulating; with a folder, running again goes on from there
   */
  public RoundsResult<P> run(double[]... observed) {
    if (simulations < rounds) {
      throw new IllegalArgumentException(
          simulations + " simulations do not suffice for " + rounds + " rounds; give more");
    }
    NeuralInference<?> inference = method.inference();
    RoundsFolder saved = folder == null ? null : RoundsFolder.open(folder, describe(observed));
    RoundSimulations table =
        new RoundSimulations(simulator, simulating, observed[0].length, chunkSize, saved);
    List<RoundReport> reports = new ArrayList<>();
    Proposal proposal = inference.prior();
    @Nullable P posterior = null;
    for (int r = 1; r <= rounds; r++) {
      long begin = System.nanoTime();
      int count = simulations / rounds + (r <= simulations % rounds ? 1 : 0);
      inference.appendSimulations(
          table.of(r, proposal, count, RandomStreams.key(seed, r)).proposedBy(proposal));
      long simulated = System.nanoTime();
      @Nullable P before = posterior;
      boolean done = saved != null && saved.isDone(r);
      if (saved != null && done && !repeats(saved)) {
        posterior = method.given(method.load(saved.trainedFile(r)), observed);
        LOG.info("round {} was done before", r);
      } else {
        posterior = trained(observed);
      }
      double seconds = (System.nanoTime() - simulated) / 1e9;
      double change = before == null || stopBelow == 0 ? Double.NaN : change(before, posterior);
      if (!done) {
        double secondsSimulate = (simulated - begin) / 1e9;
        RoundReport report =
            new RoundReport(
                r, count, secondsSimulate, seconds, inference.report(), posterior, change);
        if (saved != null) {
          method.save(saved.trainedFile(r));
        }
        reports.add(report);
        listener.accept(report);
      }
      if (change < stopBelow) {
        LOG.info("the posterior changed by {} in round {}: no further round", change, r);
        break;
      }
      if (r < rounds) {
        proposal = proposing == null ? method.proposal(posterior) : proposing.apply(posterior);
      }
    }
    return new RoundsResult<>(Objects.requireNonNull(posterior), reports);
  }

  /**
   * Whether trainings that were done before are done again, because those to come go on from their
   * networks as they were in memory.
   */
  private boolean repeats(RoundsFolder saved) {
    return warmStart && !saved.isDone(rounds);
  }

  private P trained(double[][] observed) {
    if (warmStart) {
      method.inference().resume();
    } else {
      method.inference().train();
    }
    return method.given(method.build(), observed);
  }

  /** The largest of differences of means and of spreads, in spreads before. */
  private static double change(Posterior before, Posterior after) {
    var first = before.sample(DRAWS_FOR_CHANGE);
    var second = after.sample(DRAWS_FOR_CHANGE);
    double largest = 0;
    for (int d = 0; d < first.columns(); d++) {
      double shift = Math.abs(second.mean()[d] - first.mean()[d]) / first.sd()[d];
      double scale = Math.abs(Math.log(second.sd()[d] / first.sd()[d]));
      largest = Math.max(largest, Math.max(shift, scale));
    }
    return largest;
  }

  /** What has to be the same for rounds to go on. */
  private String describe(double[][] observed) {
    return "method "
        + method.inference().getClass().getSimpleName()
        + "\nparameters "
        + method.inference().prior().names()
        + "\nobservation "
        + Arrays.deepToString(observed)
        + "\nrounds "
        + rounds
        + "\nsimulations "
        + simulations
        + "\nchunk size "
        + chunkSize
        + "\nseeds "
        + seed
        + " and "
        + method.inference().seed()
        + "\n";
  }
}
