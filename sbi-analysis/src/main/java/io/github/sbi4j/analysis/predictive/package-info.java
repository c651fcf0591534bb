/**
 * Checks of a posterior and a model by what they predict.
 *
 * <p>{@link io.github.sbi4j.analysis.predictive.PosteriorPredictiveCheck} simulates from posterior
 * samples and compares the simulated observations with the real one; {@link
 * io.github.sbi4j.analysis.predictive.PriorPredictiveCheck} does so before anything is learned.
 * Both look at each observed value or at test quantities of one's own.
 */
@NullMarked
package io.github.sbi4j.analysis.predictive;

import org.jspecify.annotations.NullMarked;
