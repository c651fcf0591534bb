package io.github.sbi4j.core.mcmc;

/**
 * What one transition of a chain gave.
 *
 * @param state where the chain is now
 * @param acceptance how readily the kernel's proposals are accepted, from 0 to 1: the Metropolis
 *     probability for HMC, its mean over the trajectory for NUTS, the share of proposals inside the
 *     slice for slice sampling
 * @param divergent whether the simulated dynamics left the level set of the energy: near such a
 *     point the chain may miss part of the target
 * @param treeDepth how often NUTS doubled its trajectory; 0 for other kernels
 * @param saturated whether the kernel reached a bound of its own: NUTS its maximal tree depth
 * @param evaluations how often the target was evaluated
 * @param energy the energy -log p(q) + p<sup>T</sup> M<sup>-1</sup> p / 2 of the drawn point; NaN
 *     for kernels without one
 * @param stepSize the step size or NaN for kernels without one
 */
public record Step(
    ChainState state,
    double acceptance,
    boolean divergent,
    int treeDepth,
    boolean saturated,
    int evaluations,
    double energy,
    double stepSize) {}
