package io.github.sbi4j.flows.tensor;

/**
 * What an invertible transform gives for a batch of B points.
 *
 * @param value the transformed points, B x D
 * @param logDeterminant log |det| of the transform's Jacobian at each point, B x 1
 */
public record Transformed(Tensor value, Tensor logDeterminant) {}
