package io.github.sbi4j.examples.choice;

import io.github.sbi4j.core.distribution.WienerFirstPassage;
import io.github.sbi4j.core.random.RandomStreams;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Trials of several subjects under two conditions, which follow each other in turns.
 *
 * @param subjects the number of subjects
 * @param subject that of each trial, from 0
 * @param condition the covariate of each trial: -1/2 hard, 1/2 easy
 * @param passages the time and the choice of each trial, one after the other
 */
public record ChoiceTrials(int subjects, int[] subject, double[] condition, double[] passages) {
  /**
   * Simulates subjects around a group.
   *
   * @param group the group's values
   * @param subjects the number of subjects
   * @param each the number of trials of each
   * @param seed decides everything
   * @return the trials
   */
  public static ChoiceTrials simulated(DriftGroup group, int subjects, int each, long seed) {
    int count = subjects * each;
    int[] subject = new int[count];
    double[] condition = new double[count];
    double[] passages = new double[2 * count];
    for (int s = 0; s < subjects; s++) {
      RandomGenerator random = RandomStreams.of(seed, s);
      double drift = group.drift() + group.driftSd() * random.nextGaussian();
      double separation =
          Math.exp(group.logSeparation() + group.logSeparationSd() * random.nextGaussian());
      double bias = group.logitStart() + group.logitStartSd() * random.nextGaussian();
      double start = 1 / (1 + Math.exp(-bias));
      double delay = Math.exp(group.logDelay() + group.logDelaySd() * random.nextGaussian());
      for (int k = 0; k < each; k++) {
        int i = s * each + k;
        subject[i] = s;
        condition[i] = k % 2 - 0.5;
        double own = drift + group.effect() * condition[i];
        var passage = WienerFirstPassage.of(own, separation, start, delay).sample(random);
        passages[2 * i] = passage.time();
        passages[2 * i + 1] = passage.upper() ? 1 : 0;
      }
    }
    return new ChoiceTrials(subjects, subject, condition, passages);
  }

  /** {@return the shortest time of each subject, which its delay is below} */
  public double[] shortest() {
    double[] result = new double[subjects];
    Arrays.fill(result, Double.POSITIVE_INFINITY);
    for (int i = 0; i < subject.length; i++) {
      result[subject[i]] = Math.min(result[subject[i]], passages[2 * i]);
    }
    return result;
  }
}
