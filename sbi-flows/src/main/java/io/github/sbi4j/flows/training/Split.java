package io.github.sbi4j.flows.training;

import io.github.sbi4j.core.random.RandomStreams;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which rows are trained on and which are held out.
 *
 * <p>Of each block of 1 / fraction rows in succession one is held out, chosen by the seed, so that
 * rows appended later leave the earlier ones where they were.
 *
 * @param training indices of training rows
 * @param validation indices of validation rows
 */
record Split(int[] training, int[] validation) {
  static Split of(int rows, double fraction, long seed) {
    boolean[] held = new boolean[rows];
    double block = 1 / fraction;
    int blocks = Math.max(1, (int) Math.floor(rows / block));
    for (int b = 0; b < blocks; b++) {
      int from = (int) Math.round(b * block);
      int to = (int) Math.min(rows, Math.round((b + 1) * block));
      held[from + RandomStreams.of(seed, b).nextInt(to - from)] = true;
    }
    int[] all = IntStream.range(0, rows).toArray();
    return new Split(
        Arrays.stream(all).filter(i -> !held[i]).toArray(),
        Arrays.stream(all).filter(i -> held[i]).toArray());
  }
}
