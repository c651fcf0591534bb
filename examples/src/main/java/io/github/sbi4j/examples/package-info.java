/**
 * Runnable examples: a ten-line start, the Hodgkin-Huxley neuron, and the lynx and hares of
 * Hudson's Bay.
 *
 * <p>Every example is a small {@code main}; the simulators live beside them in packages of their
 * own and know nothing of inference.
 */
@NullMarked
package io.github.sbi4j.examples;

import org.jspecify.annotations.NullMarked;
