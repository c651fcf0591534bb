package io.github.sbi4j.benchmarks.drift;

import io.github.sbi4j.core.distribution.Support;
import io.github.sbi4j.flows.estimator.ColumnKind;
import io.github.sbi4j.flows.estimator.Mnle;
import io.github.sbi4j.flows.inference.SNLE;
import io.github.sbi4j.flows.posterior.Likelihood;
import io.github.sbi4j.flows.training.Training;

/**
 * How the likelihood is learned.
 *
 * @param simulations how many simulations to learn from
 * @param networks the number of networks whose likelihoods are averaged
 * @param lowerBound whether it is told that reaction times are longer than the delay
 * @param threads the number of threads
 * @param seed decides simulations, first weights and the order of rows
 */
record LearnedLikelihood(
    int simulations, int networks, boolean lowerBound, int threads, long seed) {
  Likelihood train() {
    double[][] theta = DriftDiffusion.PRIOR.sample(simulations, seed).toArray();
    double infinity = Double.POSITIVE_INFINITY;
    SNLE inference =
        SNLE.with(DriftDiffusion.PRIOR)
            .densityEstimator(
                Mnle.defaults().withColumns(ColumnKind.CONTINUOUS, ColumnKind.CATEGORICAL))
            .observationSupport(
                Support.box(new double[] {0, -infinity}, new double[] {infinity, infinity}))
            .training(Training.defaults().withThreads(threads))
            .ensemble(networks)
            .seed(seed);
    if (lowerBound) {
      inference.observationLowerBound(0, "delay");
    }
    return inference
        .appendSimulations(theta, DriftDiffusion.simulate(theta, seed + 1))
        .train()
        .buildLikelihood()
        .withThreads(threads);
  }
}
