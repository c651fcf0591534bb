/**
 * Simulators, the runner that calls them on all cores, and the table of what they gave.
 *
 * <p>A {@link io.github.sbi4j.core.simulation.Simulator} turns parameters into an observation; a
 * {@link io.github.sbi4j.core.simulation.BatchSimulator} does many at a time; {@link
 * io.github.sbi4j.core.simulation.Simulator#perThread} is for models with state; {@link
 * io.github.sbi4j.core.process} for programs. {@link
 * io.github.sbi4j.core.simulation.Simulations#run(Simulator,
 * io.github.sbi4j.core.distribution.Distribution, int, long) Simulations.run} calls it for every
 * row of a table, each row with its own random stream, and keeps a {@link
 * io.github.sbi4j.core.simulation.SimulationFailure} for each row that fails. {@link
 * io.github.sbi4j.core.simulation.SimulationSettings} holds threads, time-out and progress.
 */
@NullMarked
package io.github.sbi4j.core.simulation;

import org.jspecify.annotations.NullMarked;
