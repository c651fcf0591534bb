/**
 * The algorithms of the benchmark by their names: the one place that calls the library's inference.
 */
@NullMarked
package io.github.sbi4j.benchmarks.algorithm;

import org.jspecify.annotations.NullMarked;
