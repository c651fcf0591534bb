package io.github.sbi4j.flows.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where each named matrix of a model lies in its one flat array of weights, with the values to
 * start from and the masks.
 *
 * <p>A model fills a layout while it is built; afterwards it is only read.
 */
public final class ParameterLayout {
  private final List<Parameter> parameters = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private float[] initial = new float[1024];
  private float[] mask = new float[1024];
  private int size;
  private boolean masked;
  private String prefix = "";

  /** An empty layout. */
  public ParameterLayout() {}

  /**
   * Builds a part of a model whose names all begin alike, so that it may occur twice.
   *
   * @param <T> the type of the part
   * @param start the beginning of its names
   * @param part builds it, adding to this layout
   * @return the part
   */
  public <T> T within(String start, Supplier<T> part) {
    String before = prefix;
    prefix = before + start;
    try {
      return part.get();
    } finally {
      prefix = before;
    }
  }

  /**
   * Adds a trainable matrix.
   *
   * @param name a name not used before
   * @param rows the number of rows
   * @param columns the number of columns
   * @param values the values to start from, row after row
   * @return the place of the matrix
   */
  public Parameter add(String name, int rows, int columns, float[] values) {
    return add(name, rows, columns, values, null, true);
  }

  /**
   * Adds a trainable matrix some of whose values stay zero.
   *
   * @param name a name not used before
   * @param rows the number of rows
   * @param columns the number of columns
   * @param values the values to start from, row after row
   * @param ones 1 where a value is free and 0 where it is held at zero, row after row
   * @return the place of the matrix
   */
  public Parameter addMasked(String name, int rows, int columns, float[] values, float[] ones) {
    return add(name, rows, columns, values, ones, true);
  }

  /**
   * Adds values that are kept and saved with the weights but not optimised, such as running
   * statistics.
   *
   * @param name a name not used before
   * @param rows the number of rows
   * @param columns the number of columns
   * @param values the values to start from, row after row
   * @return the place of the matrix
   */
  public Parameter addState(String name, int rows, int columns, float[] values) {
    return add(name, rows, columns, values, null, false);
  }

  private Parameter add(
      String ownName,
      int rows,
      int columns,
      float[] values,
      float @Nullable [] ones,
      boolean trainable) {
    String name = prefix + ownName;
    int length = rows * columns;
    if (values.length != length || (ones != null && ones.length != length)) {
      throw new IllegalArgumentException(
          "parameter "
              + name
              + " is "
              + rows
              + " x "
              + columns
              + " but has "
              + values.length
              + " values");
    }
    if (!names.add(name)) {
      throw new IllegalArgumentException("parameter " + name + " is in the layout already");
    }
    int needed = size + length;
    if (needed > initial.length) {
      initial = Arrays.copyOf(initial, Math.max(needed, 2 * initial.length));
      mask = Arrays.copyOf(mask, initial.length);
    }
    for (int i = 0; i < length; i++) {
      float one = ones == null ? 1 : ones[i];
      mask[size + i] = one;
      initial[size + i] = values[i] * one;
      masked |= one == 0;
    }
    Parameter parameter = new Parameter(name, parameters.size(), size, rows, columns, trainable);
    parameters.add(parameter);
    size = needed;
    return parameter;
  }

  /** {@return the matrices in the order they were added} */
  public List<Parameter> parameters() {
    return Collections.unmodifiableList(parameters);
  }

  /** {@return the number of values in all} */
  public int size() {
    return size;
  }

  /** {@return the values to start from, a copy of the flat array} */
  public float[] initialValues() {
    return Arrays.copyOf(initial, size);
  }

  /**
   * Refuses values that do not fit.
   *
   * @param values as many as the layout has
   * @throws IllegalArgumentException if there are more or fewer
   */
  public void requireSize(float[] values) {
    if (values.length != size) {
      throw new IllegalArgumentException(
          "the layout has " + size + " weights, but " + values.length + " values were given");
    }
  }

  /** {@return true if every value is optimised: none is held at zero and none is state} */
  public boolean allFree() {
    return !masked && parameters.stream().allMatch(Parameter::trainable);
  }

  /** {@return 1 where a value is optimised and 0 where it is held at zero or is state} */
  public float[] freeValues() {
    float[] free = masks();
    for (Parameter p : parameters) {
      if (!p.trainable()) {
        Arrays.fill(free, p.offset(), p.offset() + p.size(), 0);
      }
    }
    return free;
  }

  /**
   * {@return 1 where a value is free and 0 where it is held at zero, a copy over the flat array}
   */
  public float[] masks() {
    return Arrays.copyOf(mask, size);
  }
}
