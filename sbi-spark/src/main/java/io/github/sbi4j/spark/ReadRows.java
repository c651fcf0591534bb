package io.github.sbi4j.spark;

import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.SimulationFailure;
import io.github.sbi4j.core.simulation.SimulationFailure.Kind;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.spark.TableColumns.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

/** The rows of a file in their order, from which tables are made. */
record ReadRows(String path, StructField[] fields, List<Row> rows) {

  static ReadRows of(SparkSession session, String path) {
    Dataset<Row> found = SparkErrors.explained(() -> session.read().parquet(path));
    StructField[] fields = found.schema().fields();
    List<Row> rows = new ArrayList<>(SparkErrors.explained(found::collectAsList));
    ReadRows read = new ReadRows(path, fields, rows);
    List<Integer> number = read.columns(Role.ROW);
    if (!number.isEmpty()) {
      rows.sort(Comparator.comparingLong(row -> row.getLong(number.get(0))));
    }
    return read;
  }

  Samples samples(List<String> names) {
    if (!names.isEmpty()) {
      return table(names.stream().map(this::column).toList());
    }
    List<Integer> all = new ArrayList<>(all());
    all.removeAll(columns(Role.ROW));
    return table(all);
  }

  Simulations simulations(List<String> names) {
    List<Integer> parameters = new ArrayList<>(columns(Role.PARAMETER));
    List<Integer> observations = columns(Role.OBSERVATION);
    List<Integer> conditions = columns(Role.CONDITION);
    if (!names.isEmpty()) {
      parameters = new ArrayList<>(names.stream().map(this::column).toList());
      observations = new ArrayList<>(all());
      observations.removeAll(parameters);
      conditions = List.of();
      for (Role role : List.of(Role.ROW, Role.FAILURE, Role.FAILURE_MESSAGE)) {
        observations.removeAll(columns(role));
      }
    }
    if (parameters.isEmpty() || observations.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d parameters and %d observations among the columns %s of %s, expected at least one of each; name the parameters",
              parameters.size(),
              observations.size(),
              allNames(),
              path));
    }
    parameters.addAll(conditions);
    Samples inputs = table(parameters);
    Simulations table = Simulations.of(inputs, table(observations), failures(inputs));
    return conditions.isEmpty()
        ? table
        : table.withConditions(
            conditions.stream().map(i -> fields[i].name()).toArray(String[]::new));
  }

  private List<SimulationFailure> failures(Samples parameters) {
    List<Integer> kinds = columns(Role.FAILURE);
    List<Integer> messages = columns(Role.FAILURE_MESSAGE);
    List<SimulationFailure> failures = new ArrayList<>();
    for (int i = 0; i < rows.size() && !kinds.isEmpty() && !messages.isEmpty(); i++) {
      Row row = rows.get(i);
      if (!row.isNullAt(kinds.get(0))) {
        Kind kind = Kind.valueOf(row.getString(kinds.get(0)));
        String message = row.getString(messages.get(0));
        failures.add(new SimulationFailure(i, parameters.row(i), kind, message, null));
      }
    }
    return failures;
  }

  private Samples table(List<Integer> columns) {
    for (int column : columns) {
      if (!(fields[column].dataType() instanceof NumericType)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "column '%s' of %s has the type %s, expected numbers; name the columns to read, or cast it by Spark",
                fields[column].name(),
                path,
                fields[column].dataType().simpleString()));
      }
    }
    double[][] values = new double[rows.size()][columns.size()];
    for (int i = 0; i < values.length; i++) {
      Row row = rows.get(i);
      for (int k = 0; k < values[i].length; k++) {
        Object cell = row.get(columns.get(k));
        values[i][k] = cell == null ? Double.NaN : ((Number) cell).doubleValue();
      }
    }
    return Samples.copyOf(columns.stream().map(i -> fields[i].name()).toList(), values);
  }

  private int column(String name) {
    int index = allNames().indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "no column named '" + name + "' in " + path + "; the columns are " + allNames());
    }
    return index;
  }

  private List<Integer> columns(Role role) {
    return all().stream().filter(i -> TableColumns.role(fields[i]) == role).toList();
  }

  private List<Integer> all() {
    return IntStream.range(0, fields.length).boxed().toList();
  }

  private List<String> allNames() {
    return all().stream().map(i -> fields[i].name()).toList();
  }
}
