/**
 * The engine behind DJL and PyTorch, the only package that sees DJL.
 *
 * <p>Grad mode is set per thread by {@link io.github.sbi4j.flows.tensor.djl.GradientMode}, every
 * evaluation owns an {@code NDScope}, weights are one flat leaf tensor, and scalars are cached
 * tensors that PyTorch owns: a scalar passed as a Java number would be freed while the graph still
 * needs it.
 */
@NullMarked
package io.github.sbi4j.flows.tensor.djl;

import org.jspecify.annotations.NullMarked;
