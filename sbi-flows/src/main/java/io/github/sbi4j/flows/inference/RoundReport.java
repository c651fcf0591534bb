package io.github.sbi4j.flows.inference;

import io.github.sbi4j.flows.posterior.Posterior;
import io.github.sbi4j.flows.training.TrainingReport;

/**
 * How one of several rounds went.
 *
 * @param round its number, from 1
 * @param simulations the number of simulations of this round, failures included
 * @param secondsSimulate wall-clock time of drawing parameters and simulating
 * @param secondsTrain wall-clock time of training
 * @param training how training on all rows so far went
 * @param posterior the posterior after this round, given the observation; it proposes the next one
 * @param change how far the posterior moved in this round, the largest over parameters of |m - m'|
 *     / s' and |log(s / s')|, m and s being mean and standard deviation of draws after, m' and s'
 *     before this round; NaN in the first round and where no {@link Rounds#stopBelow} asks for it
 */
public record RoundReport(
    int round,
    int simulations,
    double secondsSimulate,
    double secondsTrain,
    TrainingReport training,
    Posterior posterior,
    double change) {}
