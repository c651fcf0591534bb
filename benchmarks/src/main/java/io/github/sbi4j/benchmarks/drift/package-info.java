/**
 * Likelihoods of choices and reaction times, learned from simulations of the drift-diffusion model,
 * against its exact likelihood: the study of Boelts, Lueckmann, Gao and Macke (2022), <a
 * href="https://doi.org/10.7554/eLife.77220">eLife 11:e77220</a>.
 */
@NullMarked
package io.github.sbi4j.benchmarks.drift;

import org.jspecify.annotations.NullMarked;
