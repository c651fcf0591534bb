/**
 * The command line of the benchmarks: accuracy on sbibm's tasks, speed, and the classifier
 * two-sample test of two files.
 *
 * <p>Each command prints one line of JSON on standard output and logs to standard error. {@link
 * io.github.sbi4j.benchmarks.Main} has the commands; the algorithms are in {@code algorithm}, what
 * is timed in {@code speed}, the problems in {@code task}.
 */
@NullMarked
package io.github.sbi4j.benchmarks;

import org.jspecify.annotations.NullMarked;
