package io.github.sbi4j.spark;

import io.github.sbi4j.core.progress.Progress;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.SimulatedRows;
import io.github.sbi4j.core.simulation.SimulationGatherer;
import io.github.sbi4j.core.simulation.SimulationRunner;
import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.sql.SparkSession;

/**
 * Simulates the rows of a run as tasks of Spark.
 *
 * <p>The table equals the one of a run on this machine: row i uses the random stream (seed, i)
 * wherever it is simulated, failures are rows of the table, and a task that was lost with its
 * executor is done again, with the same rows. Failures have no cause, because exceptions stay where
 * they were thrown. Each task simulates in as many threads as it has cores, {@code
 * spark.task.cpus}.
 *
 * <p>The simulator has to be serialisable, such as a {@link SerializableSimulator}, or made on the
 * executors by an {@link ExecutorSimulator}.
 *
 * <p>An interrupt of the thread that called {@code run} ends the run; the table then ends with the
 * last row that had come, and rows before it that had not are failures of kind cancelled. Immutable
 * and safe for use from many threads.
 */
public final class SparkRunner implements SimulationRunner, AutoCloseable {
  private static final int PARTITIONS_PER_CORE = 8;
  private static final int MAX_DEFAULT_ROWS = 10_000;

  private final SparkSession session;
  private final boolean own;
  private final SimulationSettings settings;
  private final int partitions;

  private SparkRunner(
      SparkSession session, boolean own, SimulationSettings settings, int partitions) {
    this.session = session;
    this.own = own;
    this.settings = settings;
    this.partitions = partitions;
  }

  /**
   * A runner on a session of Spark's, classic and not Connect.
   *
   * @param session the session, which the caller stops
   * @return the runner, without a time-out, with partitions of at most 10 000 rows and eight for
   *     each core if there are so many rows
   */
  public static SparkRunner on(SparkSession session) {
    Objects.requireNonNull(session, "session");
    return new SparkRunner(session, false, SimulationSettings.defaults(), 0);
  }

  /**
   * Takes the session that there is, or starts one where {@code spark-submit} or the system
   * property {@code spark.master} says, or on all cores of this machine.
   *
   * @return the runner; closing it stops a session that was started here
   * @throws IllegalStateException if this JVM was started without the flags that Spark needs
   */
  public static SparkRunner start() {
    Module base = Object.class.getModule();
    Module spark = SparkSession.class.getModule();
    if (!base.isOpen("java.nio", spark) || !base.isOpen("sun.nio.ch", spark)) {
      throw new IllegalStateException(
          "this JVM was started without the flags that Spark needs; start the program by spark-submit, or with "
              + JavaModuleOptions.defaultModuleOptions());
    }
    boolean own = SparkSession.getDefaultSession().isEmpty();
    SparkConf conf =
        new SparkConf()
            .setIfMissing("spark.master", "local[*]")
            .setIfMissing("spark.app.name", "sbi4j")
            .setIfMissing("spark.ui.enabled", "false");
    return new SparkRunner(
        SparkSession.builder().config(conf).getOrCreate(), own, SimulationSettings.defaults(), 0);
  }

  /**
   * Sets time-out, size of batches and who hears how far a run is, on a thread of Spark's. The
   * number of threads is Spark's affair.
   *
   * @param settings the settings of simulations
   * @return the changed runner
   */
  public SparkRunner withSettings(SimulationSettings settings) {
    Objects.requireNonNull(settings, "settings");
    return new SparkRunner(session, own, settings, partitions);
  }

  /**
   * Sets into how many partitions, each a task, the rows of a run are cut. Small ones lose less
   * with an executor and finish together; each costs some hundredths of a second.
   *
   * @param count the number of partitions, at least 1; there are never more than rows
   * @return the changed runner
   */
  public SparkRunner withPartitions(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "partitions is %d, expected at least 1", count));
    }
    return new SparkRunner(session, own, settings, count);
  }

  /** {@return the session of Spark} */
  public SparkSession session() {
    return session;
  }

  /**
   * Simulates each row of a table of parameters, and collects the table in this JVM.
   *
   * @throws IllegalArgumentException if the simulator cannot be serialised
   */
  @Override
  public Simulations run(Simulator simulator, Samples parameters, long seed) {
    SimulationGatherer gatherer = new SimulationGatherer(parameters);
    run(simulator, parameters, seed, gatherer::add);
    return gatherer.gather();
  }

  /**
   * Simulates each row of a table of parameters, and hands over what comes as it comes, so that
   * nothing has to be kept here: to write it somewhere, say. An interrupt ends the run without an
   * exception.
   *
   * @param simulator the simulator
   * @param parameters N rows of D finite parameters
   * @param seed the seed of the run
   * @param consumer takes pieces in any order, each row once, one piece at a time, on a thread of
   *     Spark's; what it throws ends the run
   * @throws IllegalArgumentException if there are no rows, a parameter is not finite, or the
   *     simulator cannot be serialised
   * @throws IllegalStateException if the run cannot go on
   */
  public void run(
      Simulator simulator, Samples parameters, long seed, Consumer<SimulatedRows> consumer) {
    JavaRDD<Piece> pieces = pieces(parameters);
    Report report = new Report(parameters.rows());
    PieceJob.run(
        context(),
        pieces.map(new SimulatePiece(simulator, seed, settings)),
        rows -> {
          consumer.accept(rows);
          report.add(rows);
        });
  }

  /**
   * Simulates each row of a table of parameters, and has the executors write the rows as Parquet,
   * without bringing them here; {@link ParquetTables#readSimulations} reads them.
   *
   * @param simulator the simulator
   * @param parameters N rows of D finite parameters
   * @param seed the seed of the run
   * @param path where to write; nothing may be there
   * @return how many rows failed
   * @throws IllegalArgumentException if there are no rows, a parameter is not finite, or the
   *     simulator cannot be serialised
   * @throws IllegalStateException if no row gives a valid observation, the run cannot go on, or it
   *     cannot be written
   */
  public int runToParquet(Simulator simulator, Samples parameters, long seed, String path) {
    SimulatePiece task = new SimulatePiece(simulator, seed, settings);
    return new ParquetRun(session, pieces(parameters), task, parameters).write(path);
  }

  private JavaRDD<Piece> pieces(Samples parameters) {
    new SimulationGatherer(parameters); // it refuses what cannot be simulated
    int rows = parameters.rows();
    int wanted =
        partitions > 0
            ? partitions
            : Math.max(
                PARTITIONS_PER_CORE * context().defaultParallelism(),
                (rows + MAX_DEFAULT_ROWS - 1) / MAX_DEFAULT_ROWS);
    int count = Math.min(rows, wanted);
    return JavaSparkContext.fromSparkContext(context())
        .parallelize(Piece.of(parameters, count), count);
  }

  private SparkContext context() {
    return session.sparkContext();
  }

  /** Stops the session if {@link #start} made it. */
  @Override
  public void close() {
    if (own) {
      session.stop();
    }
  }

  /** Tells the listener how many rows have come. */
  private final class Report {
    private final int total;
    private final long started = System.nanoTime();
    private int done;
    private int failed;

    Report(int total) {
      this.total = total;
      tell();
    }

    void add(SimulatedRows rows) {
      done += rows.size();
      failed += rows.failed();
      tell();
    }

    private void tell() {
      Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
      settings
          .progress()
          .onProgress(
              new Progress(
                  "simulating", done, total, elapsed, failed == 0 ? "" : failed + " failed"));
    }
  }
}
