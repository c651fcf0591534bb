/**
 * The differentiable operations that estimators are written against, free of any engine.
 *
 * <p>An {@link io.github.sbi4j.flows.tensor.Engine} holds {@link
 * io.github.sbi4j.flows.tensor.Weights} and tables on a device. Each evaluation opens {@link
 * io.github.sbi4j.flows.tensor.Operations}, makes {@link io.github.sbi4j.flows.tensor.Tensor
 * tensors} in it and closes it; nothing of an engine is seen above this package. Every tensor is a
 * matrix whose rows are the batch.
 */
@NullMarked
package io.github.sbi4j.flows.tensor;

import org.jspecify.annotations.NullMarked;
