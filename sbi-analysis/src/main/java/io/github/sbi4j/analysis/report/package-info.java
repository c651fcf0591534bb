/**
 * Reports on an inference, for people and for machines.
 *
 * <p>{@link io.github.sbi4j.analysis.report.InferenceReport} collects what there is (prior,
 * simulations, training, draws, checks) and writes one page of HTML or one object of JSON, the
 * verdict first. {@link io.github.sbi4j.analysis.report.ValidationChecklist} runs the checks within
 * a time budget and says what was not reached.
 */
@NullMarked
package io.github.sbi4j.analysis.report;

import org.jspecify.annotations.NullMarked;
