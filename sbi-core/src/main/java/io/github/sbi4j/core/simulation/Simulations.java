package io.github.sbi4j.core.simulation;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Proposal;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An immutable table of N simulations: the parameters that went in, and the conditions where there
 * are any, beside the observation that came out.
 *
 * <p>Failures are rows of the table. Their observations are NaN, except that a row which is a
 * failure only for its non-finite values keeps what the simulator returned.
 *
 * <p>Row i of a run uses the random stream {@link RandomStreams#of(long, long) (seed, i)}, so a
 * table is the same bit for bit for any number of threads and any chunk size, and the first rows of
 * a longer run are those of a shorter one.
 *
 * <p>An interrupt of the thread that called {@code run} ends the run soon. The table then ends with
 * the last row that had finished, rows before it that had not are failures of kind {@link
 * SimulationFailure.Kind#CANCELLED}, and the thread's interrupt flag is set. A simulator that
 * ignores the interrupt for a second is left to itself on a daemon thread.
 */
public final class Simulations {
  /** The index of the seed for the parameters among those derived from the seed of a run. */
  private static final long PARAMETERS = -1;

  private final Samples parameters;
  private final @Nullable Samples conditions;
  private final Samples observations;
  private final List<SimulationFailure> failures;
  private final RowProposals proposals;

  /** Takes failures in the order of their rows, at most one a row. */
  Simulations(Samples parameters, Samples observations, List<SimulationFailure> failures) {
    this(
        parameters,
        null,
        observations,
        failures,
        RowProposals.of(Optional.empty(), parameters.rows()));
  }

  private Simulations(
      Samples parameters,
      @Nullable Samples conditions,
      Samples observations,
      List<SimulationFailure> failures,
      RowProposals proposals) {
    this.parameters = parameters;
    this.conditions = conditions;
    this.observations = observations;
    this.failures = failures;
    this.proposals = proposals;
  }

  /**
   * Draws parameters from a prior, or a posterior given an observation, and simulates each, on all
   * cores. The table remembers where they come from.
   *
   * <p>Not to be called while a class that the simulator belongs to is being initialised, from a
   * static field say: the JVM makes the other threads wait for that, and none goes on. Run with one
   * thread there, or from a method.
   *
   * @param simulator the simulator, called from many threads at once
   * @param proposal where the parameters come from
   * @param count the number of simulations, N
   * @param seed the seed of the run
   * @return the N simulations
   * @throws SimulationException if no row gives a valid observation or the virtual machine fails
   * @throws java.util.concurrent.CancellationException if it is interrupted before a row gives a
   *     valid observation
   */
  public static Simulations run(Simulator simulator, Proposal proposal, int count, long seed) {
    return run(simulator, proposal, count, seed, SimulationSettings.defaults());
  }

  /**
   * Draws parameters from a prior, or a posterior given an observation, and simulates each. The
   * table remembers where they come from.
   *
   * <p>It is {@code run(simulator, proposal.sample(count, parameterSeed(seed)), seed, settings)}.
   *
   * @param simulator the simulator
   * @param proposal where the parameters come from
   * @param count the number of simulations, N
   * @param seed the seed of the run
   * @param settings threads, time-out, progress
   * @return the N simulations
   * @throws SimulationException if no row gives a valid observation, the virtual machine fails, or
   *     too many rows hang
   * @throws java.util.concurrent.CancellationException if it is interrupted before a row gives a
   *     valid observation
   */
  public static Simulations run(
      Simulator simulator, Proposal proposal, int count, long seed, SimulationSettings settings) {
    Tables.requireCount(count);
    Samples parameters = proposal.sample(count, parameterSeed(seed));
    return run(simulator, parameters, seed, settings).proposedBy(proposal);
  }

  /**
   * Simulates each row of a table of parameters, on all cores.
   *
   * @param simulator the simulator, called from many threads at once
   * @param parameters N rows of D finite parameters
   * @param seed the seed of the run
   * @return the N simulations
   * @throws SimulationException if no row gives a valid observation or the virtual machine fails
   * @throws java.util.concurrent.CancellationException if it is interrupted before a row gives a
   *     valid observation
   */
  public static Simulations run(Simulator simulator, Samples parameters, long seed) {
    return run(simulator, parameters, seed, SimulationSettings.defaults());
  }

  /**
   * Simulates each row of a table of parameters.
   *
   * @param simulator the simulator
   * @param parameters N rows of D finite parameters
   * @param seed the seed of the run
   * @param settings threads, time-out, progress
   * @return the N simulations
   * @throws SimulationException if no row gives a valid observation, the virtual machine fails, or
   *     too many rows hang
   * @throws java.util.concurrent.CancellationException if it is interrupted before a row gives a
   *     valid observation
   */
  public static Simulations run(
      Simulator simulator, Samples parameters, long seed, SimulationSettings settings) {
    Objects.requireNonNull(simulator, "simulator");
    Objects.requireNonNull(settings, "settings");
    Tables.requireSimulatable(parameters);
    ResultTable rows = new ResultTable(parameters);
    return rows.finish(!rows.simulate(simulator, seed, settings));
  }

  /**
   * Draws parameters from a prior, or another proposal, and conditions from a design,
   * independently, and simulates each pair on all cores.
   *
   * @param simulator the simulator, called from many threads at once
   * @param proposal where the D parameters come from
   * @param design where the K conditions come from; it should cover those of the experiment
   * @param count the number of simulations, N
   * @param seed the seed of the run
   * @return the N simulations, with their conditions
   * @throws SimulationException if no row gives a valid observation or the virtual machine fails
   * @throws java.util.concurrent.CancellationException if it is interrupted before a row gives a
   *     valid observation
   */
  public static Simulations run(
      ConditionalSimulator simulator,
      Proposal proposal,
      Distribution design,
      int count,
      long seed) {
    Tables.requireCount(count);
    Samples conditions = ConditionalRun.draw(design, count, seed);
    Samples parameters = proposal.sample(count, parameterSeed(seed));
    return run(
            simulator,
            parameters,
            conditions.head(parameters.rows()),
            seed,
            SimulationSettings.defaults())
        .proposedBy(proposal);
  }

  /**
   * Simulates each row of a table of parameters under the conditions in the same row of another.
   *
   * @param simulator the simulator
   * @param parameters N rows of D finite parameters
   * @param conditions N rows of K finite conditions; what is learned from the simulations holds
   *     where they are, so they should be drawn apart from the parameters and cover the experiment
   * @param seed the seed of the run
   * @param settings threads, time-out, progress
   * @return the N simulations, with their conditions
   * @throws IllegalArgumentException if the numbers of rows differ, two columns have the same name,
   *     or a value is not finite
   * @throws SimulationException if no row gives a valid observation, the virtual machine fails, or
   *     too many rows hang
   * @throws java.util.concurrent.CancellationException if it is interrupted before a row gives a
   *     valid observation
   */
  public static Simulations run(
      ConditionalSimulator simulator,
      Samples parameters,
      Samples conditions,
      long seed,
      SimulationSettings settings) {
    Objects.requireNonNull(simulator, "simulator");
    Simulator joined = simulator.joined(parameters.columns());
    Simulations result = run(joined, ConditionalRun.inputs(parameters, conditions), seed, settings);
    return result.withConditions(conditions.names().toArray(String[]::new));
  }

  /**
   * {@return the seed of the parameters in a run with a prior; it differs from the run's, so that
   * parameters and noise of a row are independent}
   *
   * @param seed the seed of the run
   */
  public static long parameterSeed(long seed) {
    return RandomStreams.key(seed, PARAMETERS);
  }

  /**
   * Makes a table from simulations that were done elsewhere; the columns are theta_1, theta_2, ...
   * and x_1, x_2, ...
   *
   * @param parameters N rows of D parameters
   * @param observations N rows of L values; a row with a non-finite one is a failure
   * @return the table
   * @throws IllegalArgumentException if rows do not match or a parameter is not finite
   */
  public static Simulations of(double[][] parameters, double[][] observations) {
    return of(Tables.numbered("theta_", parameters), Tables.numbered("x_", observations));
  }

  /**
   * Makes a table from simulations that were done elsewhere.
   *
   * @param parameters N rows of D parameters
   * @param observations N rows of L values; a row with a non-finite one is a failure
   * @return the table
   * @throws IllegalArgumentException if the numbers of rows differ or a parameter is not finite
   */
  public static Simulations of(Samples parameters, Samples observations) {
    return of(parameters, observations, List.of());
  }

  /**
   * Makes a table from simulations that were done elsewhere and whose failures are known.
   *
   * @param parameters N rows of D parameters
   * @param observations N rows of L values; a row with a non-finite one is a failure
   * @param known the failures that are known, at most one a row; others are added for non-finite
   *     rows
   * @return the table
   * @throws IllegalArgumentException if the numbers of rows differ, a parameter is not finite, or a
   *     failure is of a row that is not there or has another
   */
  public static Simulations of(
      Samples parameters, Samples observations, List<SimulationFailure> known) {
    if (parameters.rows() != observations.rows()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d rows of parameters for %d rows of observations; row i of one belongs to row i of the other",
              parameters.rows(),
              observations.rows()));
    }
    Tables.requireFinite(parameters);
    return new Simulations(
        parameters, observations, FailureRows.complete(parameters, observations, known));
  }

  /**
   * Reads a table from CSV, of this library's making or another's; see {@link
   * Samples#readCsv(Path)} for the format.
   *
   * @param file the file; its first line names the columns
   * @param parameterNames which columns are the parameters; all others are observations, except the
   *     columns {@code failure} and {@code failure_message} of {@link #writeCsv}
   * @return the table
   * @throws java.io.UncheckedIOException if the file cannot be read
   * @throws IllegalArgumentException if a column is missing, a cell is not a number, or a parameter
   *     is not finite
   */
  public static Simulations readCsv(Path file, List<String> parameterNames) {
    return SimulationsCsv.read(file, parameterNames);
  }

  /**
   * Writes the table as CSV: parameters, conditions, observations and, if there are failures, the
   * columns {@code failure} (the kind) and {@code failure_message}. Reading it back gives an equal
   * table, without the causes of failures; conditions are read as parameters, and are told apart by
   * {@link #withConditions}.
   *
   * @param file the file to write or overwrite
   * @throws java.io.UncheckedIOException if it cannot be written
   * @throws IllegalStateException if two columns have the same name
   */
  public void writeCsv(Path file) {
    SimulationsCsv.write(this, file);
  }

  /** {@return the number of rows, N, failures included} */
  public int size() {
    return parameters.rows();
  }

  /** {@return the parameters of all rows, N x D} */
  public Samples parameters() {
    return parameters;
  }

  /** {@return the conditions of all rows, N x K; none if the simulations have no conditions} */
  public Optional<Samples> conditions() {
    return Optional.ofNullable(conditions);
  }

  /** {@return the observations of all rows, N x L} */
  public Samples observations() {
    return observations;
  }

  /**
   * {@return where the parameters of all rows come from, if known}
   *
   * @throws IllegalStateException if rows come from different proposals
   */
  public Optional<Proposal> proposal() {
    return proposals.ofAll();
  }

  /**
   * {@return where the parameters of a row come from, if known}
   *
   * @param row its index, from 0
   */
  public Optional<Proposal> proposal(int row) {
    return proposals.ofRows().get(Objects.checkIndex(row, size()));
  }

  /**
   * {@return the rows of each proposal as a table of their own, in the order of their first rows}
   */
  public List<Simulations> byProposal() {
    List<int[]> groups = proposals.groups();
    return groups.size() < 2 ? List.of(this) : groups.stream().map(this::taken).toList();
  }

  /**
   * The same table with parameters that are known to come from a proposal; for tables read from
   * files or made elsewhere.
   *
   * @param proposal where the parameters come from
   * @return the table
   * @throws IllegalArgumentException if the proposal has another number of parameters
   */
  public Simulations proposedBy(Proposal proposal) {
    if (proposal.dimension() != parameters.columns()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the proposal is over %d parameters, %s, but the simulations have %d, %s",
              proposal.dimension(),
              proposal.names(),
              parameters.columns(),
              parameters.names()));
    }
    RowProposals same = RowProposals.of(Optional.of(proposal), size());
    return new Simulations(parameters, conditions, observations, failures, same);
  }

  /** {@return the rows that failed, in order} */
  public List<SimulationFailure> failures() {
    return failures;
  }

  /** {@return the table without the rows that failed; the others move up} */
  public Simulations valid() {
    if (failures.isEmpty()) {
      return this;
    }
    BitSet failed = new BitSet();
    failures.forEach(failure -> failed.set(failure.row()));
    int[] rows = IntStream.range(0, size()).filter(i -> !failed.get(i)).toArray();
    return taken(rows);
  }

  private Simulations taken(int[] rows) {
    return new Simulations(
        parameters.take(rows),
        conditions == null ? null : conditions.take(rows),
        observations.take(rows),
        FailureRows.take(failures, size(), rows),
        proposals.take(rows));
  }

  /**
   * These simulations followed by others.
   *
   * @param other a table with the same names of parameters, conditions and observations
   * @return the longer table
   * @throws IllegalArgumentException if the names differ
   */
  public Simulations append(Simulations other) {
    if ((conditions == null) != (other.conditions == null)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "cannot append simulations with conditions %s to simulations with conditions %s",
              other.conditionNames(),
              conditionNames()));
    }
    Samples all = conditions;
    if (conditions != null && other.conditions != null) {
      all = conditions.append(other.conditions);
    }
    return new Simulations(
        parameters.append(other.parameters),
        all,
        observations.append(other.observations),
        FailureRows.append(failures, size(), other.failures),
        proposals.append(other.proposals));
  }

  private List<String> conditionNames() {
    return conditions == null ? List.of() : conditions.names();
  }

  /**
   * The same table with some of its parameters taken for what they are, conditions: known in each
   * trial and not inferred. So that simulators that take one vector, batch simulators and tables
   * made elsewhere can have conditions too. Failures keep the whole vector.
   *
   * @param names the columns of the parameters that are conditions, K of them; at least one other
   *     has to be left
   * @return the table with D parameters and K conditions
   * @throws IllegalArgumentException if there is no such column or no parameter is left
   * @throws IllegalStateException if the table has conditions already
   */
  public Simulations withConditions(String... names) {
    if (conditions != null) {
      throw new IllegalStateException(
          "the simulations have conditions already: " + conditions.names());
    }
    Samples chosen = parameters.select(names);
    List<String> others = new ArrayList<>(parameters.names());
    others.removeAll(chosen.names());
    if (others.isEmpty()) {
      throw new IllegalArgumentException(
          "all columns of the parameters, "
              + parameters.names()
              + ", are to be conditions; at least one parameter has to be left to infer");
    }
    Samples rest = parameters.select(others.toArray(String[]::new));
    RowProposals unknown = RowProposals.of(Optional.empty(), size());
    return new Simulations(rest, chosen, observations, failures, unknown);
  }

  /**
   * The same table with names for the observed values, which a run calls x_1 to x_L.
   *
   * @param names the L names
   * @return the renamed table
   * @throws IllegalArgumentException if the number of names differs or they do not serve
   */
  public Simulations observationsNamed(String... names) {
    return new Simulations(parameters, conditions, observations.named(names), failures, proposals);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Simulations that
        && parameters.equals(that.parameters)
        && Objects.equals(conditions, that.conditions)
        && observations.equals(that.observations)
        && failures.equals(that.failures);
  }

  @Override
  public int hashCode() {
    return Objects.hash(parameters, conditions, observations, failures);
  }

  /** {@return the size and the names, not the values} */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Simulations[parameters %s,%s observations %s, %d failed]",
        parameters,
        conditions == null ? "" : " conditions " + conditions + ",",
        observations,
        failures.size());
  }
}
