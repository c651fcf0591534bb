package io.github.sbi4j.benchmarks.algorithm;

import io.github.sbi4j.core.sample.Samples;
import java.util.List;

/**
 * What an algorithm found and what it took; a number that does not apply is NaN.
 *
 * @param samples the posterior samples
 * @param secondsSimulate seconds to simulate
 * @param secondsTrain seconds to train
 * @param secondsSample seconds to sample
 * @param cpuSecondsTrain processor seconds to train, of all threads together
 * @param epochs the number of training epochs, of all rounds together
 * @param acceptance the share of draws that were accepted
 * @param validationLogProb the mean of log q(&theta; | x) over the validation rows at the best
 *     epoch
 * @param trace seconds since the start of the training and the mean of log q(&theta; | x) over the
 *     validation rows, epoch by epoch
 * @param holdoutLogProb the mean of log q(&theta; | x) over held-out rows, a density over the
 *     original parameters
 * @param secondsRounds seconds to simulate and train in each round; empty without rounds
 */
public record Outcome(
    Samples samples,
    double secondsSimulate,
    double secondsTrain,
    double secondsSample,
    double cpuSecondsTrain,
    int epochs,
    double acceptance,
    double validationLogProb,
    double[][] trace,
    double holdoutLogProb,
    List<Double> secondsRounds) {
  /** Seconds of the simulations, the training and the sampling together. */
  public double secondsTotal() {
    return secondsSimulate + secondsTrain + secondsSample;
  }
}
