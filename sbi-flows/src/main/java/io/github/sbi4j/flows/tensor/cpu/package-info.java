/**
 * The engine in plain Java: no native code, the default on a processor.
 *
 * <p>A tensor lies feature after feature, each a run over the batch padded to the length of a
 * vector, so that every operation is a loop along the batch. An evaluation takes its memory from an
 * arena that the next one uses again, and keeps a tape of coarse operations that is walked
 * backwards for the gradient.
 */
@NullMarked
package io.github.sbi4j.flows.tensor.cpu;

import org.jspecify.annotations.NullMarked;
