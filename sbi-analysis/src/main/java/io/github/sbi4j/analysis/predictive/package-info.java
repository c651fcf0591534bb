/**
 * Checks of a posterior by what it predicts.
 *
 * <p>{@link io.github.sbi4j.analysis.predictive.PosteriorPredictiveCheck} simulates from posterior
 * samples and compares the simulated observations with the real one.
 */
@NullMarked
package io.github.sbi4j.analysis.predictive;

import org.jspecify.annotations.NullMarked;
