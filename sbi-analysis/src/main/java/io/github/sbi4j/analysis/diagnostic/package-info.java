/**
 * Checks of posteriors: is it calibrated, does it fit the data, does the model.
 *
 * <p>Each check gives a {@link io.github.sbi4j.analysis.diagnostic.Diagnosis}: typed numbers, a
 * {@link io.github.sbi4j.analysis.diagnostic.Verdict} with its threshold and how often a right
 * posterior would fail, and sentences that say what was found.
 *
 * <p>{@link io.github.sbi4j.analysis.diagnostic.LocalC2st} asks whether a posterior is right at one
 * observation; {@link io.github.sbi4j.analysis.diagnostic.Misspecification} whether an observation
 * is like those of the simulator.
 */
@NullMarked
package io.github.sbi4j.analysis.diagnostic;

import org.jspecify.annotations.NullMarked;
