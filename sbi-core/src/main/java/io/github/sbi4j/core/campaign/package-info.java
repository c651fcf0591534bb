/**
 * Simulations that run for days: rows kept in files as they come, by one process or several.
 *
 * <p>A {@link io.github.sbi4j.core.campaign.Campaign} is a directory. Its header pins the
 * simulator's name, the prior, the seed and the version of the library; its rows are those that
 * {@link io.github.sbi4j.core.simulation.Simulations#run(io.github.sbi4j.core.simulation.Simulator,
 * io.github.sbi4j.core.distribution.Proposal, int, long) Simulations.run} gives, whoever made them
 * and however often they were interrupted.
 */
@NullMarked
package io.github.sbi4j.core.campaign;

import org.jspecify.annotations.NullMarked;
