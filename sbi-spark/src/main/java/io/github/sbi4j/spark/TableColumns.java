package io.github.sbi4j.spark;

import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.SimulationFailure;
import io.github.sbi4j.core.simulation.Simulations;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The columns of a file: the row, then those of the table, each with its role in its metadata. */
final class TableColumns {
  /** What a column is. */
  enum Role {
    ROW,
    VALUE,
    PARAMETER,
    CONDITION,
    OBSERVATION,
    FAILURE,
    FAILURE_MESSAGE
  }

  private static final String KEY = "sbi4j";

  private TableColumns() {}

  /** The columns of draws. */
  static StructType of(Samples samples) {
    List<StructField> fields = new ArrayList<>();
    fields.add(field("row", DataTypes.LongType, Role.ROW));
    add(fields, samples.names(), Role.VALUE);
    return checked(fields);
  }

  /** The columns of simulations, by their names. */
  static StructType of(
      List<String> parameters, List<String> conditions, List<String> observations) {
    List<StructField> fields = new ArrayList<>();
    fields.add(field("row", DataTypes.LongType, Role.ROW));
    add(fields, parameters, Role.PARAMETER);
    add(fields, conditions, Role.CONDITION);
    add(fields, observations, Role.OBSERVATION);
    fields.add(field("failure", DataTypes.StringType, Role.FAILURE));
    fields.add(field("failure_message", DataTypes.StringType, Role.FAILURE_MESSAGE));
    return checked(fields);
  }

  private static void add(List<StructField> fields, List<String> names, Role role) {
    names.forEach(name -> fields.add(field(name, DataTypes.DoubleType, role)));
  }

  private static StructField field(String name, DataType type, Role role) {
    Metadata metadata =
        new MetadataBuilder().putString(KEY, role.name().toLowerCase(Locale.ROOT)).build();
    return DataTypes.createStructField(name, type, type.equals(DataTypes.StringType), metadata);
  }

  private static StructType checked(List<StructField> fields) {
    Set<String> seen = new HashSet<>();
    for (StructField field : fields) {
      if (!seen.add(field.name().toLowerCase(Locale.ROOT))) {
        throw new IllegalStateException(
            "two columns are named '"
                + field.name()
                + "', which Spark does not tell apart by upper and lower case; row, failure and failure_message are"
                + " taken. Rename parameters, conditions or observations");
      }
    }
    return DataTypes.createStructType(fields);
  }

  /** The role that a column was written with, or null if it is from elsewhere. */
  static @Nullable Role role(StructField field) {
    if (!field.metadata().contains(KEY)) {
      return null;
    }
    return Role.valueOf(field.metadata().getString(KEY).toUpperCase(Locale.ROOT));
  }

  /** The rows of draws. */
  static List<Row> rows(Samples samples) {
    List<Row> rows = new ArrayList<>(samples.rows());
    for (int i = 0; i < samples.rows(); i++) {
      Object[] cells = new Object[1 + samples.columns()];
      cells[0] = (long) i;
      put(cells, 1, samples.row(i));
      rows.add(RowFactory.create(cells));
    }
    return rows;
  }

  /** The rows of simulations, the first of which has the given number. */
  static List<Row> rows(Simulations table, int firstRow) {
    List<Row> rows = new ArrayList<>(table.size());
    Iterator<SimulationFailure> failures = table.failures().iterator();
    SimulationFailure next = failures.hasNext() ? failures.next() : null;
    int width =
        table.parameters().columns()
            + table.conditions().map(Samples::columns).orElse(0)
            + table.observations().columns();
    for (int i = 0; i < table.size(); i++) {
      Object[] cells = new Object[3 + width];
      cells[0] = (long) firstRow + i;
      int at = put(cells, 1, table.parameters().row(i));
      if (table.conditions().isPresent()) {
        at = put(cells, at, table.conditions().get().row(i));
      }
      at = put(cells, at, table.observations().row(i));
      if (next != null && next.row() == i) {
        cells[at] = next.kind().name();
        cells[at + 1] = next.message();
        next = failures.hasNext() ? failures.next() : null;
      }
      rows.add(RowFactory.create(cells));
    }
    return rows;
  }

  private static int put(Object[] cells, int at, double[] values) {
    for (double value : values) {
      cells[at++] = value;
    }
    return at;
  }
}
