/**
 * What is timed: training steps, posterior sampling and log-probabilities at ten parameters and ten
 * observation values.
 */
@NullMarked
package io.github.sbi4j.benchmarks.speed;

import org.jspecify.annotations.NullMarked;
