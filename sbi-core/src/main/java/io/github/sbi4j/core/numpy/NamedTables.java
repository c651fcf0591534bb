package io.github.sbi4j.core.numpy;

import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.SimulationFailure;
import io.github.sbi4j.core.simulation.SimulationFailure.Kind;
import io.github.sbi4j.core.simulation.Simulations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tables as arrays with names. */
record NamedTables(Path file, Map<String, NumpyArray> arrays) {
  static final String SAMPLES = "samples";
  static final String PARAMETERS = "theta";
  static final String OBSERVATIONS = "x";
  private static final String CONDITIONS = "conditions";
  private static final String NAMES = "_names";
  private static final String ROW = "failure_row";
  private static final String KIND = "failure_kind";
  private static final String MESSAGE = "failure_message";

  static Map<String, NumpyArray> of(Samples samples) {
    Map<String, NumpyArray> arrays = new LinkedHashMap<>();
    put(arrays, SAMPLES, samples);
    return arrays;
  }

  static Map<String, NumpyArray> of(Simulations table) {
    Map<String, NumpyArray> arrays = new LinkedHashMap<>();
    put(arrays, PARAMETERS, table.parameters());
    table.conditions().ifPresent(conditions -> put(arrays, CONDITIONS, conditions));
    put(arrays, OBSERVATIONS, table.observations());
    List<SimulationFailure> failures = table.failures();
    if (!failures.isEmpty()) {
      double[] rows = failures.stream().mapToDouble(SimulationFailure::row).toArray();
      arrays.put(ROW, NumpyArray.of(rows, rows.length));
      arrays.put(
          KIND,
          NumpyArray.ofText(failures.stream().map(failure -> failure.kind().name()).toList()));
      arrays.put(
          MESSAGE, NumpyArray.ofText(failures.stream().map(SimulationFailure::message).toList()));
    }
    return arrays;
  }

  private static void put(Map<String, NumpyArray> arrays, String name, Samples table) {
    arrays.put(name, NumpyArray.of(table.toRowMajorArray(), table.rows(), table.columns()));
    arrays.put(name + NAMES, NumpyArray.ofText(table.names()));
  }

  /** The table of an array. */
  Samples table(String name) {
    NumpyArray array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException(
          "no array '" + name + "' in " + file + "; its arrays are " + arrays.keySet());
    }
    int[] shape = array.shape();
    if (array.isText() || shape.length < 1 || shape.length > 2 || shape[shape.length - 1] == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "array '%s' of %s is one of %s of the shape %s, expected rows and columns of numbers; reshape it in Python",
              name,
              file,
              array.isText() ? "text" : "numbers",
              Arrays.toString(shape)));
    }
    return Samples.ofRowMajor(names(name, shape.length == 1 ? 1 : shape[1]), array.values());
  }

  private List<String> names(String name, int columns) {
    NumpyArray names = arrays.get(name + NAMES);
    if (names != null && names.isText() && names.size() == columns) {
      return names.text();
    }
    return IntStream.rangeClosed(1, columns).mapToObj(i -> name + "_" + i).toList();
  }

  Simulations simulations(String parameterArray, String observationArray) {
    Samples parameters = table(parameterArray);
    Samples observations = table(observationArray);
    if (!arrays.containsKey(CONDITIONS)) {
      return Simulations.of(parameters, observations, failures(parameters));
    }
    Samples conditions = table(CONDITIONS);
    Samples inputs = beside(parameters, conditions);
    return Simulations.of(inputs, observations, failures(inputs))
        .withConditions(conditions.names().toArray(String[]::new));
  }

  private Samples beside(Samples left, Samples right) {
    if (left.rows() != right.rows()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d rows of parameters for %d rows of conditions in %s; row i of one belongs to row i of the other",
              left.rows(),
              right.rows(),
              file));
    }
    double[][] rows = left.toArray();
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOf(rows[i], left.columns() + right.columns());
      System.arraycopy(right.row(i), 0, rows[i], left.columns(), right.columns());
    }
    return Samples.copyOf(
        Stream.concat(left.names().stream(), right.names().stream()).toList(), rows);
  }

  private List<SimulationFailure> failures(Samples parameters) {
    if (!arrays.keySet().containsAll(List.of(ROW, KIND, MESSAGE))) {
      return List.of();
    }
    double[] rows = arrays.get(ROW).values();
    List<String> kinds = arrays.get(KIND).text();
    List<String> messages = arrays.get(MESSAGE).text();
    List<SimulationFailure> failures = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      int row = (int) rows[i];
      failures.add(
          new SimulationFailure(
              row, parameters.row(row), Kind.valueOf(kinds.get(i)), messages.get(i), null));
    }
    return failures;
  }
}
