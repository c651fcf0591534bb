/**
 * The inner loops of the plain Java engine, in two implementations: with the Vector API where the
 * JVM offers it, and as scalar loops. {@link io.github.sbi4j.flows.tensor.cpu.kernel.Kernels#get()}
 * chooses once.
 */
@NullMarked
package io.github.sbi4j.flows.tensor.cpu.kernel;

import org.jspecify.annotations.NullMarked;
