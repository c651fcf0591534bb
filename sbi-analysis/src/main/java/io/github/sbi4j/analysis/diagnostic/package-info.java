/**
 * Checks of posteriors: is it calibrated, does it fit the data, does the model.
 *
 * <p>Each check gives a {@link io.github.sbi4j.analysis.diagnostic.Diagnosis}: typed numbers, a
 * {@link io.github.sbi4j.analysis.diagnostic.Verdict} with its threshold and how often a right
 * posterior would fail, and sentences that say what was found.
 */
@NullMarked
package io.github.sbi4j.analysis.diagnostic;

import org.jspecify.annotations.NullMarked;
