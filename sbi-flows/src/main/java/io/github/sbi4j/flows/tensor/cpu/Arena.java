package io.github.sbi4j.flows.tensor.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Memory of one evaluation: slabs that are filled one after the other and all given back at once,
 * for the next evaluation to use again.
 */
final class Arena {
  private static final int SLAB = 1 << 16;

  private final List<float[]> slabs = new ArrayList<>();
  private int slab = -1;
  private int used;
  private float[] array = new float[0];

  /** Where an arena is in its slabs. */
  record Mark(int slab, int used) {}

  /** {@return where a piece of the given size begins in {@link #array}; it holds anything} */
  int take(int size) {
    if (used + size > array.length) {
      next(size);
    }
    int at = used;
    used += size;
    return at;
  }

  /** {@return where a piece of zeros begins in {@link #array}} */
  int takeZeros(int size) {
    int at = take(size);
    Arrays.fill(array, at, at + size, 0);
    return at;
  }

  /** {@return the array that the last piece lies in} */
  float[] array() {
    return array;
  }

  private void next(int size) {
    do {
      slab++;
      if (slab == slabs.size()) {
        slabs.add(new float[Math.max(SLAB << Math.min(slab, 6), size)]);
      }
    } while (slabs.get(slab).length < size);
    array = slabs.get(slab);
    used = 0;
  }

  Mark mark() {
    return new Mark(slab, used);
  }

  /** Gives back what was taken since the mark. */
  void release(Mark mark) {
    slab = mark.slab;
    used = mark.used;
    array = slab < 0 ? new float[0] : slabs.get(slab);
  }

  /** Gives back everything. */
  void clear() {
    if (!slabs.isEmpty()) {
      slab = 0;
      used = 0;
      array = slabs.get(0);
    }
  }

  /** {@return the number of values in all slabs} */
  long size() {
    return slabs.stream().mapToLong(s -> s.length).sum();
  }
}
