/**
 * Networks that turn an observation into features before an estimator sees it, trained jointly with
 * it.
 *
 * <p>Vectors of summary statistics take {@link io.github.sbi4j.flows.embedding.FullyConnected},
 * time series {@link io.github.sbi4j.flows.embedding.Convolution1d}, sets of independent trials
 * {@link io.github.sbi4j.flows.embedding.PermutationInvariant}; anything else is a DJL block of the
 * user's, {@link io.github.sbi4j.flows.tensor.djl.BlockEmbedding}. An {@link
 * io.github.sbi4j.flows.embedding.Embedding} also says which observed values share a scale.
 */
@NullMarked
package io.github.sbi4j.flows.embedding;

import org.jspecify.annotations.NullMarked;
