/**
 * A single-compartment Hodgkin-Huxley neuron and the summaries that electrophysiologists take of
 * its potential.
 *
 * <p>{@link io.github.sbi4j.examples.neuron.HodgkinHuxley} integrates the equations with the rates
 * of {@link io.github.sbi4j.examples.neuron.ChannelRates} into a {@link
 * io.github.sbi4j.examples.neuron.VoltageTrace}, which {@link
 * io.github.sbi4j.examples.neuron.SpikeSummary} reduces to seven numbers.
 */
@NullMarked
package io.github.sbi4j.examples.neuron;

import org.jspecify.annotations.NullMarked;
