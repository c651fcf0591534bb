package io.github.sbi4j.flows.inference;

/**
 * How {@link SNPE} learns the posterior from parameters that the prior did not propose.
 *
 * <p>Fitted as they are, such simulations would give p(theta | x) p~(theta) / p(theta), p~ being
 * the proposal.
 */
public sealed interface ProposalCorrection permits Atomic, NonAtomic, ImportanceWeighted, PostHoc {}
