package io.github.sbi4j.core.campaign;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.progress.Progress;
import io.github.sbi4j.core.progress.ProgressListener;
import io.github.sbi4j.core.simulation.SimulationException;
import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Simulations that are kept in a directory as they come, and go on where they were after a crash.
 *
 * <p>Row i is that of {@link Simulations#run(Simulator, io.github.sbi4j.core.distribution.Proposal,
 * int, long) Simulations.run} with the same prior and seed, whoever simulates it and however often
 * a run was interrupted. Several processes may run the same campaign at a time, on one machine or
 * on several that share a file system with locks; each row is done by one of them.
 *
 * <p>A row is acknowledged when it is written and forced to the disk: within a second of its end
 * unless {@link #withSyncInterval} says otherwise, before progress counts it, and before {@code
 * run} returns. Acknowledged rows survive the end of the process and of the machine; others are
 * simulated again. A row whose bytes have changed does not fit its checksum and counts as missing.
 *
 * <p>Immutable; nothing is open between calls.
 */
public final class Campaign {
  private static final Duration SYNC_INTERVAL = Duration.ofSeconds(1);
  private static final long LARGEST_FILE = 1L << 30;
  private static final long WAIT_MILLIS = 100;

  private final Path directory;
  private final CampaignHeader header;
  private final @Nullable Distribution prior;
  private final Duration syncInterval;
  private final long largestFile;

  private Campaign(
      Path directory,
      CampaignHeader header,
      @Nullable Distribution prior,
      Duration syncInterval,
      long largestFile) {
    this.directory = directory;
    this.header = header;
    this.prior = prior;
    this.syncInterval = syncInterval;
    this.largestFile = largestFile;
  }

  /**
   * Begins a campaign, or opens the one that a directory holds, to go on with it.
   *
   * @param directory made if it is not there
   * @param simulator the name of the simulator, which changes with what it does: "epidemic v2" say
   * @param prior where the D parameters come from
   * @param seed the seed of the run
   * @param observationNames the names of the L observed values; x_1 to x_L if none are given
   * @return the campaign
   * @throws IllegalStateException if the directory holds a campaign with another simulator, prior,
   *     seed, version of this library or other names, or a damaged one
   * @throws IllegalArgumentException if the rows of the prior do not depend on seed and row alone
   * @throws UncheckedIOException if the directory cannot be read, or written where it is new
   */
  public static Campaign open(
      Path directory, String simulator, Distribution prior, long seed, String... observationNames) {
    CampaignHeader header = CampaignHeader.of(simulator, prior, seed, List.of(observationNames));
    try {
      CampaignHeader there = HeaderFile.readOrWrite(directory, header);
      there.requireSame(header, directory);
      return new Campaign(directory, there, prior, SYNC_INTERVAL, LARGEST_FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot begin a campaign in "
              + directory
              + ": "
              + e.getMessage()
              + "; give a directory that can be written to",
          e);
    }
  }

  /**
   * Opens a campaign to read it, of any version of this library that has the same format.
   *
   * @param directory the directory of a campaign
   * @return the campaign, which cannot be run
   * @throws IllegalStateException if it is damaged or of another format
   * @throws UncheckedIOException if there is none, or it cannot be read
   */
  public static Campaign read(Path directory) {
    try {
      CampaignHeader there = HeaderFile.read(directory);
      return new Campaign(directory, there, null, SYNC_INTERVAL, LARGEST_FILE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a campaign in " + directory, e);
    }
  }

  /**
   * Sets how long a row may wait until it is acknowledged: what is lost when the process is killed.
   *
   * @param interval more than zero; 1 s unless set
   * @return the changed campaign
   */
  public Campaign withSyncInterval(Duration interval) {
    if (interval.isZero() || interval.isNegative()) {
      throw new IllegalArgumentException(
          "the interval between acknowledgements is " + interval + ", expected more than zero");
    }
    return new Campaign(directory, header, prior, interval, largestFile);
  }

  /** The same campaign with smaller files, for tests. */
  Campaign withLargestFile(long bytes) {
    return new Campaign(directory, header, prior, syncInterval, bytes);
  }

  /**
   * Simulates the rows that are missing of the first N, on all cores.
   *
   * @param simulator the simulator, called from many threads at once
   * @param count the number of rows, N, with those that are there
   * @return this campaign, which holds N rows; or fewer if the thread was interrupted, whose flag
   *     is set
   * @throws IllegalStateException if it was opened to be read, or this process runs it already
   * @throws SimulationException if the virtual machine fails
   * @throws UncheckedIOException if rows cannot be written
   */
  public Campaign run(Simulator simulator, int count) {
    return run(simulator, count, SimulationSettings.defaults());
  }

  /**
   * Simulates the rows that are missing of the first N. It returns when all are there, also those
   * that other processes simulate; should one of these die, its rows are simulated here.
   *
   * @param simulator the simulator
   * @param count the number of rows, N, with those that are there
   * @param settings threads, time-out, progress; a thread takes at most a chunk of rows at a time
   * @return this campaign, which holds N rows; or fewer if the thread was interrupted, whose flag
   *     is set
   * @throws IllegalStateException if it was opened to be read, or this process runs it already
   * @throws SimulationException if the virtual machine fails or too many rows hang
   * @throws UncheckedIOException if rows cannot be written
   */
  public Campaign run(Simulator simulator, int count, SimulationSettings settings) {
    return run(simulator, count, settings, rows -> {});
  }

  /**
   * Adds rows that were simulated elsewhere, on a cluster say: those that are still missing here.
   * Rows that were cancelled, and those that another process works on, are left out. Each call
   * reads what is there and writes a file of its own, so parts should be large.
   *
   * @param firstRow the row of the campaign that the first row of the table is
   * @param part rows with the parameters that the prior draws for them, simulated with their random
   *     streams
   * @return this campaign
   * @throws IllegalArgumentException if parameters are not those of the rows, or there are
   *     conditions
   * @throws IllegalStateException if it was opened to be read, or this process runs it now
   * @throws UncheckedIOException if rows cannot be written
   */
  public Campaign append(int firstRow, Simulations part) {
    AppendedPart appended = new AppendedPart(firstRow, part);
    try (CampaignRun rows = begin(firstRow, firstRow + part.size(), 1, any -> {})) {
      appended.putInto(rows);
      rows.sync();
    } catch (IOException e) {
      throw cannotWrite(e);
    }
    return this;
  }

  private CampaignRun begin(int from, int to, int threads, Consumer<int[]> acknowledged)
      throws IOException {
    if (prior == null) {
      throw new IllegalStateException(
          directory + " was opened to be read; Campaign.open, with the prior, can be run");
    }
    CampaignRun.Part part = new CampaignRun.Part(from, to, threads);
    return new CampaignRun(directory, header, prior.checked(), part, largestFile, acknowledged);
  }

  private UncheckedIOException cannotWrite(IOException cause) {
    return new UncheckedIOException(
        "cannot write to the campaign in " + directory + ": " + cause.getMessage(), cause);
  }

  /** Simulates; the last argument hears of rows when they are acknowledged. */
  Campaign run(
      Simulator simulator, int count, SimulationSettings settings, Consumer<int[]> acknowledged) {
    if (count < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "count is %d, expected at least one simulation", count));
    }
    try (CampaignRun rows = begin(0, count, settings.threads(), acknowledged)) {
      simulate(simulator, rows, settings, count);
    } catch (IOException e) {
      throw cannotWrite(e);
    } catch (SimulationException e) {
      // A row that cannot be written ends the run by way of the thread that simulated it.
      throw e.getCause() instanceof UncheckedIOException cause ? cause : e;
    }
    return this;
  }

  private void simulate(
      Simulator simulator, CampaignRun rows, SimulationSettings settings, int count) {
    long started = System.nanoTime();
    ProgressListener listener = settings.progress();
    ProgressListener ofCampaign =
        progress ->
            listener.onProgress(
                new Progress(
                    progress.task(),
                    rows.done(),
                    count,
                    Duration.ofNanos(System.nanoTime() - started),
                    progress.detail()));
    SimulationSettings own = settings.withProgress(ofCampaign);
    boolean goOn = true;
    while (goOn && !rows.isComplete()) {
      if (rows.prepare()) {
        try (Syncing syncing = new Syncing(rows, syncInterval)) {
          goOn = rows.simulate(simulator, header.seed(), own);
        }
      } else if (!rows.isComplete()) {
        goOn = waitForOthers();
      }
    }
    ofCampaign.onProgress(new Progress("simulating", 0, count, Duration.ZERO, ""));
  }

  private static boolean waitForOthers() {
    try {
      Thread.sleep(WAIT_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * The rows before the first that is missing: all of them when the campaign has ended, and while
   * it goes on as many as give a table without gaps. It equals that of {@code Simulations.run} with
   * as many rows.
   *
   * <p>Values stay in the files and are read from there when they are asked for, so a table may be
   * larger than memory.
   *
   * @return the table
   * @throws IllegalStateException if no row gave a valid observation, or a file is damaged
   * @throws UncheckedIOException if the files cannot be read
   */
  public Simulations simulations() {
    RowIndex index = index();
    return table(index, IntStream.range(0, index.complete()).toArray());
  }

  /**
   * All rows that are there, without those that are missing; others move up. While a campaign goes
   * on, these are more of the quick rows than of the slow ones, which is a bias if the time depends
   * on the parameters.
   *
   * @return the table
   * @throws IllegalStateException if no row gave a valid observation, or a file is damaged
   * @throws UncheckedIOException if the files cannot be read
   */
  public Simulations available() {
    RowIndex index = index();
    return table(index, index.rows());
  }

  private Simulations table(RowIndex index, int[] rows) {
    Simulations table = StoredTable.of(index, rows, header, directory);
    return prior == null ? table : table.proposedBy(prior);
  }

  /**
   * Reads all rows and says how many there are.
   *
   * @return what the files hold
   * @throws IllegalStateException if the header of a file is damaged
   * @throws UncheckedIOException if the files cannot be read
   */
  public CampaignStatus status() {
    RowIndex index = index();
    return new CampaignStatus(
        index.count(),
        index.complete(),
        index.failed(),
        index.damaged(),
        index.duplicates(),
        index.fileCount());
  }

  private RowIndex index() {
    RowIndex index = new RowIndex(directory, header.id(), header.parameters().size());
    index.refresh();
    return index;
  }

  /** {@return the name of the simulator} */
  public String simulator() {
    return header.simulator();
  }

  /** {@return the seed of the run} */
  public long seed() {
    return header.seed();
  }

  /** {@return where it is, and what it pins} */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Campaign[%s in %s, parameters %s, seed %d]",
        header.simulator(),
        directory,
        header.parameters(),
        header.seed());
  }
}
