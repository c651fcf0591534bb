package io.github.sbi4j.spark;

import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.SimulatedRows;
import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run whose rows go from the executors to files.
 *
 * <p>How many values an observation has is known when all rows are simulated, so they wait for that
 * on the executors' disks. What is lost with an executor is simulated again, with the same result.
 */
record ParquetRun(
    SparkSession session, JavaRDD<Piece> pieces, SimulatePiece task, Samples parameters) {
  private static final Logger LOG = LoggerFactory.getLogger(ParquetRun.class);

  /** Writes the rows and gives the number of those that failed. */
  int write(String path) {
    TableColumns.of(parameters.names(), List.of(), List.of()); // it refuses names
    JavaRDD<SimulatedRows> simulated = pieces.map(task).persist(StorageLevel.DISK_ONLY());
    try {
      List<Outcome> outcomes = SparkErrors.explained(simulated.map(Outcome::of)::collect);
      Outcome first =
          outcomes.stream()
              .filter(outcome -> outcome.first >= 0)
              .min(Comparator.comparingInt(outcome -> outcome.first))
              .orElseThrow(() -> nothingValid(outcomes));
      write(simulated, first, path);
      int valid =
          outcomes.stream().mapToInt(one -> one.byLength.getOrDefault(first.length, 0)).sum();
      int failed = parameters.rows() - valid;
      if (failed > 0) {
        LOG.warn("{} of {} simulations gave nothing", failed, parameters.rows());
      }
      return failed;
    } finally {
      simulated.unpersist(false);
    }
  }

  private void write(JavaRDD<SimulatedRows> simulated, Outcome outcome, String path) {
    int length = outcome.length;
    int first = outcome.first;
    List<String> names = IntStream.rangeClosed(1, length).mapToObj(i -> "x_" + i).toList();
    StructType columns = TableColumns.of(parameters.names(), List.of(), names);
    JavaRDD<Row> rows =
        pieces.zip(simulated).flatMap(pair -> rows(pair._1(), pair._2(), length, first));
    ParquetTables.write(session.createDataFrame(rows, columns), path);
  }

  private static Iterator<Row> rows(Piece piece, SimulatedRows rows, int length, int first) {
    return TableColumns.rows(
            rows.toSimulations(piece.parameters(), length, first), piece.firstRow())
        .iterator();
  }

  private IllegalStateException nothingValid(List<Outcome> outcomes) {
    return new IllegalStateException(
        String.format(
            Locale.ROOT,
            "all %d simulations failed; the first: %s; names of the parameters: %s",
            parameters.rows(),
            outcomes.get(0).message,
            parameters.names()));
  }

  /** What there is to know of a piece before its rows are written. */
  private static final class Outcome implements Serializable {
    private static final long serialVersionUID = 1;

    private final int first; // the first valid row of the run, or -1
    private final int length; // the number of its values
    private final HashMap<Integer, Integer> byLength = new HashMap<>(); // counts of valid rows
    private final String message; // of the first row

    private Outcome(SimulatedRows rows) {
      int valid = rows.firstValid();
      first = valid < 0 ? -1 : rows.firstRow() + valid;
      int found = 0;
      for (int i = rows.size() - 1; i >= 0; i--) {
        double[] x = rows.observation(i);
        if (x != null && rows.kind(i) == null) {
          found = x.length;
          byLength.merge(found, 1, Integer::sum);
        }
      }
      length = found;
      message = rows.message(0);
    }

    static Outcome of(SimulatedRows rows) {
      return new Outcome(rows);
    }
  }
}
