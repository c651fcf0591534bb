package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.random.RandomStreams;
import java.util.random.RandomGenerator;

/** Which rows' parameters each row's own are told apart from; a row is never its own partner. */
final class Partners {
  private final long seed;

  Partners(long seed) {
    this.seed = seed;
  }

  /**
   * Each row of a batch followed by its partners.
   *
   * @param training whether the batch is one of training, which is shuffled anew in each epoch
   * @param batch B rows
   * @param atoms the number of rows for each, itself among them, A
   * @param rows the number of rows of the table
   * @return B A rows
   */
  int[] of(boolean training, int[] batch, int atoms, int rows) {
    return training && batch.length >= atoms ? inBatch(batch, atoms) : fixed(batch, atoms, rows);
  }

  /**
   * Each row with those after it in the batch: fresh partners, all different, without a random
   * number.
   */
  private static int[] inBatch(int[] batch, int atoms) {
    int[] partners = new int[batch.length * atoms];
    for (int i = 0; i < partners.length; i++) {
      partners[i] = batch[(i / atoms + i % atoms) % batch.length];
    }
    return partners;
  }

  /** Each row with the same others of all rows at every call, so that validation is fixed. */
  private int[] fixed(int[] batch, int atoms, int rows) {
    int[] partners = new int[batch.length * atoms];
    for (int i = 0; i < batch.length; i++) {
      RandomGenerator random = RandomStreams.of(RandomStreams.key(seed, -1), batch[i]);
      partners[i * atoms] = batch[i];
      for (int a = 1; a < atoms; a++) {
        partners[i * atoms + a] = (batch[i] + 1 + random.nextInt(rows - 1)) % rows;
      }
    }
    return partners;
  }
}
